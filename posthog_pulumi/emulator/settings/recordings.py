"""The shapes of what is set for recordings."""

import re
from collections.abc import Iterator
from typing import Any

from rest_framework.serializers import ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.settings.shapes import dictionary

_MASKING = {
    "maskAllInputs": (bool, "a boolean"),
    "maskTextSelector": (str, "a string"),
    "blockSelector": (str, "a string"),
}
_REPLAY = ("record_canvas", "ai_config")
_AI_CONFIG = (
    "included_event_properties",
    "opt_in",
    "preferred_events",
    "excluded_events",
    "important_user_properties",
)


def linked_flag(value: Any, server: Server) -> dict[str, Any]:
    """`{id, key}` or `{id, key, variant}`."""
    keys = dictionary(value, server).keys()
    if keys not in ({"id", "key"}, {"id", "key", "variant"}):
        raise ValidationError(
            "Must provide a dictionary with only 'id' and 'key' keys. "
            "_or_ only 'id', 'key', and 'variant' keys."
        )
    if not server.checks_structures:
        return dict(value)
    return {**value, "id": _flag_id(value["id"])}


def _flag_id(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d+", str(value)):
        raise ValidationError("Must provide an integer 'id'.")
    return int(value)


def masking(value: Any, server: Server) -> dict[str, Any]:
    """What to mask in recordings."""
    if not dictionary(value, server).keys() <= _MASKING.keys():
        raise ValidationError(
            f"Must provide a dictionary with only known keys: {', '.join(_MASKING)}."
        )
    for name, (kind, described) in _MASKING.items():
        if name in value and not isinstance(value[name], kind):
            raise ValidationError(f"{name} must be {described}.")
    return dict(value)


def replay(value: Any, server: Server) -> dict[str, Any]:
    """How recordings are made, with a part for the summaries."""
    if not dictionary(value, server).keys() <= set(_REPLAY):
        raise ValidationError(
            f"Must provide a dictionary with only known keys. One or more of {', '.join(_REPLAY)}."
        )
    ai = value.get("ai_config")
    if ai is not None and not dictionary(ai, server).keys() <= set(_AI_CONFIG):
        raise ValidationError(
            f"Must provide a dictionary with only allowed keys: {', '.join(_AI_CONFIG)}."
        )
    return dict(value)


def trigger_groups(value: Any, server: Server) -> dict[str, Any]:
    """`{version: 2, groups: [...]}`."""
    for name in ("version", "groups"):
        if name not in dictionary(value, server):
            raise ValidationError(f"Missing required field: '{name}'.")
    if value["version"] != 2:  # noqa: PLR2004 - the version is 2
        raise ValidationError(f"Invalid version: {value['version']}. Only version 2 is supported.")
    if not isinstance(value["groups"], list):
        raise ValidationError("Field 'groups' must be an array.")
    for index, group in enumerate(value["groups"]):
        for mistake in _mistakes(group):
            raise ValidationError(f"Group {index}: {mistake}")
    return dict(value)


def _mistakes(group: Any) -> Iterator[str]:
    """What is wrong with a group; only the first is told, and what follows relies on it."""
    if not isinstance(group, dict):
        yield "must be a dictionary."
    for name in ("id", "sampleRate", "conditions"):
        if name not in group:
            yield f"missing required field '{name}'."
    rate, least, conditions = group["sampleRate"], group.get("minDurationMs"), group["conditions"]
    if not _within(rate, 1):
        yield f"invalid sampleRate '{rate}'. Must be a number between 0 and 1."
    if "minDurationMs" in group and not _within(least, 30000):
        yield f"'minDurationMs' must be between 0 and 30000 (30 seconds). Got: {least}."
    if not isinstance(conditions, dict):
        yield "field 'conditions' must be a dictionary."
    if "matchType" not in conditions:
        yield "missing required field 'matchType'."
    if conditions["matchType"] not in ("any", "all"):
        yield f"invalid matchType '{conditions['matchType']}'. Must be 'any' or 'all'."


def _within(value: Any, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most
