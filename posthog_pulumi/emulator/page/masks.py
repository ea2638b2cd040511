"""Tokens and what else is secret, as the page shows them."""

import re
from typing import Any

from posthog_pulumi.emulator.rules.tokens import TOKEN, mask

_LONG = 12
_SECRET_NAME = re.compile("token|secret|webhook|password|api_?key|authorization", re.IGNORECASE)


def masked(text: str) -> str:
    """The text, with each token in it as `phc_…abcd`, or a short one as `phc_…`."""
    return TOKEN.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    whole = found[0]
    return mask(whole).replace("...", "…") if len(whole) >= _LONG else f"{whole[:4]}…"


def without_secrets(value: Any, name: str = "") -> Any:
    """JSON with its tokens masked, and with nothing of what has, or is in, a secret's name."""
    if isinstance(value, dict):
        return {masked(key): without_secrets(item, f"{name} {key}") for key, item in value.items()}
    if isinstance(value, list):
        return [without_secrets(item, name) for item in value]
    if value and not isinstance(value, bool) and _SECRET_NAME.search(name):
        return "…"
    return masked(value) if isinstance(value, str) else value
