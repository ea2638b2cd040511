"""A Kubernetes Secret with a project's tokens."""

import pulumi
from pulumi_kubernetes.core.v1 import Secret
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey

config = pulumi.Config()

web = PostHogProject("web", name="Website")

flags = PostHogProjectSecretApiKey(
    "flags",
    project_id=web.id,
    label="Kubernetes",
    scopes=["feature_flag:read"],
    rotate_when_changed={"quarter": config.get("quarter") or "2026-Q4"},
)

secret = Secret(
    "posthog",
    metadata=ObjectMetaArgs(namespace=config.get("namespace") or "default"),
    string_data={"POSTHOG_API_TOKEN": web.api_token, "POSTHOG_FLAGS_KEY": flags.value},
)

pulumi.export("secret_name", secret.metadata.name)
