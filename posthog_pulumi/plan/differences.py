"""Where PostHog's settings differ from those that it was sent, in words that hold no secret."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from posthog_pulumi.models.settings import SETTINGS, managed_part

_MOST: Final = 5
"""Places that are named; a list of more would bury the rest of the message."""


def differences(live: Mapping[str, Any], sent: Mapping[str, Any]) -> str:
    """What became of each setting, for a message.

    Any value may be a secret, since Pulumi does not tell a provider which ones a program gave as
    secrets. So values are shown only where none can hide: booleans, numbers, and settings with a
    fixed list of texts, such as ``timezone``. Of all others the text names the keys that differ.
    """
    return ", ".join(_one(name, live.get(name), value) for name, value in sorted(sent.items()))


def _one(name: str, kept: object, sent: object) -> str:
    if _may_be_shown(name, kept) and _may_be_shown(name, sent):
        return f"{name} is {kept!r} and not {sent!r}"
    places = sorted(filter(None, _places(managed_part(name, kept, sent), sent)))
    more = ", …" if len(places) > _MOST else ""
    where = f" ({', '.join(places[:_MOST])}{more})" if places else ""
    return f"{name} is not as sent{where}"


def _may_be_shown(name: str, value: object) -> bool:
    return value is None or isinstance(value, bool | int | float) or SETTINGS[name].choice


def _places(kept: object, sent: object, path: str = "") -> Iterator[str]:
    """The keys, joined by dots, under which the values differ; blank for the whole."""
    if kept == sent:
        return
    if isinstance(kept, dict) and isinstance(sent, dict):
        for key in kept.keys() | sent.keys():
            yield from _places(kept.get(key), sent.get(key), f"{path}.{key}" if path else key)
    elif isinstance(kept, list) and isinstance(sent, list) and len(kept) == len(sent):
        for at, (one, other) in enumerate(zip(kept, sent, strict=True)):
            yield from _places(one, other, f"{path}[{at}]")
    else:
        yield path
