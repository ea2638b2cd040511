import pytest
from support.refusals import CALL, HTML, JSON, envelope, refusal

from posthog_pulumi.errors import (
    APIResponseError,
    APIResponseValidationError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    DeletionPendingError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)


@pytest.mark.parametrize(
    ("status", "headers", "content", "kind", "message"),
    [
        (
            400,
            JSON,
            envelope("A valid number is required.", "session_recording_sample_rate"),
            BadRequestError,
            (
                "PostHog refuses session_recording_sample_rate: A valid number is required."
                " Correct the value and run `pulumi up` again."
            ),
        ),
        (
            400,
            JSON,
            envelope("This project is already being deleted."),
            DeletionPendingError,
            (
                "PostHog says: This project is already being deleted. Cancel the deletion in"
                " PostHog, or run `pulumi refresh` and then `pulumi up` to make a new project."
            ),
        ),
        (
            401,
            JSON,
            envelope("Personal API key found in request Authorization header is invalid."),
            AuthenticationError,
            (
                "PostHog says: Personal API key found in request Authorization header is invalid."
                " Set a valid personal API key of this host with"
                " `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY;"
                " POSTHOG_PULUMI_API_KEY_OVERRIDE beats a key recorded in the state."
            ),
        ),
        (
            403,
            JSON,
            envelope("You don't have sufficient permissions in the project."),
            PermissionDeniedError,
            (
                "PostHog says: You don't have sufficient permissions in the project. Use a"
                " personal API key with the scopes project:read and project:write whose owner is"
                " an administrator of the organization."
            ),
        ),
        (
            403,
            JSON,
            envelope("You must upgrade your PostHog plan to be able to create more projects."),
            PermissionDeniedError,
            (
                "PostHog says: You must upgrade your PostHog plan to be able to create more"
                " projects. Delete a project or upgrade the plan."
            ),
        ),
        (
            404,
            JSON,
            envelope("Not found."),
            NotFoundError,
            (
                "PostHog says: Not found. Run `pulumi refresh` if it was deleted, or check"
                " posthog:host and organization_id."
            ),
        ),
        (
            409,
            JSON,
            envelope('There is already a project called "Web". Choose a different name.'),
            ConflictError,
            (
                'PostHog says: There is already a project called "Web". Choose a different name.'
                " To look at the project that has it, use PostHogProject.get."
            ),
        ),
        (
            405,
            JSON,
            envelope('Method "PUT" not allowed.'),
            APIStatusError,
            'PostHog says: Method "PUT" not allowed.',
        ),
        (
            429,
            {**JSON, "retry-after": "13"},
            envelope("Request was throttled. Expected available in 13 seconds."),
            RateLimitError,
            (
                "PostHog says: Request was throttled. Expected available in 13 seconds. Run the"
                " command again later, or with fewer parallel operations (--parallel)."
            ),
        ),
        (
            500,
            JSON,
            envelope("A server error occurred."),
            InternalServerError,
            (
                "PostHog failed: A server error occurred. Run the command again; if it stays, see"
                " PostHog's status page or your server's log."
            ),
        ),
        (
            502,
            HTML,
            b"<html>",
            InternalServerError,
            (
                "PostHog failed. Run the command again; if it stays, see PostHog's status page or"
                " your server's log."
            ),
        ),
        (
            200,
            HTML,
            b"<html>",
            APIResponseValidationError,
            (
                "the host answered with text/html instead of PostHog's JSON. Check that"
                " posthog:host names a PostHog instance and that no proxy is in the way."
            ),
        ),
        (
            200,
            {},
            b"",
            APIResponseValidationError,
            (
                "the host answered with nothing readable instead of PostHog's JSON. Check that"
                " posthog:host names a PostHog instance and that no proxy is in the way."
            ),
        ),
        (
            302,
            {"location": "https://sso.example/login?next=phx_abcdefgh"},
            b"",
            APIResponseValidationError,
            (
                "the host redirects to sso.example. Check that posthog:host names a"
                " PostHog instance and that no proxy is in the way."
            ),
        ),
        (
            301,
            {"location": "/login"},
            b"",
            APIResponseValidationError,
            (
                "the host redirects to another page. Check that posthog:host names a PostHog"
                " instance and that no proxy is in the way."
            ),
        ),
    ],
)
def test_messages(
    status: int,
    headers: dict[str, str],
    content: bytes,
    kind: type[APIResponseError],
    message: str,
) -> None:
    """A refusal says what PostHog said, what to do next, and which request it was."""
    error = refusal(status, content, headers)

    assert type(error) is kind
    assert str(error) == f"{message} ({CALL} returned {status})"
