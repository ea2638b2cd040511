"""How settings are declared, and the kinds of field they are checked by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers
from rest_framework.fields import Field

from posthog_pulumi.emulator.generations import SERVER_2025, SERVER_2026, Server

type_error = "Must provide a dictionary or None."

FieldFor = Callable[[Server], Any]
"""Makes a fresh field for one server."""

Check = Callable[[Any, Server], Any]
"""Gives the value to store, or raises REST framework's ValidationError."""

ItemsCheck = Callable[[Iterable[str | None]], None]
"""Raises REST framework's ValidationError if the items of a list are not good together."""

Merge = Callable[[Any, Any], Any]
"""What to store for (stored, sent), neither being null."""

BOTH = frozenset({SERVER_2026.name, SERVER_2025.name})
ONLY_2026 = frozenset({SERVER_2026.name})
ONLY_2025 = frozenset({SERVER_2025.name})
NEITHER: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: what it accepts, what a new project has, and which servers know it."""

    field: FieldFor
    default: Any = None
    on: frozenset[str] = BOTH
    merge: Merge | None = None
    """How PATCH combines objects; without it the value is replaced."""
    merges_on: frozenset[str] = BOTH
    dropped_at_create: frozenset[str] = NEITHER
    """Servers on which create ignores a sent value."""
    older_environments: bool = False
    """The environments of 2025 have it, though its projects do not."""
    member: bool = False
    """A plain member may change it where settings are for admins."""


class Zone(Field):  # type: ignore[misc]  # REST framework has no types
    """A time zone by its exact name; a ChoiceField would copy 597 names for every request."""

    def __init__(self, names: frozenset[str], **options: Any) -> None:
        super().__init__(**options)
        self.names = names

    def to_internal_value(self, data: Any) -> str:
        """Accept a known name only."""
        if str(data) not in self.names:
            raise serializers.ValidationError(
                f'"{data}" is not a valid choice.', code="invalid_choice"
            )
        return str(data)

    def to_representation(self, value: str) -> str:
        """Give the name as it was sent."""
        return value


class Structured(serializers.JSONField):  # type: ignore[misc]  # the same
    """A JSON value with a shape."""

    def __init__(self, check: Check, server: Server, **options: Any) -> None:
        super().__init__(**options)
        self.check = check
        self.server = server

    def to_internal_value(self, data: Any) -> Any:
        """Check the shape; the check may rewrite the value."""
        return self.check(super().to_internal_value(data), self.server)


class Texts(serializers.ListField):  # type: ignore[misc]  # the same
    """A list of strings, from which servers since 2026 remove nulls."""

    def __init__(self, *, drop_null: bool, check: ItemsCheck | None, **options: Any) -> None:
        super().__init__(**options)
        self.drop_null = drop_null
        self.check = check

    def to_internal_value(self, data: Any) -> list[str | None]:
        """Check each item, and then all of them."""
        items = super().to_internal_value(data)
        if self.check:
            self.check(items)
        return [item for item in items if item is not None or not self.drop_null]


def boolean(*, null: bool = False) -> FieldFor:
    """True or false."""
    return lambda _: serializers.BooleanField(required=False, allow_null=null)


def text(max_length: int | None = None, *, null: bool = True, blank: bool = True) -> FieldFor:
    """A trimmed string."""
    return lambda _: serializers.CharField(
        required=False, max_length=max_length, allow_null=null, allow_blank=blank
    )


def integer(low: int | None = None, high: int | None = None) -> FieldFor:
    """A whole number or null."""
    return lambda _: serializers.IntegerField(
        required=False, allow_null=True, min_value=low, max_value=high
    )


def fraction() -> FieldFor:
    """A number from 0 to 1 with two places, returned as a string."""
    return lambda _: serializers.DecimalField(
        required=False, allow_null=True, max_digits=3, decimal_places=2, min_value=0, max_value=1
    )


def choice(options: Iterable[Any], *, null: bool = False) -> FieldFor:
    """One of the options."""
    known = list(options)
    return lambda _: serializers.ChoiceField(known, required=False, allow_null=null)


def texts(
    max_length: int | None = None,
    *,
    null: bool = True,
    null_items: bool = False,
    check: ItemsCheck | None = None,
) -> FieldFor:
    """A list of strings."""

    def field(server: Server) -> Texts:
        child = serializers.CharField(max_length=max_length, allow_null=null_items)
        drop = null_items and server.drops_null_items
        used = check if server.checks_structures else None
        return Texts(drop_null=drop, check=used, child=child, required=False, allow_null=null)

    return field


def any_json(*, null: bool = True) -> FieldFor:
    """Any JSON value, returned as sent."""
    return lambda _: serializers.JSONField(required=False, allow_null=null)


def structured(check: Check, *, null: bool = True) -> FieldFor:
    """JSON of a shape."""
    return lambda server: Structured(check, server, required=False, allow_null=null)
