"""A project for a pull request; the stack is named after it, such as ``pr-41``."""

import pulumi

from posthog_pulumi import PostHogProject

preview = PostHogProject(
    "preview",
    name=f"Website {pulumi.get_stack()}",
    force_destroy=True,  # its events go when the pull request is closed
)

pulumi.export("project_id", preview.id)
pulumi.export("api_token", preview.api_token)
