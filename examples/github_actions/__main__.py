"""Secrets of GitHub Actions with a project's tokens."""

import pulumi
from pulumi_github import ActionsSecret

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey

config = pulumi.Config()
repository = config.require("repository")

web = PostHogProject("web", name="Website")

flags = PostHogProjectSecretApiKey(
    "flags",
    project_id=web.id,
    label="GitHub Actions",
    scopes=["feature_flag:read"],
    rotate_when_changed={"quarter": config.get("quarter") or "2026-Q4"},
)

ActionsSecret(
    "api-token",
    repository=repository,
    secret_name="POSTHOG_API_TOKEN",  # noqa: S106  # the name of a secret
    value=web.api_token,
)
ActionsSecret(
    "flags-key",
    repository=repository,
    secret_name="POSTHOG_FLAGS_KEY",  # noqa: S106  # the name of a secret
    value=flags.value,
)
