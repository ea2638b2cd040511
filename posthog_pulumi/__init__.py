"""Declare PostHog projects in Pulumi programs, with their tokens as secrets."""

from posthog_pulumi.lookups import (
    get_organization,
    get_organization_output,
    get_project,
    get_project_activity,
    get_project_activity_output,
    get_project_output,
    get_projects,
    get_projects_output,
    is_generating_demo_data,
    is_generating_demo_data_output,
)
from posthog_pulumi.resources.explicit_provider import PostHogProvider
from posthog_pulumi.resources.product_intent import PostHogProductIntent
from posthog_pulumi.resources.project import PostHogProject
from posthog_pulumi.resources.secret_api_key import PostHogProjectSecretApiKey
from posthog_pulumi.resources.secret_token import PostHogProjectSecretToken

__all__ = [
    "PostHogProductIntent",
    "PostHogProject",
    "PostHogProjectSecretApiKey",
    "PostHogProjectSecretToken",
    "PostHogProvider",
    "get_organization",
    "get_organization_output",
    "get_project",
    "get_project_activity",
    "get_project_activity_output",
    "get_project_output",
    "get_projects",
    "get_projects_output",
    "is_generating_demo_data",
    "is_generating_demo_data_output",
]
