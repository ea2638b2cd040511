"""What a program declares of a project."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from posthog_pulumi.models.setting import Flag
from posthog_pulumi.models.settings import ProjectSettings
from posthog_pulumi.names import PROJECT_OPTIONS


class ProjectInputs(ProjectSettings):
    """Arguments of ``PostHogProject`` as they reach the provider."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    organization_id: Annotated[str, StringConstraints(min_length=1)] | None = None
    """UUID, slug or ``@current``; the provider's configuration decides if left out."""
    force_destroy: Flag | None = None
    """Whether a project that holds events may be deleted."""

    def options(self) -> dict[str, Any]:
        """The arguments that are no settings of PostHog's."""
        return self.model_dump(include=set(PROJECT_OPTIONS), exclude_none=True)
