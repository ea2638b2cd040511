"""What the arguments of several resources have in common."""

from datetime import UTC, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from posthog_pulumi.models.types import Days, ProjectId, Trigger

ARGUMENTS_CONFIG = ConfigDict(
    extra="forbid",
    frozen=True,
    populate_by_name=True,
    str_strip_whitespace=True,
    hide_input_in_errors=True,
)
REMOTE_CONFIG = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
"""Of what PostHog returns."""
STATE_CONFIG = ConfigDict(
    extra="ignore", frozen=True, populate_by_name=True, hide_input_in_errors=True
)


class Rotating(BaseModel):
    """Arguments of everything that is rotated by replacement."""

    model_config = ARGUMENTS_CONFIG

    project_id: ProjectId
    rotate_when_changed: Trigger | None = Field(default=None, repr=False)
    """The first value arms the trigger, a changed one fires it, removing it does nothing."""
    rotate_after_days: Days | None = None
    """Age at which the next ``up`` rotates."""
    checked_at: AwareDatetime = Field(
        default_factory=lambda: datetime.now(UTC), alias="__checked_at"
    )

    @property
    def trigger(self) -> Trigger | None:
        """What a changed ``rotate_when_changed`` is compared with."""
        return self.rotate_when_changed
