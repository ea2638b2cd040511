"""What can go wrong, as one line each for the person who runs ``pulumi``.

::

    PostHogError
    ├── ConfigurationError              found before anything was sent
    ├── CancelledError                  the user cancelled the run
    ├── RefusedError                    ours: doing it could lose data, keys or a project
    │   ├── DataGuardError
    │   ├── AmbiguousProjectError
    │   ├── ProjectNotVisibleError
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

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from posthog_pulumi.properties import redacted


class Outcome(Enum):
    """What is known of a request that failed."""

    NOT_DONE = auto()
    """Not carried out."""
    OVER = auto()
    """Carried out or not, but PostHog is no longer at work on it."""
    UNKNOWN = auto()
    """It may be going on still, so sending it again could do it twice."""


class PostHogError(Exception):
    """Anything that is the user's or PostHog's doing: ``subject: what; advice (request)``."""

    advice: str = ""
    """What to do next, unless the one who raises knows better."""
    outcome: Outcome = Outcome.NOT_DONE

    def __init__(self, what: str, *, advice: str = "", request: str = "") -> None:
        self.what = redacted(what, longest=1000)  # so that what is said after it is not cut
        super().__init__(self.what)
        self.advice = advice or self.advice
        self.request = request
        self.subject = ""

    def __str__(self) -> str:
        subject = self.subject and f"{self.subject}:"
        request = self.request and f"({self.request})"
        return redacted(f"{subject} {self.what} {self.advice} {request}")


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


class CancelledError(PostHogError):
    """The run was cancelled while a step waited; nothing more was sent for it."""


class RefusedError(PostHogError):
    """Pulumi could do this, but it could cost data, keys or a project."""


class DataGuardError(RefusedError):
    """The project holds events and ``force_destroy`` was not applied before."""

    advice = (
        "To delete it with all its data, set force_destroy=True, run `pulumi up`, and then remove"
        " it; to keep it in PostHog, run `pulumi state delete` on it instead, which"
        " `posthog-pulumi import --project ID` undoes."
    )


class AmbiguousProjectError(RefusedError):
    """The response to a create was lost, and which project it made, if any, is not known."""


class ProjectNotVisibleError(RefusedError):
    """The project is not found, and whether it was deleted is not known."""

    advice = (
        "Use a key with the scope organization:read whose owner is an administrator of the"
        " organization; or, if the project was deleted, run `pulumi state delete` on the resource."
    )


class SettingIgnoredError(RefusedError):
    """PostHog took an update and has other values than were sent."""

    advice = "Declare what PostHog keeps, or remove the setting from the program."


class APIConnectionError(PostHogError):
    """The connection was cut before a response arrived."""

    advice = "Check the network and posthog:host, then run the command again."
    outcome = Outcome.UNKNOWN


class APIConnectError(APIConnectionError):
    """No connection to the host could be made, so nothing was carried out."""

    outcome = Outcome.NOT_DONE


class APITimeoutError(APIConnectionError):
    """No response arrived in time."""


class APIResponseError(PostHogError):
    """A response arrived, and it is no success."""


class APIResponseValidationError(APIResponseError):
    """The response is not PostHog's: of a proxy, a login page, or a host that is not PostHog."""

    advice = "Check that posthog:host names a PostHog instance and that no proxy is in the way."
    outcome = Outcome.UNKNOWN


class APIStatusError(APIResponseError):
    """PostHog refused: ``code`` and ``attr`` are those of its error envelope."""

    retry_after: float = 0.0
    """Seconds to wait before another request; 0 if the response names none."""

    def __init__(self, what: str, *, code: str = "", attr: str = "", **more: str) -> None:
        super().__init__(what, **more)
        self.code = code
        self.attr = attr


class BadRequestError(APIStatusError):
    """PostHog does not accept a value (400)."""

    advice = "Correct the value and run `pulumi up` again."


class DeletionPendingError(APIStatusError):
    """The project is about to be deleted (400 on a second DELETE, or ``is_pending_deletion``)."""

    advice = "Cancel that in PostHog, or run `pulumi refresh` and `pulumi up` for a new project."


class AuthenticationError(APIStatusError):
    """PostHog does not know the credential (401)."""

    advice = (
        "Set posthog:apiKey (POSTHOG_API_KEY, or api_key of its PostHogProvider) to a valid"
        " personal API key of this host; destroy and refresh use the one recorded in the state"
        " unless POSTHOG_PULUMI_API_KEY_OVERRIDE is set."
    )


class PermissionDeniedError(APIStatusError):
    """The credential is good but may not do this (403)."""

    advice = "Use a key with the scopes project:read and project:write, of an administrator."


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
    """PostHog cannot do it beside what is there (409); on create, the name is taken."""

    advice = "Run the command again."


class RateLimitError(APIStatusError):
    """Too many requests (429)."""

    advice = "Run the command again later, or with fewer parallel operations (--parallel)."


class InternalServerError(APIStatusError):
    """PostHog, or what is in front of it, failed (5xx)."""

    advice = "Run the command again; if it stays, see PostHog's status page or your server's log."
    outcome = Outcome.OVER
