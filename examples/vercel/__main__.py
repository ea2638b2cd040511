"""Environment variables of a Vercel project with a project's tokens."""

import pulumi
from pulumiverse_vercel import ProjectEnvironmentVariable

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey

config = pulumi.Config()
site = config.require("vercelProjectId")

web = PostHogProject("web", name="Website")

flags = PostHogProjectSecretApiKey(
    "flags",
    project_id=web.id,
    label="Vercel",
    scopes=["feature_flag:read"],
    rotate_when_changed={"quarter": config.get("quarter") or "2026-Q4"},
)

ProjectEnvironmentVariable(
    "api-token",
    project_id=site,
    key="NEXT_PUBLIC_POSTHOG_KEY",  # part of the pages, as PostHog's snippet is
    value=web.api_token,
    targets=["production"],
    sensitive=False,
)
ProjectEnvironmentVariable(
    "flags-key",
    project_id=site,
    key="POSTHOG_FLAGS_KEY",
    value=flags.value,
    targets=["production"],
    sensitive=True,
)
