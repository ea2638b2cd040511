"""What a program declares of a project."""

from typing import Annotated, Any

from pydantic import Field

from posthog_pulumi.models.arguments import OrganizationId, Trigger
from posthog_pulumi.models.settings import ProjectSettings
from posthog_pulumi.models.settings.setting import Flag
from posthog_pulumi.properties import PROJECT_OPTIONS, ROTATES_SECRET_TOKEN


class ProjectInputs(ProjectSettings):
    """Arguments of ``PostHogProject`` as they reach the provider."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    organization_id: OrganizationId | None = None
    """UUID, slug or ``@current``; the provider's configuration decides if left out."""
    force_destroy: Flag | None = None
    """Whether a project that holds events may be deleted."""

    rotate_api_token_when_changed: Trigger | None = None
    """The first value arms the trigger; a changed one resets the API token, at once and for all."""
    wait_for_demo_data: Flag | None = None
    """Whether making a demo project lasts until its data is there."""
    rotates_secret_token: Flag | None = Field(default=None, alias=ROTATES_SECRET_TOKEN)

    def options(self) -> dict[str, Any]:
        """The arguments that are no settings of PostHog's."""
        known = self.model_dump(by_alias=True, exclude_none=True)
        return {name: known[name] for name in PROJECT_OPTIONS if name in known}
