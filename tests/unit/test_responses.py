"""What is known of a request by its response; the texts are in ``test_messages``."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from support.refusals import CALL, HTML, JSON, PAGE, envelope, refusal

from posthog_pulumi.client import responses
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
    Outcome,
    PermissionDeniedError,
    RateLimitError,
    SessionRequiredError,
)

NOW = "Wed, 21 Oct 2015 07:28:00 GMT"
KEY_REFUSED = "This action does not support personal API key access"


class TestSuccess:
    @pytest.mark.parametrize("status", [200, 201, 202])
    def test_json(self, status: int) -> None:
        """A success is its JSON."""
        assert responses.read(status, JSON, b'{"id": 7}', call=CALL) == {"id": 7}

    def test_no_content(self) -> None:
        """A deletion has no body."""
        assert responses.read(204, {}, b"", call=CALL) is None

    @pytest.mark.parametrize("status", [200, 201])
    @pytest.mark.parametrize(
        "content", [b"", PAGE, b'{"id": 7', b"null", b"\xff", b"[" * 100_000, b"1" * 5000]
    )
    def test_unreadable(self, status: int, content: bytes) -> None:
        """A success that cannot be read may have been one, so nothing is known."""
        error = refusal(status, content)

        assert type(error) is APIResponseValidationError
        assert error.outcome is Outcome.UNKNOWN


class TestRefusal:
    @pytest.mark.parametrize(
        ("status", "detail", "kind"),
        [
            (400, "A valid number is required.", BadRequestError),
            (400, "This project is already being deleted.", DeletionPendingError),
            (401, "Not signed in.", AuthenticationError),
            (403, "No.", PermissionDeniedError),
            (403, KEY_REFUSED, SessionRequiredError),
            (403, KEY_REFUSED.replace("personal", "Personal"), SessionRequiredError),
            (404, "Not found.", NotFoundError),
            (405, 'Method "PUT" not allowed.', APIStatusError),
            (409, "There is already a project.", ConflictError),
            (425, "Too early.", APIStatusError),
            (429, "Request was throttled.", RateLimitError),
        ],
    )
    def test_by_status(self, status: int, detail: str, kind: type[APIResponseError]) -> None:
        """PostHog's no is an error of its status, and nothing was done."""
        error = refusal(status, envelope(detail))

        assert type(error) is kind
        assert error.outcome is Outcome.NOT_DONE

    def test_envelope(self) -> None:
        """Code and argument of PostHog's envelope are there for those who decide by them."""
        error = refusal(400, envelope("Too small.", "week_start_day", "min_value"))

        assert isinstance(error, APIStatusError)
        assert (error.code, error.attr) == ("min_value", "week_start_day")

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 499])
    @pytest.mark.parametrize("content", [PAGE, b"", b"{}", b"[]", b'"no"', b'{"detail": 5}'])
    def test_of_another(self, status: int, content: bytes) -> None:
        """The no of a proxy or a firewall is not taken for PostHog's; nothing was done."""
        error = refusal(status, content, HTML)

        assert type(error) is APIResponseValidationError
        assert error.outcome is Outcome.NOT_DONE

    @pytest.mark.parametrize("content", [b'{"detail": "Not Found"}', b'{"error": "no route"}'])
    def test_not_found_by_another(self, content: bytes) -> None:
        """A project leaves the state only if PostHog itself, in its own form, does not find it."""
        assert type(refusal(404, content)) is APIResponseValidationError

    @pytest.mark.parametrize(
        ("status", "outcome"),
        [(407, Outcome.NOT_DONE), (408, Outcome.UNKNOWN)],
    )
    @pytest.mark.parametrize("content", [PAGE, b"", envelope("It failed.")])
    def test_by_a_front(self, status: int, outcome: Outcome, content: bytes) -> None:
        """A proxy that wants a password did not send it on; whoever timed out may have."""
        error = refusal(status, content)

        assert type(error) is APIStatusError
        assert error.outcome is outcome


