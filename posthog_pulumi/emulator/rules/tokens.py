"""Tokens, their digests and masks, and ids."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import string
import time
import uuid
from typing import Any

TOKEN = re.compile(r"ph[a-z]_\w+")
"""A key or token of any kind, wherever it stands in a text."""

_BASE62 = string.digits + string.ascii_letters


def random_text(length: int, alphabet: str = _BASE62) -> str:
    """Characters nobody can guess."""
    return "".join(secrets.choice(alphabet) for _ in range(length))


def short_id() -> str:
    """An id for what PostHog does not number."""
    return random_text(12)


def personal_api_key() -> str:
    """A `phx_…` key."""
    return "phx_" + random_text(48)


def digest(value: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(value.encode()).hexdigest()


def mask(value: str) -> str:
    """The first and last four characters, as keys and logged tokens are shown."""
    return f"{value[:4]}...{value[-4:]}"


def sortable_uuid() -> uuid.UUID:
    """A UUID that sorts by the time it was made."""
    return uuid.UUID(int=(time.time_ns() // 1_000_000 << 80) | secrets.randbits(80))


def jwt(payload: dict[str, Any], secret: str) -> str:
    """A signed token in JWT's form."""
    head = _part(b'{"alg":"HS256","typ":"JWT"}') + "." + _part(json.dumps(payload).encode())
    signature = hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest()
    return f"{head}.{_part(signature)}"


def _part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
