"""How a setting is declared: its type, PostHog's default, and what is peculiar about it."""

from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from pydantic import ConfigDict, Field
from pydantic.fields import FieldInfo

SETTINGS_CONFIG: Final = ConfigDict(
    extra="forbid",
    frozen=True,
    str_strip_whitespace=True,
    hide_input_in_errors=True,
    defer_build=True,  # most of the classes are only inherited from
)

LEFT_ALONE: Final = "left alone"
"""No default to go back to: it depends on the organization, the plan or the caller."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What PostHog does with a setting, beside its type and description."""

    default: Any = None
    """PostHog's own value, which a setting dropped from the program goes back to."""
    only_on: Literal["current", "docs-2025"] | None = None
    """The one server that has it: that of 2026, or the one of PostHog's API page (mid-2025)."""
    merge: int = 0
    """How many levels of an object PATCH merges into the stored one; 0 stores it as sent."""
    filled_in: bool = False
    """Whether PostHog adds keys of its own, so that only the declared ones are managed."""
    after_create: bool = False
    """Refused or always overridden in a create request, so sent in a second one."""
    choice: bool = False
    """One of a fixed list of texts, so that a message may show its value."""
    posthog_sets: bool = False
    """Whether PostHog sets it itself as well, so that an import does not declare it."""
    usual: Any = None
    """What most new projects have where there is no default, so that an import leaves it out."""
    posthogs_keys: frozenset[str] = frozenset()
    """Keys of an object that only PostHog sets, so that an import leaves them out."""
    sensitive: bool = False
    """A secret output whose value appears in no text."""


def setting(**facts: Any) -> Any:
    """A field that is None unless a program declares it, with the facts of :class:`Setting`."""
    return Field(default=None, json_schema_extra={"setting": Setting(**facts)})  # type: ignore[dict-item]


def setting_of(field: FieldInfo) -> Setting:
    """What :func:`setting` recorded of the field."""
    return cast("dict[str, Setting]", field.json_schema_extra)["setting"]
