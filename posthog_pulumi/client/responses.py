"""What an HTTP response means: its JSON, or an error that says what is known of the request."""

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from math import isfinite
from typing import Any, Final
from urllib.parse import urlsplit

from posthog_pulumi.client.echoes import without_echoes
from posthog_pulumi.client.refusals import refusal, sentence, text_of
from posthog_pulumi.errors import (
    APIResponseValidationError,
    APIStatusError,
    InternalServerError,
    Outcome,
    PostHogError,
)

DEFAULT_RETRY_AFTER: Final = 10.0
"""Seconds to wait where a rate limit names no usable time."""

_SECONDS: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


def read(  # noqa: PLR0913  # what came, and what was sent
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    *,
    call: str,
    by_session: bool = False,
    hide: Collection[str] = (),
) -> Any:
    """The JSON of a success, None for one without a body (204).

    Args:
        status: HTTP status.
        headers: With lower-case names.
        content: The body.
        call: Method and path, for the message.
        by_session: Whether a session was sent, not a key.
        hide: What was sent and must not be shown, although the server's reason may repeat it.

    Raises:
        APIResponseError: The class of the status; APIResponseValidationError for what is not
            PostHog's.
    """
    if status == HTTPStatus.NO_CONTENT:
        return None
    body = _json(content)
    if status >= HTTPStatus.BAD_REQUEST:
        body = without_echoes(body, hide)
    if _succeeded(status) and body is not None:
        return body
    request = f"{call} returned {status}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        error: APIStatusError = _server_error(status, body, request)
    elif status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        error = proxy_refusal(request)
    elif status == HTTPStatus.REQUEST_TIMEOUT:
        error = _request_timeout(request)
    elif status == HTTPStatus.TOO_MANY_REQUESTS or _is_posthogs(status, body):
        error = refusal(status, body, request, by_session=by_session)
    else:
        raise _foreign(status, headers, content, body, request)
    error.retry_after = _retry_after(status, headers)
    raise error


def seconds_until(retry_after: str, date: str = "") -> float:
    """``Retry-After`` in seconds: as it names them, or from the ``Date`` to the date it names.

    Ten for anything else.
    """
    if _SECONDS.fullmatch(retry_after):
        return float(retry_after)
    with suppress(ValueError):
        now = _moment(date) if date else datetime.now(UTC)
        return max(0.0, (_moment(retry_after) - now).total_seconds())
    return DEFAULT_RETRY_AFTER


def proxy_refusal(request: str) -> APIStatusError:
    """The error for a proxy that wants to know who we are (407)."""
    return APIStatusError(
        "the proxy wants a user name and a password, and refuses the connection.",
        request=request,
        advice="Put them into HTTPS_PROXY, or name the host in NO_PROXY.",
    )


def _retry_after(status: int, headers: Mapping[str, str]) -> float:
    """Every rate limit has a wait; of the outages, only one that says how long it is."""
    limited = status == HTTPStatus.TOO_MANY_REQUESTS
    outage = status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in headers
    if not (limited or outage):
        return 0.0
    return seconds_until(headers.get("retry-after", ""), headers.get("date", ""))


def _moment(date: str) -> datetime:
    return parsedate_to_datetime(date).replace(tzinfo=UTC)  # HTTP's dates are in GMT


def _json(content: bytes) -> Any:
    with suppress(ValueError, RecursionError):
        body = json.loads(content, parse_float=_finite, parse_int=_whole, parse_constant=_finite)
        if b"\\ud" in content.lower():  # half a character would fail wherever it is written
            json.dumps(body, ensure_ascii=False).encode()
        return body
    return None


def _finite(text: str) -> float:
    """A number that JSON can write again: neither NaN nor beyond what fits."""
    if not isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    _finite(text)
    return int(text)


def _succeeded(status: int) -> bool:
    return status < HTTPStatus.MULTIPLE_CHOICES


def _is_posthogs(status: int, body: Any) -> bool:
    """Whether PostHog itself says so, and not something in front of it.

    A project may leave the state after a 404, so that counts in PostHog's own form alone.
    """
    if status == HTTPStatus.NOT_FOUND or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return all(text_of(body, key) for key in ("type", "code", "detail"))
    has_words = text_of(body, "detail") or text_of(body, "error")
    return status >= HTTPStatus.BAD_REQUEST and bool(has_words)


def _server_error(status: int, body: Any, request: str) -> InternalServerError:
    """PostHog's own is over; of another, or of one who gave up waiting, nothing is known."""
    ours = _is_posthogs(status, body)
    phrase = responses.get(status, "it gives no reason")
    what = f"PostHog failed: {text_of(body, 'detail')}" if ours else f"the host failed: {phrase}"
    error = InternalServerError(sentence(what), request=request)
    if not ours or status == HTTPStatus.GATEWAY_TIMEOUT:
        error.outcome = Outcome.UNKNOWN
    return error


def _request_timeout(request: str) -> APIStatusError:
    error = APIStatusError(
        "the host waited too long for the request.",
        request=request,
        advice="Run the command again.",
    )
    error.outcome = Outcome.UNKNOWN
    return error


def _foreign(
    status: int, headers: Mapping[str, str], content: bytes, body: Any, request: str
) -> PostHogError:
    error = APIResponseValidationError(
        f"the host {_what_it_did(status, headers, content, body)}.", request=request
    )
    error.outcome = Outcome.UNKNOWN if _succeeded(status) else Outcome.NOT_DONE
    return error


def _what_it_did(status: int, headers: Mapping[str, str], content: bytes, body: Any) -> str:
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return f"redirects to {_host_of(headers.get('location', '')) or 'another page'}"
    if body is not None:
        return "sent JSON that is not PostHog's"
    if not content:
        return "sent an empty response instead of PostHog's JSON"
    kind = headers.get("content-type", "").split(";")[0]
    if kind == "application/json":
        return "sent JSON that cannot be read"
    return f"sent {kind or 'something unreadable'} instead of PostHog's JSON"


def _host_of(location: str) -> str | None:
    """The host alone: the rest of a URL may hold a credential."""
    with suppress(ValueError):
        return urlsplit(location).hostname
    return None
