"""Waits: how long, for whom, and what is looked at after them."""

import sys
from collections.abc import Callable, Iterator

import httpx
import pytest
import stamina
from support.bodies import ACME
from support.scripted_transport import HOST, OK, Scripted, Wire, no_orphan, page, posthog

from posthog_pulumi.client.endpoints import Call, Repeat
from posthog_pulumi.client.retries import Deadline
from posthog_pulumi.config import load
from posthog_pulumi.errors import (
    APIStatusError,
    InternalServerError,
    NotFoundError,
    Outcome,
    RateLimitError,
)
from posthog_pulumi.lifecycle.connection import over
from posthog_pulumi.lifecycle.memory import Memory

READ = Call(method="GET", path="/api/x/")
ONCE = Call(method="POST", path="/api/x/", body={"name": "Web"}, repeat=Repeat.ONCE)


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """The pauses between requests that are sent again are not sat through."""
    with stamina.set_testing(testing=True, attempts=99):
        yield


class TestWaits:
    @pytest.mark.parametrize(
        ("headers", "waited"),
        [
            ({"Retry-After": "13"}, 13),
            ({"Retry-After": "0"}, 1),
            ({"Retry-After": "0.5"}, 1),
            ({}, 10),
            ({"Retry-After": "nan"}, 10),
            ({"Retry-After": "inf"}, 10),
            ({"Retry-After": "-5"}, 10),
            ({"Retry-After": "1e9"}, 10),
            ({"Retry-After": "Wed, 21 Oct 2015 07:28:30 GMT"}, 30),
            ({"Retry-After": "Wed, 21 Oct 2015 07:27:00 GMT"}, 1),
        ],
    )
    def test_rate_limit(self, headers: dict[str, str], waited: float) -> None:
        """A rate limit is waited out, however it names its time, or for ten seconds."""
        date = {"Date": "Wed, 21 Oct 2015 07:28:00 GMT"}
        wire = Wire([posthog(429, **date, **headers)])

        assert wire.transport().send(ONCE) == OK
        assert wire.clock.slept == [waited]

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("seconds", ["900", "3600", "1000000000", "9" * 400])
    def test_too_long(self, status: int, seconds: str) -> None:
        """A wait that is longer than a step is refused at once, not sat through."""
        wire = Wire([posthog(status, **{"Retry-After": seconds})])

        with pytest.raises(APIStatusError):
            wire.transport().send(READ)
        assert wire.clock.slept == []

    def test_a_step_has_one_deadline(self) -> None:
        """Waits of all requests of a step count together; the one too much is refused at once."""
        wire = Wire([posthog(429, **{"Retry-After": "500"}) for _ in range(9)])
        transport, deadline = wire.transport(), Deadline(wire.clock)

        with pytest.raises(RateLimitError):
            transport.send(READ, deadline)
        assert wire.clock.slept == [500]

    def test_of_a_step_of_the_engine(self) -> None:
        """The quarter of an hour is that of all requests of a step, and each step has its own."""
        limited = [posthog(429, **{"Retry-After": "500"}), httpx.Response(200, json=ACME)]
        wire = Wire([*limited, *limited])
        transport, config = wire.transport(), load({"apiKey": "phx_of_the_tests"}.get, {})
        step, another = (over(transport, Memory(), config) for _ in range(2))
        step.client.organizations.retrieve()

        with pytest.raises(RateLimitError):
            step.client.organizations.retrieve()
        assert another.client.organizations.retrieve().id == ACME["id"]
        assert wire.clock.slept == [500]

    def test_of_another_step(self) -> None:
        """Who cannot wait as long as another step made all wait is refused, and sends nothing."""
        wire = Wire([posthog(503, **{"Retry-After": "500"})])
        transport = wire.transport()
        with pytest.raises(InternalServerError):
            transport.send(ONCE)

        with pytest.raises(RateLimitError, match="for 500 s more"):
            transport.send(READ, Deadline(wire.clock, seconds=499))
        assert len(wire.requests) == 1
        assert wire.clock.slept == []

    def test_holds_back_all(self) -> None:
        """One response that names a wait holds back whatever is sent after it."""
        wire = Wire([posthog(503, **{"Retry-After": "300"})])
        transport = wire.transport()
        with pytest.raises(InternalServerError):
            transport.send(ONCE)

        assert transport.send(READ) == OK
        assert wire.clock.slept == [300]

    def test_slow_failures_are_announced(self, stderr: Callable[[], str]) -> None:
        """Whoever watches a host that does not respond hears of each try."""
        wire = Wire([httpx.ConnectTimeout("timed out") for _ in range(2)], takes=10)
        wire.transport().send(READ)

        line = f"posthog: {HOST} cannot be reached: timed out. Sending GET /api/x/ again\n"
        assert stderr() == line * 2


def is_gone() -> None:
    """What was decided before the wait does not hold any more."""
    raise NotFoundError("It is gone.")


class TestRecheck:
    @pytest.mark.parametrize("came", [lambda: posthog(429), lambda: httpx.ConnectError("refused")])
    def test_after_a_wait(self, came: Callable[[], Scripted]) -> None:
        """What was decided before a wait is looked at after it; then nothing may be sent."""
        wire = Wire([came()])

        with pytest.raises(NotFoundError):
            wire.transport().send(Call(method="DELETE", path="/api/x/", recheck=is_gone))
        assert len(wire.requests) == 1

    def test_without_a_wait(self) -> None:
        """Who has just looked does not look again."""
        call = Call(method="DELETE", path="/api/x/", recheck=is_gone)

        assert Wire().transport().send(call) == OK

    def test_after_the_wait_of_another(self) -> None:
        """The wait that another request caused is a wait too."""
        wire = Wire([posthog(503, **{"Retry-After": "7"})])
        transport = wire.transport()
        with pytest.raises(InternalServerError):
            transport.send(ONCE)

        with pytest.raises(NotFoundError):
            transport.send(Call(method="DELETE", path="/api/x/", recheck=is_gone))
        assert len(wire.requests) == 1

    def test_fails(self) -> None:
        """A look that fails is not taken for the request, which is not sent, nor sent again."""
        wire = Wire([posthog(429), *(page(504) for _ in range(5))])
        transport = wire.transport()
        call = Call(
            method="PATCH",
            path="/api/y/",
            repeat=Repeat.ONCE,
            recheck=lambda: transport.send(READ),
        )

        with pytest.raises(InternalServerError) as caught:
            transport.send(call)
        assert caught.value.outcome is Outcome.NOT_DONE
        assert caught.value.request == "GET /api/x/ returned 504"
        assert [request.method for request in wire.requests] == ["PATCH", *["GET"] * 5]


class TestOrphan:
    def test_sends_nothing(self) -> None:
        """A provider whose engine is gone sends nothing."""
        wire = Wire()

        with pytest.raises(SystemExit):
            wire.transport(exit_if_orphaned=sys.exit).send(READ)
        assert wire.requests == []

    def test_after_a_wait(self) -> None:
        """One whose engine goes while it waits sends nothing either, not even a look."""
        looks = iter([no_orphan, sys.exit])
        wire = Wire([posthog(429)])
        transport = wire.transport(exit_if_orphaned=lambda: next(looks)())  # noqa: PLW0108  # the next one each time

        with pytest.raises(SystemExit):
            transport.send(Call(method="DELETE", path="/api/x/", recheck=is_gone))
        assert len(wire.requests) == 1
