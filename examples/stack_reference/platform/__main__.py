"""The platform's stack: the project, and what other stacks may know of it."""

import pulumi

from posthog_pulumi import PostHogProject

web = PostHogProject("web", name="Website")

pulumi.export("project_id", web.id)
pulumi.export("api_token", web.api_token)
