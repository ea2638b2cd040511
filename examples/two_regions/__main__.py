"""The same project in PostHog's two regions: an explicit provider for each, from stack config."""

import pulumi
from pulumi import ResourceOptions

from posthog_pulumi import PostHogProject, PostHogProvider

config = pulumi.Config()

for region in ("us", "eu"):
    provider = PostHogProvider(
        region,
        host=config.get(f"{region}Host") or f"https://{region}.posthog.com",
        api_key=config.require_secret(f"{region}ApiKey"),
        organization_id=config.get(f"{region}OrganizationId"),
    )
    project = PostHogProject(
        f"web-{region}",
        ResourceOptions(provider=provider),
        name="Website",
        anonymize_ips=region == "eu",
    )
    pulumi.export(f"{region}_project_id", project.id)
    pulumi.export(f"{region}_api_token", project.api_token)
