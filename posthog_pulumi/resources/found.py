"""What look-ups find, as plain data."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from posthog_pulumi.properties import TOKENS
from posthog_pulumi.resources.settings_outputs import SENSITIVE

_SECRET: Final = {*TOKENS, *SENSITIVE}

Hide = Callable[[Any], Any]


def data(found: Any) -> Any:
    """Models as dictionaries, whose ids are strings as everywhere in programs."""
    if isinstance(found, list):
        return [data(item) for item in found]
    if not hasattr(found, "model_dump"):
        return found
    fields = found.model_dump()
    return {**fields, "id": str(fields["id"])}


def hidden(value: Any, hide: Hide) -> Any:
    """The data with every secret as ``hide`` makes it of its clear value."""
    if isinstance(value, list):
        return [hidden(item, hide) for item in value]
    if isinstance(value, Mapping):
        return {
            name: hide(_clear(item)) if name in _SECRET and item else hidden(item, hide)
            for name, item in value.items()
        }
    return hide(_clear(value)) if _clear(value) is not value else value


def _clear(value: Any) -> Any:
    reveal = getattr(value, "get_secret_value", None)
    return reveal() if reveal else value
