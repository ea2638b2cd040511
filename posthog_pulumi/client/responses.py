"""What an HTTP answer means: its JSON, or the error of its status, refined by PostHog's words."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from typing import Any, Final
from urllib.parse import urlsplit

from posthog_pulumi.errors import (
    APIResponseValidationError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    DeletionPendingError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    PostHogError,
    RateLimitError,
    SessionRequiredError,
)

BY_STATUS: Final[Mapping[int, type[APIStatusError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
}

BY_WORDS: Final[Mapping[tuple[int, str], type[APIStatusError]]] = {
    (400, "already being deleted"): DeletionPendingError,
    (403, "does not support personal api key access"): SessionRequiredError,
}
"""Refusals that PostHog tells apart only by their text; lower case."""

ADVICE_BY_WORDS: Final[Mapping[str, str]] = {
    "missing required scope": "Add that scope to the key in PostHog under Personal API keys.",
    "limit of": "Delete a project or upgrade the plan; one waiting for its deletion still counts.",
    "upgrade your posthog plan": "Delete a project or upgrade the plan.",
    "does not allow using personal api keys": "Ask an administrator of the organization.",
    "does not have access to the requested": "Use a key that is not limited to others.",
    "secure api key is deprecated": "Use PostHogProjectSecretApiKey.",
    "scoped projects": "Use a key that is not limited to single projects.",
}
"""What to do next where the general advice of the status would mislead; lower case."""

_DEFAULT_RETRY_AFTER = 10.0
_SESSION_ADVICE = (
    "The session in posthog:sessionId has expired or is not signed in; sign in to PostHog again"
    " and set it with `pulumi config set --secret posthog:sessionId` or POSTHOG_SESSION_ID."
)
_SESSION_LEVEL_ADVICE = (
    "Sign in as an administrator of the organization and set posthog:sessionId to that session."
)


def read(
    status: int, headers: Mapping[str, str], content: bytes, *, call: str, by_session: bool = False
) -> Any:
    """The JSON of a success, None for an empty one.

    Args:
        status: HTTP status.
        headers: With lower-case names.
        content: The body.
        call: Method and path, for the message.
        by_session: Whether a session was sent, not a key.

    Raises:
        APIResponseError: The class of the status; APIResponseValidationError for no JSON.
    """
    request = f"{call} returned {status}"
    if status == HTTPStatus.NO_CONTENT:
        return None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _server_error(status, headers, _json(content), request)
    body = _json(content)
    redirects = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    throttled = status == HTTPStatus.TOO_MANY_REQUESTS  # a proxy's may be no JSON
    if redirects or (body is None and not throttled):
        error = APIResponseValidationError(_unreadable(headers), request=request)
        error.may_have_been_done = status < HTTPStatus.MULTIPLE_CHOICES
        raise error
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return body
    raise _refusal(status, headers, body, request, by_session=by_session)


def seconds_until(retry_after: str) -> float:
    """``Retry-After`` in seconds, whether it names seconds or a date."""
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    with suppress(ValueError):
        then = parsedate_to_datetime(retry_after).replace(tzinfo=UTC)  # HTTP dates are in GMT
        return max(0.0, (then - datetime.now(UTC)).total_seconds())
    return _DEFAULT_RETRY_AFTER


def _json(content: bytes) -> Any:
    with suppress(ValueError):
        return json.loads(content)
    return None


def _unreadable(headers: Mapping[str, str]) -> str:
    if location := headers.get("location"):
        return f"the host redirects to {urlsplit(location).hostname or 'another page'}."
    kind = headers.get("content-type", "").split(";")[0] or "nothing readable"
    return f"the host answered with {kind} instead of PostHog's JSON."


def _server_error(
    status: int,
    headers: Mapping[str, str],
    body: Any,
    request: str,
) -> PostHogError:
    detail = _text(body, "detail")
    error = InternalServerError(
        f"PostHog failed{f': {detail}' if detail else '.'}", request=request
    )
    if status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in headers:
        error.retry_after = seconds_until(headers["retry-after"])
    return error


def _refusal(
    status: int,
    headers: Mapping[str, str],
    body: Any,
    request: str,
    *,
    by_session: bool,
) -> PostHogError:
    detail = _text(body, "detail") or _text(body, "error") or responses.get(status, "no")
    attr = _text(body, "attr")
    words = detail.lower()
    kinds = [kind for (of, text), kind in BY_WORDS.items() if of == status and text in words]
    kind = next(iter(kinds), BY_STATUS.get(status, APIStatusError))
    advice = next((text for words_, text in ADVICE_BY_WORDS.items() if words_ in words), "")
    if kind is AuthenticationError and by_session:
        advice = _SESSION_ADVICE
    if kind is PermissionDeniedError and by_session:
        advice = advice or _SESSION_LEVEL_ADVICE
    detail = detail if detail.endswith((".", "!", "?")) else f"{detail}."
    what = f"PostHog refuses {attr}: {detail}" if attr else f"PostHog says: {detail}"
    error = kind(what, code=_text(body, "code"), attr=attr, request=request, advice=advice)
    if isinstance(error, RateLimitError):
        error.retry_after = seconds_until(headers.get("retry-after", ""))
    return error


def _text(body: Any, key: str) -> str:
    value = body.get(key) if isinstance(body, dict) else None
    return value if isinstance(value, str) else ""
