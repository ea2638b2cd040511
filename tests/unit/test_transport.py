from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import stamina
from support.scripted_transport import OK, Answer, Wire, WokenError

from posthog_pulumi.client.call import Call
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APIResponseValidationError,
    BadRequestError,
    InternalServerError,
    PostHogError,
    RateLimitError,
)

READ = Call(method="GET", path="/api/x/")
CREATE = Call(method="POST", path="/api/x/", body={"name": "Web"}, repeatable=False)


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """The pauses between repeats are not sat through."""
    with stamina.set_testing(testing=True, attempts=99):
        yield


def no_connection() -> Answer:
    """No connection: nothing was sent."""
    return httpx.ConnectError("refused")


def no_connection_in_time() -> Answer:
    """The same, after a wait."""
    return httpx.ConnectTimeout("slow")


def cut() -> Answer:
    """The connection was cut after the request."""
    return httpx.RemoteProtocolError("closed")


def slow() -> Answer:
    """The answer took too long."""
    return httpx.ReadTimeout("slow")


def throttled() -> Answer:
    """Too many requests."""
    return httpx.Response(429, json={"detail": "Slow down."}, headers={"Retry-After": "0.001"})


def unavailable() -> Answer:
    """A short outage with a hint."""
    return httpx.Response(503, json={"detail": "Later."}, headers={"Retry-After": "0.001"})


def failed() -> Answer:
    """A failure with no hint."""
    return httpx.Response(500, json={"detail": "A server error occurred."})


def web_page() -> Answer:
    """A proxy's page."""
    return httpx.Response(200, html="<html>")


def refused() -> Answer:
    """A value that PostHog does not accept."""
    return httpx.Response(400, json={"detail": "No."})


@pytest.mark.parametrize(
    ("came", "call", "requests"),
    [
        (no_connection, READ, 2),
        (no_connection, CREATE, 2),
        (no_connection_in_time, READ, 2),
        (no_connection_in_time, CREATE, 2),
        (cut, READ, 2),
        (slow, READ, 2),
        (throttled, READ, 2),
        (throttled, CREATE, 2),
        (unavailable, READ, 2),
        (failed, READ, 2),
        (web_page, READ, 2),
    ],
)
def test_repeated(came: Callable[[], Answer], call: Call, requests: int) -> None:
    """What passes by itself, and does no harm when done twice, is not the user's to see."""
    wire = Wire([came()])

    assert wire.transport(sleep=wire.clock.sleep).send(call) == OK
    assert len(wire.requests) == requests


@pytest.mark.parametrize(
    ("came", "call", "kind", "done"),
    [
        (cut, CREATE, APIConnectionError, True),
        (slow, CREATE, APIConnectionError, True),
        (unavailable, CREATE, InternalServerError, True),
        (failed, CREATE, InternalServerError, True),
        (web_page, CREATE, APIResponseValidationError, True),
        (refused, READ, BadRequestError, False),
        (refused, CREATE, BadRequestError, False),
    ],
)
def test_raised_at_once(
    *, came: Callable[[], Answer], call: Call, kind: type[PostHogError], done: bool
) -> None:
    """What could be done twice is sent once; the error says whether to look first."""
    wire = Wire([came()])

    with pytest.raises(kind) as caught:
        wire.transport(sleep=wire.clock.sleep).send(call)
    assert caught.value.may_have_been_done is done
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("came", "kind"),
    [(no_connection, APIConnectError), (cut, APIConnectionError), (failed, InternalServerError)],
)
def test_given_up(came: Callable[[], Answer], kind: type[PostHogError]) -> None:
    """What does not pass is raised after the fifth failure."""
    wire = Wire([came() for _ in range(9)])

    with pytest.raises(kind):
        wire.transport().send(READ)
    assert len(wire.requests) == 5


def test_throttling_is_no_failure() -> None:
    """A busy organization is waited for, however often PostHog asks."""
    wire = Wire([throttled() for _ in range(9)])

    assert wire.transport(sleep=wire.clock.sleep).send(READ) == OK
    assert len(wire.requests) == 10


def test_too_long_a_wait() -> None:
    """An hour is longer than a run of Pulumi should hang."""
    wire = Wire([httpx.Response(429, json={}, headers={"Retry-After": "3600"})])

    with pytest.raises(RateLimitError):
        wire.transport().send(READ)
    assert wire.slept == []


class TestRetryAfter:
    @pytest.mark.parametrize("status", [429, 503])
    def test_waited_out(self, status: int) -> None:
        """The wait is as long as PostHog asks."""
        wire = Wire([httpx.Response(status, json={}, headers={"Retry-After": "300"})])

        with pytest.raises(WokenError):
            wire.transport().send(READ)
        assert wire.slept == [pytest.approx(300, abs=5)]

    def test_holds_back_all_threads(self) -> None:
        """One answer that asks to wait holds back every thread of the process."""
        wire = Wire([httpx.Response(429, json={}, headers={"Retry-After": "300"})])
        transport = wire.transport()
        with pytest.raises(WokenError):
            transport.send(READ)
        with ThreadPoolExecutor(4) as threads:
            sent = [threads.submit(transport.send, READ) for _ in range(4)]

        assert {type(one.exception()) for one in sent} == {WokenError}
        assert wire.slept == [pytest.approx(300, abs=5)] * 5
        assert len(wire.requests) == 1

    @pytest.mark.parametrize("seconds", ["6", "300"])
    def test_long_wait_is_announced(self, seconds: str, stderr: Callable[[], str]) -> None:
        """Whoever watches is told why nothing moves."""
        wire = Wire([httpx.Response(429, json={}, headers={"Retry-After": seconds})])

        with pytest.raises(WokenError):
            wire.transport().send(READ)
        assert stderr() == f"posthog: Rate limited by PostHog; retrying in {seconds} s\n"

    def test_short_wait_is_not(self, stderr: Callable[[], str]) -> None:
        """A wait of a few seconds is no news."""
        wire = Wire([httpx.Response(429, json={}, headers={"Retry-After": "5"})])

        with pytest.raises(WokenError):
            wire.transport().send(READ)
        assert stderr() == ""


def test_retries_are_told_by_us_alone(caplog: pytest.LogCaptureFixture) -> None:
    """What stamina logs of a retry, or structlog for it, never quotes an error of ours."""
    caplog.set_level("DEBUG", "stamina")
    wire = Wire([cut()])
    wire.transport(sleep=wire.clock.sleep).send(READ)

    assert [record for record in caplog.records if record.name == "stamina"] == []


@pytest.mark.parametrize("came", [no_connection, cut, slow])
def test_no_answer_names_the_host(came: Callable[[], Answer]) -> None:
    """An answer that did not come is told with the host and the request."""
    wire = Wire([came() for _ in range(9)])

    with pytest.raises(APIConnectionError) as caught:
        wire.transport().send(READ)
    assert str(caught.value).startswith("https://ph.example ")
    assert str(caught.value).endswith(" (GET /api/x/)")
