"""What a server repeats of a request in its reason, and what of that must not be shown."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

_SHORTEST: Final = 6
"""Characters of a text that could be a secret; shorter ones are words of the reason itself."""

_NAMES: Final = frozenset(
    {"name", "label", "scopes", "organization_id", "product_type", "intent_context", "timezone"}
)
"""Parts of bodies that are no secrets, and that a reader looks for in a reason."""


def texts(body: Mapping[str, Any] | None) -> set[str]:
    """The texts of a body, at any depth, that must not be repeated."""
    found = {text for name, value in (body or {}).items() for text in _texts(name, value)}
    return {text for text in found if len(text) >= _SHORTEST}


def _texts(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts("", item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts("", item)
    elif isinstance(value, str) and name not in _NAMES:
        yield value.strip()


def without_echoes(body: Any, hidden: Collection[str]) -> Any:
    """The body of a refusal with an ellipsis in the place of each of these texts."""
    if not hidden or not isinstance(body, dict):
        return body
    longest_first = sorted(hidden, key=len, reverse=True)
    echo = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return {
        key: echo.sub("…", value) if isinstance(value, str) else value
        for key, value in body.items()
    }
