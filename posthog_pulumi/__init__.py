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
from posthog_pulumi.resources.project_args import PostHogProjectArgs
from posthog_pulumi.resources.results import (
    ActivityChangeResult,
    ActivityDetailResult,
    ActivityResult,
    ActivityUserResult,
    ListedProjectResult,
    OrganizationResult,
    ProductIntentResult,
    ProjectResult,
)
from posthog_pulumi.resources.secret_api_key import PostHogProjectSecretApiKey
from posthog_pulumi.resources.secret_token import PostHogProjectSecretToken
from posthog_pulumi.resources.settings_args import (
    FeatureFlagPolicyConfigArgs,
    LinkedFlagArgs,
    MaskingConfigArgs,
    NetworkPayloadCaptureConfigArgs,
    PathCleaningFilterArgs,
    ReplayAiConfigArgs,
    ReplayConfigArgs,
    TriggerGroupsArgs,
)

__all__ = [
    "ActivityChangeResult",
    "ActivityDetailResult",
    "ActivityResult",
    "ActivityUserResult",
    "FeatureFlagPolicyConfigArgs",
    "LinkedFlagArgs",
    "ListedProjectResult",
    "MaskingConfigArgs",
    "NetworkPayloadCaptureConfigArgs",
    "OrganizationResult",
    "PathCleaningFilterArgs",
    "PostHogProductIntent",
    "PostHogProject",
    "PostHogProjectArgs",
    "PostHogProjectSecretApiKey",
    "PostHogProjectSecretToken",
    "PostHogProvider",
    "ProductIntentResult",
    "ProjectResult",
    "ReplayAiConfigArgs",
    "ReplayConfigArgs",
    "TriggerGroupsArgs",
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
