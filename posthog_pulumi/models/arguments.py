"""Types that the arguments of several resources share."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from posthog_pulumi.models.settings.setting import JsonObject

ARGUMENTS_CONFIG = ConfigDict(
    extra="forbid",
    frozen=True,
    populate_by_name=True,
    str_strip_whitespace=True,
    hide_input_in_errors=True,
)
STATE_CONFIG = ConfigDict(
    extra="ignore", frozen=True, populate_by_name=True, hide_input_in_errors=True
)


def _digits(value: Any) -> Any:
    """A project's number may come as a number, which is a float on the wire."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


ProjectId = Annotated[str, BeforeValidator(_digits), StringConstraints(pattern=r"^\d+$")]
OrganizationId = Annotated[str, StringConstraints(min_length=1)]
Trigger = JsonObject
"""Any object: a changed value asks for a rotation."""
Days = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Rotating(BaseModel):
    """Arguments of everything that is rotated by replacement."""

    model_config = ARGUMENTS_CONFIG

    project_id: ProjectId
    rotate_when_changed: Trigger | None = None
    """The first value arms the trigger, a changed one fires it, removing it does nothing."""
    rotate_after_days: Days | None = None
    """Age at which the next ``up`` rotates."""
    checked_at: AwareDatetime = Field(
        default_factory=lambda: datetime.now(UTC), alias="__checked_at"
    )
