"""What can go wrong, as one line each for the person who runs ``pulumi``.

::

    PostHogError
    ├── ConfigurationError              found before anything was sent
    ├── RefusedError                    ours: doing it could lose data, keys or a project
    │   ├── DataGuardError
    │   ├── AmbiguousProjectError
    │   └── SettingIgnoredError
    ├── APIConnectionError              no response arrived
    │   ├── APIConnectError             no connection, so nothing can have happened
    │   └── APITimeoutError             not in time, and it may happen yet
    └── APIResponseError                a response arrived
        ├── APIResponseValidationError  but not one that PostHog's API describes
        └── APIStatusError              with a status that means no
            ├── BadRequestError         400
            ├── DeletionPendingError    400 on a second DELETE
            ├── AuthenticationError     401
            ├── PermissionDeniedError   403
            │   └── SessionRequiredError
            ├── NotFoundError           404
            ├── ConflictError           409
            ├── RateLimitError          429
            └── InternalServerError     5xx
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

_CREDENTIAL = re.compile(r"ph[a-z]_[A-Za-z0-9_-]{6,}")
_LONGEST = 2000


def redacted(text: str) -> str:
    """The text on one printable line, anything shaped like a PostHog key cut to its prefix."""
    line = "".join(sign if sign.isprintable() else " " for sign in text[:_LONGEST])
    return _CREDENTIAL.sub(lambda found: f"{found[0][:4]}…", " ".join(line.split()))


class PostHogError(Exception):
    """Anything that is the user's or PostHog's doing: ``subject: what; advice (request)``."""

    advice: ClassVar[str] = ""
    """What to do next, unless the one who raises knows better."""
    may_have_been_done: bool = False
    """Whether PostHog may have carried out the request although it failed."""

    def __init__(self, what: str, *, advice: str | None = None, request: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.request = request
        self.subject = ""
        self._advice = self.advice if advice is None else advice

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self) -> str:
        subject = f"{self.subject}: " if self.subject else ""
        advice = f" {self._advice}" if self._advice else ""
        request = f" ({self.request})" if self.request else ""
        return redacted(f"{subject}{self.what}{advice}{request}")


@contextmanager
def concerning(subject: str) -> Iterator[None]:
    """Name the project or key that an error raised inside is about; the innermost name stays."""
    try:
        yield
    except PostHogError as error:
        error.subject = error.subject or subject
        raise


class ConfigurationError(PostHogError):
    """The provider's configuration cannot be used; nothing was sent."""


class RefusedError(PostHogError):
    """Pulumi could do this, but it could cost data, keys or a project."""


class DataGuardError(RefusedError):
    """The project holds events and ``force_destroy`` was not applied before."""

    advice = (
        "To delete it with all its data, set force_destroy=True, run `pulumi up`, and then remove"
        " it; to keep it in PostHog, run `pulumi state delete` on it instead."
    )


class AmbiguousProjectError(RefusedError):
    """The answer to a create was lost and which project it made, if any, cannot be told."""

    advice = (
        "Look for them in PostHog, delete what is not wanted, and run `pulumi up` when no project"
        " of that name is left."
    )


class SettingIgnoredError(RefusedError):
    """PostHog answered an update with other values than were sent."""

    advice = "Declare what PostHog keeps, or remove the setting from the program."


class APIConnectionError(PostHogError):
    """No answer arrived, so the request may or may not have been carried out."""

    advice = "Check the network and posthog:host, then run the command again."
    may_have_been_done = True


class APIConnectError(APIConnectionError):
    """No connection to the host could be made, so nothing was carried out."""

    may_have_been_done = False


class APITimeoutError(APIConnectionError):
    """PostHog may still be at work on the request, so doing it again could do it twice."""

    advice = "Wait a minute, then run the command again."


class APIResponseError(PostHogError):
    """PostHog, or something in front of it, answered with something else than success."""


class APIResponseValidationError(APIResponseError):
    """The answer is no JSON: a proxy, a login page, or a host that is not PostHog."""

    advice = "Check that posthog:host names a PostHog instance and that no proxy is in the way."
    may_have_been_done = True


class APIStatusError(APIResponseError):
    """PostHog refused: ``code`` and ``attr`` are those of its error envelope."""

    def __init__(
        self, what: str, *, code: str = "", attr: str = "", request: str = "", advice: str = ""
    ) -> None:
        super().__init__(what, advice=advice or None, request=request)
        self.code = code
        self.attr = attr


class BadRequestError(APIStatusError):
    """PostHog does not accept a value (400)."""

    advice = "Correct the value and run `pulumi up` again."


class DeletionPendingError(APIStatusError):
    """The project is on its way out (400 on a second DELETE, or ``is_pending_deletion``)."""

    advice = (
        "Cancel the deletion in PostHog, or run `pulumi refresh` and then `pulumi up` to make a"
        " new project."
    )


class AuthenticationError(APIStatusError):
    """PostHog does not know the credential (401)."""

    advice = (
        "Set a valid personal API key of this host with"
        " `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY;"
        " POSTHOG_PULUMI_API_KEY_OVERRIDE beats a key recorded in the state."
    )


class PermissionDeniedError(APIStatusError):
    """The credential is good but may not do this (403)."""

    advice = (
        "Use a personal API key with the scopes project:read and project:write whose owner is an"
        " administrator of the organization."
    )


class SessionRequiredError(PermissionDeniedError):
    """The endpoint refuses personal API keys (403)."""

    advice = (
        "Set posthog:sessionId (POSTHOG_SESSION_ID) to the sessionid cookie of a signed-in"
        " session; or use PostHogProjectSecretApiKey, which rotates with a plain key; a self-hosted"
        " PostHog from before March 2026 also takes a key without scopes."
    )


class NotFoundError(APIStatusError):
    """The project, or the organization holding it, does not exist for this credential (404)."""

    advice = "Run `pulumi refresh` if it was deleted, or check posthog:host and organization_id."


class ConflictError(APIStatusError):
    """The name is taken in the organization (409)."""

    advice = "To look at the project that has it, use PostHogProject.get."


class RateLimitError(APIStatusError):
    """Too many requests (429); ``retry_after`` is in seconds."""

    advice = "Run the command again later, or with fewer parallel operations (--parallel)."
    retry_after: float = 0.0


class InternalServerError(APIStatusError):
    """PostHog failed (5xx); ``retry_after`` is in seconds and 0 if it named none."""

    advice = "Run the command again; if it stays, see PostHog's status page or your server's log."
    may_have_been_done = True
    retry_after: float = 0.0
