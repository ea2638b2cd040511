"""Tokens and what else is secret, as the page shows them."""

import re
from typing import Any

from posthog_pulumi.emulator.rules.tokens import mask

_TOKEN = re.compile(r"ph[a-z]_\w+")
_SECRET_NAME = re.compile("token|secret|webhook|password", re.IGNORECASE)


def masked(text: str) -> str:
    """The text, with each token in it as `phc_…abcd`."""
    return _TOKEN.sub(lambda found: mask(found[0]).replace("...", "…"), text)


def without_secrets(value: Any, name: str = "") -> Any:
    """JSON with its tokens masked, and with nothing of a text whose name says that it is secret."""
    if isinstance(value, dict):
        return {masked(key): without_secrets(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [without_secrets(item, name) for item in value]
    if isinstance(value, str):
        return "…" if _SECRET_NAME.search(name) else masked(value)
    return value
