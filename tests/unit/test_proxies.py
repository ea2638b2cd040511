"""What proxies, odd servers and clocks make of PostHog's answers."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from support.refusals import CALL, HTML, JSON, envelope, refusal

from posthog_pulumi.client import responses
from posthog_pulumi.errors import (
    APIResponseError,
    APIResponseValidationError,
    APIStatusError,
    InternalServerError,
    PermissionDeniedError,
    RateLimitError,
    SessionRequiredError,
)

PAGE = b"<html>A page</html>"
SIGN_IN_AS_ADMINISTRATOR = (
    "Sign in as an administrator of the organization and set posthog:sessionId to that session."
)


class TestThrottling:
    @pytest.mark.parametrize("content", [PAGE, b"", b"{}", b"[]"])
    def test_by_a_proxy(self, content: bytes) -> None:
        """A 429 is throttling, whoever says it and in whatever form."""
        error = refusal(429, content, {**HTML, "retry-after": "7"})

        assert isinstance(error, RateLimitError)
        assert error.retry_after == 7.0
        assert not error.may_have_been_done
        assert str(error).startswith("PostHog says: Too Many Requests. ")

    def test_without_a_hint(self) -> None:
        """One that does not say how long means ten seconds."""
        error = refusal(429, PAGE, HTML)

        assert isinstance(error, RateLimitError)
        assert error.retry_after == 10.0

    @pytest.mark.parametrize(
        ("headers", "seconds"), [({"retry-after": "7"}, 7.0), ({}, 0.0), ({"date": "x"}, 0.0)]
    )
    def test_outage(self, headers: dict[str, str], seconds: float) -> None:
        """A 503 is waited out only if it says how long."""
        error = refusal(503, PAGE, {**HTML, **headers})

        assert isinstance(error, InternalServerError)
        assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("status", "done"),
    [
        (200, True),
        (201, True),
        (302, False),
        (400, False),
        (401, False),
        (403, False),
        (404, False),
    ],
)
def test_a_page_instead_of_json(*, status: int, done: bool) -> None:
    """A proxy's page is told as such; only in place of a success the work may have been done."""
    error = refusal(status, PAGE, HTML)

    assert type(error) is APIResponseValidationError
    assert error.may_have_been_done is done
    assert str(error) == (
        "the host answered with text/html instead of PostHog's JSON. Check that posthog:host names"
        f" a PostHog instance and that no proxy is in the way. ({CALL} returned {status})"
    )


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("https://user:hidden1@sso.example/login", "sso.example"),
        ("https://sso.example:8443/phx_hidden1?token=hidden2#hidden3", "sso.example"),
        ("//sso.example/hidden1", "sso.example"),
        ("/login?next=hidden1", "another page"),
    ],
)
def test_redirect(location: str, where: str) -> None:
    """A redirect is named by its host alone: the rest may hold a credential."""
    error = refusal(307, b"", {"location": location})

    assert str(error).startswith(f"the host redirects to {where}. ")
    assert "hidden" not in str(error)


@pytest.mark.parametrize(
    ("status", "words"), [(499, "no."), (418, "I'm a Teapot."), (410, "Gone."), (405, "Method Not")]
)
def test_other_status(status: int, words: str) -> None:
    """A status that PostHog does not use is told in HTTP's words, if HTTP has any."""
    error = refusal(status, b"{}")

    assert type(error) is APIStatusError
    assert str(error).startswith(f"PostHog says: {words}")
    assert str(error).endswith(f"({CALL} returned {status})")


class TestSession:
    @pytest.mark.parametrize(
        ("by_session", "advice"),
        [
            (True, SIGN_IN_AS_ADMINISTRATOR),
            (
                False,
                (
                    "Use a personal API key with the scopes project:read and project:write whose"
                    " owner is an administrator of the organization."
                ),
            ),
        ],
    )
    def test_level(self, *, by_session: bool, advice: str) -> None:
        """A session whose owner may not do it is mended by another session, not by a key."""
        error = refusal(403, envelope("No."), by_session=by_session)

        assert type(error) is PermissionDeniedError
        assert str(error) == f"PostHog says: No. {advice} ({CALL} returned 403)"

    def test_plan(self) -> None:
        """Where PostHog's words tell the way out, a session has no other."""
        error = refusal(403, envelope("Upgrade your PostHog plan!"), by_session=True)

        assert "Delete a project or upgrade the plan." in str(error)
        assert SIGN_IN_AS_ADMINISTRATOR not in str(error)

    def test_key_where_a_session_is_needed(self) -> None:
        """An endpoint that refuses keys says how to get a session in."""
        error = refusal(403, envelope("This action does not support personal API key access"))

        assert type(error) is SessionRequiredError
        assert "Set posthog:sessionId (POSTHOG_SESSION_ID)" in str(error)


class TestRetryAfterDate:
    @pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000", "UTC"])
    def test_zones(self, zone: str) -> None:
        """A date is in GMT however its zone is written."""
        then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
        seconds = responses.seconds_until(then.replace("GMT", zone))

        assert seconds == pytest.approx(90, abs=5)

    @pytest.mark.parametrize("date", ["Wed, 99 Foo 2026 07:28:00 GMT", "tomorrow", "12:00", "  "])
    def test_nonsense(self, date: str) -> None:
        """What is no date is no hint."""
        assert responses.seconds_until(date) == 10.0


@pytest.mark.parametrize("content", [b'{"detail": "No"}', b'{"detail": "No."}', b'{"error": "No"}'])
def test_one_full_stop(content: bytes) -> None:
    """Whatever PostHog's sentence ends with, the advice after it begins a new one."""
    error = refusal(400, content, JSON)

    assert isinstance(error, APIResponseError)
    assert str(error).startswith("PostHog says: No. Correct the value")
