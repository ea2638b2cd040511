import pytest
from support.refusals import CALL, JSON, envelope, refusal

from posthog_pulumi.client import responses
from posthog_pulumi.errors import (
    APIResponseError,
    APIStatusError,
    PermissionDeniedError,
    SessionRequiredError,
)


@pytest.mark.parametrize(
    ("detail", "kind", "advice"),
    [
        (
            "This action does not support personal API key access",
            SessionRequiredError,
            "Set posthog:sessionId",
        ),
        (
            "This action does not support Personal API Key access",
            SessionRequiredError,
            "PostHogProjectSecretApiKey",
        ),
        (
            "API key missing required scope 'project:write'",
            PermissionDeniedError,
            "Add that scope to the key in PostHog under Personal API keys.",
        ),
        (
            "You have reached the maximum limit of allowed projects for your current plan.",
            PermissionDeniedError,
            "one waiting for its deletion still counts.",
        ),
        (
            "Organization 'A' does not allow using personal API keys.",
            PermissionDeniedError,
            "Ask an administrator of the organization.",
        ),
        (
            "API key does not have access to the requested organization: ID 5.",
            PermissionDeniedError,
            "Use a key that is not limited to others.",
        ),
        (
            "API keys with scoped projects are only supported on project-based endpoints.",
            PermissionDeniedError,
            "Use a key that is not limited to single projects.",
        ),
    ],
)
def test_reasons_for_403(detail: str, kind: type[APIResponseError], advice: str) -> None:
    """PostHog has one status for many reasons, and each has a way out of its own."""
    error = refusal(403, envelope(detail))

    assert type(error) is kind
    assert detail in str(error)
    assert advice in str(error)


def test_expired_session() -> None:
    """A refused session is not mended by another key."""
    error = refusal(401, envelope("Not signed in."), by_session=True)

    assert str(error) == (
        "PostHog says: Not signed in. The session in posthog:sessionId has expired or is not"
        " signed in; sign in to PostHog again and set it with `pulumi config set --secret"
        f" posthog:sessionId` or POSTHOG_SESSION_ID. ({CALL} returned 401)"
    )


class TestFacts:
    def test_envelope(self) -> None:
        """Code and argument of PostHog's envelope are there for those who decide by them."""
        error = refusal(400, envelope("Too small.", "week_start_day", "min_value"))

        assert isinstance(error, APIStatusError)
        assert (error.code, error.attr) == ("min_value", "week_start_day")

    @pytest.mark.parametrize("content", [b"[]", b"{}", b'{"detail": 5}', b'"no"'])
    def test_other_bodies(self, content: bytes) -> None:
        """Without PostHog's words, the status has to do."""
        assert str(refusal(400, content)).startswith("PostHog says: Bad Request")

    def test_error_body(self) -> None:
        """Some endpoints answer outside the envelope."""
        error = refusal(400, b'{"error": "product_type is required"}')

        assert "product_type is required" in str(error)

    @pytest.mark.parametrize(("status", "result"), [(200, {"id": 7}), (201, {"id": 7})])
    def test_success(self, status: int, result: object) -> None:
        """A success is its JSON."""
        assert responses.read(status, JSON, b'{"id": 7}', call=CALL) == result

    def test_no_content(self) -> None:
        """A deletion has no body."""
        assert responses.read(204, {}, b"", call=CALL) is None

    @pytest.mark.parametrize(
        ("retry_after", "seconds"),
        [("13", 13.0), ("0.5", 0.5), ("-1", 0.0), ("", 10.0), ("soon", 10.0)],
    )
    def test_retry_after(self, retry_after: str, seconds: float) -> None:
        """A wait is as long as the server asks, or ten seconds if it does not say."""
        assert responses.seconds_until(retry_after) == seconds

    @pytest.mark.parametrize(
        ("date", "seconds"),
        [("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("Wed, 21 Oct 2015 07:28:00 +0200", 0.0)],
    )
    def test_retry_after_date(self, date: str, seconds: float) -> None:
        """A moment that has passed is no wait."""
        assert responses.seconds_until(date) == seconds
