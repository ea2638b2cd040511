"""What PostHog says no with: the error of its status, refined by PostHog's own words."""

from collections.abc import Mapping
from http.client import responses
from typing import Any, Final

from posthog_pulumi.errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    DeletionPendingError,
    NotFoundError,
    PermissionDeniedError,
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
    "organization not found": "Check posthog:host and organization_id: the organization was"
    " deleted, or this credential does not see it.",
    "there is already a project": "To manage the project that has it, run"
    " `posthog-pulumi import --project ID`; to read it only, use PostHogProject.get.",
    "recently authenticated": "Sign in to PostHog again and set posthog:sessionId to that session.",
    "missing required scope": "Add that scope to the key in PostHog under Personal API keys.",
    "limit of": "Delete a project or upgrade the plan; one waiting for its deletion still counts.",
    "upgrade your posthog plan": "Delete a project or upgrade the plan.",
    "does not allow using personal api keys": "Ask an administrator of the organization.",
    "does not have access to the requested": "Use a key that is not limited to others.",
    "secure api key is deprecated": "Use PostHogProjectSecretApiKey.",
    "scoped projects": "Use a key that is not limited to single projects.",
}
"""What to do next where the general advice of the status would mislead; lower case."""

_SESSION_ADVICE: Final[Mapping[type[APIStatusError], str]] = {
    AuthenticationError: "Sign in to PostHog again and set posthog:sessionId (POSTHOG_SESSION_ID,"
    " or session_id of its PostHogProvider) to that session; destroy and refresh use the one"
    " recorded in the state unless POSTHOG_PULUMI_SESSION_ID_OVERRIDE is set.",
    PermissionDeniedError: "Sign in as an administrator of the organization and set"
    " posthog:sessionId to that session.",
}
"""The general advice where a session was sent, not a key."""

_WITHOUT_A_SESSION: Final = " or use PostHogProjectSecretApiKey, which rotates with a plain key;"


def refusal(status: int, body: Any, request: str, *, by_session: bool) -> APIStatusError:
    """The error that PostHog's body of a 4xx means.

    Args:
        status: HTTP status.
        body: JSON, which may lack PostHog's words.
        request: Method, path and status, for the message.
        by_session: Whether a session was sent, not a key.
    """
    detail = text_of(body, "detail") or text_of(body, "error") or responses[status]
    attr, words = text_of(body, "attr"), detail.lower()
    kinds = [kind for (of, text), kind in BY_WORDS.items() if of == status and text in words]
    kind = next(iter(kinds), BY_STATUS.get(status, APIStatusError))
    subject = f"PostHog refuses {attr}" if attr else "PostHog says"
    return kind(
        sentence(f"{subject}: {detail}"),
        code=text_of(body, "code"),
        attr=attr,
        request=request,
        advice=next((text for key, text in ADVICE_BY_WORDS.items() if key in words), "")
        or _general_advice(kind, attr, request, by_session=by_session),
    )


def _general_advice(
    kind: type[APIStatusError], attr: str, request: str, *, by_session: bool
) -> str:
    """That of the kind, unless what was sent tells more."""
    if kind is SessionRequiredError:
        return session_advice(request)
    if kind is BadRequestError and not attr:
        return "Settle that, then run the command again."
    return _SESSION_ADVICE.get(kind, "") if by_session else ""


def session_advice(endpoint: str) -> str:
    """How to call an endpoint that refuses keys; a secret token has a way without a session."""
    advice = SessionRequiredError.advice
    return advice if "secret_token" in endpoint else advice.replace(_WITHOUT_A_SESSION, "")


def text_of(body: Any, key: str) -> str:
    """The text under a key of a JSON object; empty if there is none."""
    value = body.get(key) if isinstance(body, dict) else None
    return value if isinstance(value, str) else ""


def sentence(text: str) -> str:
    """The text with a full stop, since advice follows."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
