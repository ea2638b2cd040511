"""What SDKs send: packed in one of many forms, and refused unless it is events."""

import base64
import binascii
import gzip
import json
import zlib
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from django.http import HttpRequest

_LONGEST_TOKEN = 64
_GZIP, _FORM, _JSON_BEGINS = b"\x1f\x8b", b"data=", (b"{", b"[")
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "gzip-js": gzip.decompress,
    "deflate": zlib.decompress,
}


class Refused(Exception):  # noqa: N818 - it names the outcome
    """A refusal in plain text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def read(request: HttpRequest) -> Any:
    """The JSON of a body, which may be compressed, in a form, or in base64."""
    body = _decompressed(
        request.body, request.headers.get("Content-Encoding") or request.GET.get("compression")
    )
    if body.startswith(_FORM):
        body = parse_qs(body).get(b"data", [b""])[0]
    if not body.lstrip().startswith(_JSON_BEGINS):
        body = _decompressed(_from_base64(body), None)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "Failed to decode request: invalid JSON") from None


def _decompressed(body: bytes, form: str | None) -> bytes:
    unpack = _UNPACK.get("gzip" if body.startswith(_GZIP) else form or "", bytes)
    try:
        return unpack(body)
    except (OSError, EOFError, zlib.error):
        raise Refused(400, f"Failed to decode request: invalid {form or 'gzip'}") from None


def _from_base64(body: bytes) -> bytes:
    try:
        return base64.b64decode(body.replace(b" ", b"+"), validate=True)  # not every form has %2B
    except binascii.Error:
        return body


def token(sent: Any) -> Any:
    """The project's token, which is beside the events, in the first, or in its properties."""
    first = sent[0] if isinstance(sent, list) and sent else sent
    if not isinstance(first, dict):
        return None
    properties = first.get("properties")
    inner = properties.get("token") if isinstance(properties, dict) else None
    return first.get("api_key") or first.get("token") or inner


def well_shaped(value: Any) -> bool:
    """Whether a token could be a project's."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_TOKEN
        and value.isascii()
        and not value.startswith("phx_")
    )


def events(sent: Any, *, only_batch: bool) -> list[dict[str, Any]]:
    """The events, of which there is at least one; some endpoints take no bare one."""
    alone = None if only_batch else [sent]
    items = sent.get("batch", alone) if isinstance(sent, dict) else sent
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refused(400, "failed to parse request: not a batch of events")
    if not items:
        raise Refused(400, "request holds no event")
    return [
        {name: value for name, value in item.items() if name not in {"api_key", "token"}}
        for item in items
    ]


def check(items: Iterable[dict[str, Any]]) -> None:
    """Refuse events without a name, and those that are nobody's."""
    for event in items:
        name, properties = event.get("event"), event.get("properties")
        if not isinstance(name, str) or not name:
            raise Refused(400, "event submitted with an empty event name")
        inner = properties.get("distinct_id") if isinstance(properties, dict) else None
        own = event.get("distinct_id")
        if (inner if own is None else own) in (None, ""):
            raise Refused(400, "event submitted without a distinct_id")
