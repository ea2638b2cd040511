"""What is known of a setting beside its type, and the types that settings share."""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from posthog_pulumi.properties import plain

SETTINGS_CONFIG = ConfigDict(
    extra="forbid",
    frozen=True,
    use_attribute_docstrings=True,
    str_strip_whitespace=True,
    hide_input_in_errors=True,
)


class Merge(Enum):
    """What PATCH does with a structured setting."""

    REPLACED = 0
    """Stored whole, as sent."""
    MERGED = 1
    """Laid over the stored object; we clear it first where a key must go."""
    MERGED_TWICE = 2
    """The same, and objects in it are laid over the stored ones too."""
    FILLED_IN = -1
    """PostHog adds keys of its own, so only the declared keys are compared."""


LEFT_ALONE: Final = "left alone"
"""No default to go back to: it depends on the organization, the plan or the caller."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What PostHog does with a setting, beside its type and description."""

    default: Any = None
    """PostHog's own value, which a setting dropped from the program goes back to."""
    only_on: Literal["current", "docs-2025"] | None = None
    """The one server that has it: today's, or the one of PostHog's API page (mid-2025)."""
    merge: Merge = Merge.REPLACED
    after_create: bool = False
    """Refused or always overridden in a create request, so sent in a second one."""
    sensitive: bool = False
    """A secret output whose value appears in no text."""


def _whole(value: object) -> object:
    """Numbers come off the wire as floats, and a bool is no number here."""
    if isinstance(value, bool):
        raise ValueError("must be a whole number")  # noqa: TRY004  # pydantic wants a ValueError
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a number")  # noqa: TRY004  # pydantic wants a ValueError
    return value.strip() if isinstance(value, str) else value


def _two_places(value: float) -> float:
    if round(value, 2) != value:
        raise ValueError("must have at most two decimal places")
    return value


Flag = Annotated[bool, Strict()]
Whole = Annotated[int, BeforeValidator(_whole), Strict()]
Rate = Annotated[
    float, BeforeValidator(_number), Field(ge=0, le=1, allow_inf_nan=False),
    AfterValidator(_two_places),
]  # fmt: skip
"""0 to 1 in hundredths; PostHog answers it as a string such as ``"0.50"``."""
Url = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Json = Annotated[Any, AfterValidator(plain)]
JsonObject = Annotated[dict[str, Any], AfterValidator(plain)]
JsonObjects = Annotated[list[dict[str, Any]], AfterValidator(plain)]