@pytest.mark.parametrize("status", [500, 501, 502, 503, 520])
@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (envelope("A server error occurred."), Outcome.OVER),
        (PAGE, Outcome.UNKNOWN),
        (b"", Outcome.UNKNOWN),
        (b"{}", Outcome.UNKNOWN),
        (b'{"detail": "Bad Gateway"}', Outcome.UNKNOWN),
        (b'{"type": "x", "code": 5, "detail": "y"}', Outcome.UNKNOWN),
    ],
)
def test_failure(status: int, content: bytes, outcome: Outcome) -> None:
    """A failure in PostHog's own form is over; that of something in front of it may not be."""
    error = refusal(status, content)

    assert type(error) is InternalServerError
    assert error.outcome is outcome


@pytest.mark.parametrize("content", [envelope("A server error occurred."), PAGE, b""])
def test_gateway_timeout(content: bytes) -> None:
    """Whoever gave up waiting, and in whatever words, PostHog may be at work still."""
    assert refusal(504, content).outcome is Outcome.UNKNOWN


class TestRetryAfter:
    @pytest.mark.parametrize("content", [PAGE, b"", b"{}", b"[]", envelope("Slow down.")])
    def test_rate_limit(self, content: bytes) -> None:
        """A 429 is a rate limit, whoever says it and in whatever form."""
        error = refusal(429, content, {**HTML, "retry-after": "7"})

        assert isinstance(error, RateLimitError)
        assert error.retry_after == 7.0

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [({"retry-after": "7"}, 7.0), ({"retry-after": "soon"}, 10.0), ({}, 0.0)],
    )
    @pytest.mark.parametrize("content", [PAGE, envelope("Later.")])
    def test_outage(self, content: bytes, headers: dict[str, str], seconds: float) -> None:
        """A 503 is waited out only if it says how long."""
        error = refusal(503, content, headers)

        assert isinstance(error, InternalServerError)
        assert error.retry_after == seconds

    @pytest.mark.parametrize("status", [400, 409, 500, 502, 504])
    def test_others(self, status: int) -> None:
        """Nothing else is waited for."""
        error = refusal(status, envelope("It failed."), {"retry-after": "7"})

        assert isinstance(error, APIStatusError)
        assert error.retry_after == 0.0

    @pytest.mark.parametrize(
        ("retry_after", "seconds"),
        [
            ("13", 13.0),
            ("0.5", 0.5),
            ("0", 0.0),
            ("1000000000", 1e9),
            ("9" * 400, float("inf")),
            *[(odd, 10.0) for odd in ("", "  ", "soon", "-1", "1e9", "nan", "inf", "1_0")],
        ],
    )
    def test_seconds(self, retry_after: str, seconds: float) -> None:
        """A time to wait is a number; anything else is ten seconds."""
        assert responses.seconds_until(retry_after) == seconds

    @pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000", "UTC", "+0200"])
    def test_date(self, zone: str) -> None:
        """A date is in GMT however its zone is written, and counts from that of the response."""
        assert responses.seconds_until(f"Wed, 21 Oct 2015 07:29:30 {zone}", NOW) == 90.0

    @pytest.mark.parametrize(
        ("date", "seconds"),
        [
            ("Wed, 21 Oct 2015 07:27:00 GMT", 0.0),
            ("Wed, 99 Foo 2026 07:28:00 GMT", 10.0),
            ("tomorrow", 10.0),
            ("12:00", 10.0),
        ],
    )
    def test_odd_date(self, date: str, seconds: float) -> None:
        """A moment that has passed is no wait; what is no date is ten seconds."""
        assert responses.seconds_until(date, NOW) == seconds

    def test_date_without_another(self) -> None:
        """Where the response has no date, our clock has to do."""
        then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)

        assert responses.seconds_until(then) == pytest.approx(90, abs=5)
