"""What a host may look like: an origin, so that every path we add is PostHog's own."""

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_ORIGIN: Final = re.compile(r"https?://[^/?#@\s\"]+", re.IGNORECASE)


def origin(text: str) -> str | None:
    """The origin in lower case and with no slash at its end, or None for anything else."""
    bare = text.rstrip("/").lower()
    parts = _split(bare) if _ORIGIN.fullmatch(bare) else None
    if parts is None or bare.endswith(":") or not _is_name(parts.hostname or ""):
        return None
    return bare


def is_loopback(text: str) -> bool:
    """Whether an origin is on this machine."""
    name = urlsplit(text).hostname or ""
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_name(name: str) -> bool:
    return _is_address(name) or _NAME.fullmatch(name) is not None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
