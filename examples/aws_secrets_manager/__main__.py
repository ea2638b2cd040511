"""A secret of AWS Secrets Manager with a project's tokens."""

import pulumi
from pulumi_aws import secretsmanager

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey

web = PostHogProject("web", name="Website")

flags = PostHogProjectSecretApiKey(
    "flags",
    project_id=web.id,
    label="AWS",
    scopes=["feature_flag:read"],
    rotate_when_changed={"quarter": pulumi.Config().get("quarter") or "2026-Q4"},
)

secret = secretsmanager.Secret("posthog", description="Tokens of the PostHog project Website")

secretsmanager.SecretVersion(
    "version",
    secret_id=secret.id,
    secret_string=pulumi.Output.json_dumps({"api_token": web.api_token, "flags_key": flags.value}),
)

pulumi.export("secret_arn", secret.arn)
