import * as posthog from "@pulumi/posthog";
import * as pulumi from "@pulumi/pulumi";

const rotation = { quarter: new pulumi.Config().get("quarter") ?? "2026-Q4" }; // the line to change

const web = new posthog.Project("web", {
  name: "Website",
  timezone: "Europe/Berlin",
});

const webToken = new posthog.ProjectSecretToken("web-token", {
  project_id: web.id,
  rotate_when_changed: rotation,
});

// Stands for whatever takes the token, such as a Kubernetes secret.
new pulumi.Stash("backend", { input: webToken.token });

// What PostHog has now, settings that nobody declares too.
const live = posthog.getProjectOutput({ id: web.id });

export const project_id = web.id;
export const currency = live.apply((it) => it.settings.base_currency);
export const token = webToken.token;
