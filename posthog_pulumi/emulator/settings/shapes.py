"""The shapes of structured settings, and how PATCH merges them."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from rest_framework.serializers import IntegerField, ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.settings.choices import FILTER_TYPES, MODIFIERS
from posthog_pulumi.emulator.settings.fields import Check, type_error

_MASKING = {
    "maskAllInputs": bool,
    "maskTextSelector": str,
    "blockSelector": str,
}
_AI_CONFIG = {
    "included_event_properties",
    "opt_in",
    "preferred_events",
    "excluded_events",
    "important_user_properties",
}
_MOST_WILDCARDS = 5


def dictionary(value: Any, _: Server) -> dict[str, Any]:
    """Any object."""
    if not isinstance(value, dict):
        raise ValidationError(type_error)
    return dict(value)


def only(keys: set[str], refusal: str) -> Check:
    """An object with no other keys than these."""

    def check(value: Any, server: Server) -> dict[str, Any]:
        if not dictionary(value, server).keys() <= keys:
            raise ValidationError(refusal)
        return dict(value)

    return check


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
        names = ", ".join(f"'{name}'" for name in _MASKING)
        raise ValidationError(f"Must provide a dictionary with only known keys: {names}.")
    for name, kind in _MASKING.items():
        if value.get(name) is not None and not isinstance(value[name], kind):
            raise ValidationError(f"Must provide a {kind.__name__} for '{name}'.")
    return dict(value)


def replay(value: Any, server: Server) -> dict[str, Any]:
    """How recordings are made, with a part for the summaries."""
    if not dictionary(value, server).keys() <= {"record_canvas", "ai_config"}:
        raise ValidationError(
            "Must provide a dictionary with only 'record_canvas' and/or 'ai_config' keys."
        )
    ai = value.get("ai_config")
    if ai is not None and not (isinstance(ai, dict) and ai.keys() <= _AI_CONFIG):
        raise ValidationError("Must provide a dictionary with only known keys for 'ai_config'.")
    return dict(value)


def modifiers(value: Any, server: Server) -> Any:
    """Query modifiers; the server of 2025 accepts any JSON."""
    if not server.checks_structures:
        return value
    if not dictionary(value, server).keys() <= MODIFIERS:
        raise ValidationError("Invalid modifier key.")
    seconds = value.get("bounceRateDurationSeconds")
    try:
        IntegerField(min_value=1, max_value=120, allow_null=True).run_validation(seconds)
    except ValidationError as error:
        raise ValidationError({"bounceRateDurationSeconds": error.detail}) from error
    return value


def filters(value: Any, server: Server) -> Any:
    """Property filters; the server of 2025 accepts any JSON."""
    fits = isinstance(value, list) and all(map(_is_filter, value))
    if server.checks_structures and not fits:
        raise ValidationError(
            "Must provide an array of valid property filters. Each needs a key and a known type."
        )
    return value


def _is_filter(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("key"), str)
        and item.get("type", "event") in FILTER_TYPES
    )


def path_rules(value: Any, server: Server) -> Any:
    """`{alias, regex}` rules; the server of 2025 accepts any JSON."""
    if not server.checks_structures:
        return value
    if not isinstance(value, list) or not all(isinstance(rule, dict) for rule in value):
        raise ValidationError("Must provide a list of path cleaning rules.")
    for rule in value:
        _check_rule(rule)
    return value


def _check_rule(rule: Mapping[str, Any]) -> None:
    if not isinstance(rule.get("regex"), str) or not rule["regex"]:
        raise ValidationError("Each path cleaning rule needs a regex.")
    try:
        groups = re.compile(rule["regex"]).groups
    except re.error:
        raise ValidationError(f"Invalid regex in path cleaning rule: {rule['regex']}") from None
    used = [int(number) for number in re.findall(r"\\(\d)", str(rule.get("alias", "")))]
    if max(used, default=0) > groups:
        raise ValidationError("An alias refers to a group that its regex does not have.")


def trigger_groups(value: Any, server: Server) -> dict[str, Any]:
    """`{version: 2, groups: [...]}`."""
    groups = dictionary(value, server).get("groups")
    if value.get("version") != 2 or not isinstance(groups, list):  # noqa: PLR2004 - the version is 2
        raise ValidationError("Must provide version 2 and a list of groups.")
    if not all(map(_is_trigger_group, groups)):
        raise ValidationError(
            "Each group needs an 'id', a 'sampleRate' from 0 to 1 and 'conditions'; "
            "'minDurationMs' is from 0 to 30000."
        )
    return dict(value)


def _is_trigger_group(group: Any) -> bool:
    return (
        isinstance(group, dict)
        and isinstance(group.get("id"), str)
        and isinstance(group.get("conditions"), dict)
        and _within(group.get("sampleRate"), 1)
        and _within(group.get("minDurationMs", 0), 30000)
    )


def _within(value: Any, most: int) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most
    ) or value is None


def logs(value: Any, server: Server) -> dict[str, Any]:
    """How long logs are kept; the server notes itself when that last changed."""
    days = dictionary(value, server).get("retention_days", 14)
    if days not in (14, 30):
        raise ValidationError("retention_days must be 14 or 30.")
    return {key: item for key, item in value.items() if key != "retention_last_updated"}


def conversations(value: Any, server: Server) -> dict[str, Any]:
    """Support conversations; the token is the server's."""
    kept = dictionary(value, server)
    return {key: item for key, item in kept.items() if key != "widget_public_token"}


def few_wildcards(url: str) -> None:
    """Refuse an address with many stars in its host."""
    host = urlsplit(url).netloc or url.partition("/")[0]
    if host.count("*") > _MOST_WILDCARDS:
        raise ValidationError(
            "Each URL can include up to 5 wildcards. Remove the extra ones from this entry."
        )


def shallow(stored: Any, sent: Any) -> Any:
    """Sent keys over stored ones."""
    return stored | sent if isinstance(stored, dict) and isinstance(sent, dict) else sent


def one_deeper(stored: Any, sent: Any) -> Any:
    """As `shallow`, and the same again for objects inside."""
    return stored | {key: shallow(stored.get(key), item) for key, item in sent.items()}


def sources(stored: Any, sent: Any) -> Any:
    """Marketing sources are merged one by one; null removes one."""
    merged = one_deeper(stored, sent)
    kept = {key: item for key, item in merged.get("sources_map", {}).items() if item is not None}
    return merged | {"sources_map": kept}
