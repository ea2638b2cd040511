"""The shapes of structured settings, and how PATCH merges them."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from rest_framework.serializers import ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.settings.choices import FILTER_OPERATORS, FILTER_TYPES, MODIFIERS
from posthog_pulumi.emulator.settings.fields import Check, type_error

_MOST_WILDCARDS = 5
_LONGEST_BOUNCE = 120


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


def modifiers(value: Any, server: Server) -> Any:
    """Query modifiers; the server of 2025 accepts any JSON."""
    if not server.checks_structures:
        return value
    _check_seconds(dictionary(value, server).get("bounceRateDurationSeconds"))
    if not value.keys() <= MODIFIERS:
        raise ValidationError("Invalid modifier key.")
    return value


def _check_seconds(value: Any) -> None:
    mistake = None
    if value is not None and not isinstance(value, int | float):
        mistake = "Must be a number."
    elif value is not None and not 1 <= value <= _LONGEST_BOUNCE:
        mistake = "Must be between 1 and 120 seconds."
    if mistake:
        raise ValidationError({"bounceRateDurationSeconds": mistake})


def filters(value: Any, server: Server) -> Any:
    """Property filters; the server of 2025 accepts any JSON."""
    fits = isinstance(value, list) and all(map(_is_filter, value))
    if server.checks_structures and not fits:
        raise ValidationError("Must provide an array of valid property filters.")
    return value


def _is_filter(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("key"), str)
        and str(item.get("type", "event")) in FILTER_TYPES
        and (item.get("operator") is None or str(item["operator"]) in FILTER_OPERATORS)
    )


def path_rules(value: Any, server: Server) -> Any:
    """`{alias, regex}` rules; the server of 2025 accepts any JSON."""
    if not server.checks_structures:
        return value
    if not isinstance(value, list) or not all(isinstance(rule, dict) for rule in value):
        raise ValidationError("Must provide a list of path cleaning rules.")
    for rule in value:
        _check_rule(rule.get("regex"), str(rule.get("alias") or ""))
    return value


def _check_rule(regex: Any, alias: str) -> None:
    if not isinstance(regex, str) or not regex:
        raise ValidationError("A path cleaning rule needs a regex. Remove the rule or give it one.")
    try:
        groups = re.compile(regex).groups
    except re.error as error:
        raise ValidationError(f"Invalid path cleaning regex '{regex}': {error}") from None
    for used in re.findall(r"\\(\\|[0-9])", alias):
        if used != "\\" and int(used) > groups:
            raise ValidationError(
                f"The alias '{alias}' references capture group \\{used}, but its regex has "
                f"{groups} capture group(s). Add the group to the regex or fix the reference."
            )


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


def few_wildcards(urls: Iterable[str | None]) -> None:
    """Refuse an address with many stars in its host."""
    for url in urls:
        host = urlsplit(url or "").netloc or (url or "").partition("/")[0]
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
