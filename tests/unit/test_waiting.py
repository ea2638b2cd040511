from collections.abc import Callable

import pytest
from support.clock import Clock

from posthog_pulumi.client.call import Call
from posthog_pulumi.client.retries import Failures, Gate
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APITimeoutError,
    BadRequestError,
    InternalServerError,
    PostHogError,
    RateLimitError,
)

READ = Call(method="GET", path="/api/x/")
CREATE = Call(method="POST", path="/api/x/", repeatable=False)


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    """A gate that goes by that clock."""
    return Gate(clock.sleep, clock.now)


def throttled(seconds: float) -> RateLimitError:
    """Too many requests, with a hint."""
    error = RateLimitError("Slow down.")
    error.retry_after = seconds
    return error


def unavailable(seconds: float) -> InternalServerError:
    """An outage, with a hint."""
    error = InternalServerError("Later.")
    error.retry_after = seconds
    return error


class TestGate:
    def test_open(self, gate: Gate, clock: Clock) -> None:
        """Nobody waits for nothing."""
        gate.pass_through()

        assert clock.slept == []

    def test_shut(self, gate: Gate, clock: Clock) -> None:
        """Everybody waits until the moment that was named, once."""
        gate.shut(30)
        gate.pass_through()
        gate.pass_through()

        assert clock.slept == [30]

    def test_later(self, gate: Gate, clock: Clock) -> None:
        """Who comes later waits less."""
        gate.shut(30)
        clock.time += 20
        gate.pass_through()

        assert clock.slept == [10]

    @pytest.mark.parametrize(("first", "second"), [(30, 5), (5, 30), (30, 30)])
    def test_longest_wait_stays(
        self, gate: Gate, clock: Clock, first: float, second: float
    ) -> None:
        """A shorter wait does not open the gate before a longer one is over."""
        gate.shut(first)
        gate.shut(second)
        gate.pass_through()

        assert clock.slept == [30]

    def test_woken_early(self, clock: Clock) -> None:
        """Who wakes too early goes on waiting."""

        def doze(seconds: float) -> None:
            clock.sleep(seconds / 2 if seconds > 1 else seconds)

        gate = Gate(doze, clock.now)
        gate.shut(4)
        gate.pass_through()

        assert clock.slept == [2, 1, 1]

    def test_announced_once(self, gate: Gate, stderr: Callable[[], str]) -> None:
        """A wait that ten threads are told of is announced once; a much longer one again."""
        gate.shut(30)
        gate.shut(30)
        gate.shut(34)
        gate.shut(90)

        assert stderr().splitlines() == [
            "posthog: Rate limited by PostHog; retrying in 30 s",
            "posthog: Rate limited by PostHog; retrying in 90 s",
        ]


class TestFailures:
    @pytest.mark.parametrize(
        ("error", "read", "create"),
        [
            (APIConnectionError("Cut."), True, False),
            (APITimeoutError("Slow."), True, False),
            (APIConnectError("No connection."), True, True),
            (InternalServerError("Failed."), True, False),
            (BadRequestError("No."), False, False),
            (ValueError("a bug"), False, False),
        ],
    )
    def test_repeated(self, gate: Gate, *, error: Exception, read: bool, create: bool) -> None:
        """What could be done twice is repeated only if surely nothing was done."""
        assert Failures(READ, gate).allow_another(error) is read
        assert Failures(CREATE, gate).allow_another(error) is create

    @pytest.mark.parametrize("call", [READ, CREATE])
    @pytest.mark.parametrize(("asked", "waited"), [(0.0, 1.0), (0.5, 1.0), (20.0, 20.0)])
    def test_throttled(
        self, gate: Gate, clock: Clock, call: Call, asked: float, waited: float
    ) -> None:
        """Throttling is waited out at the gate, at least a second, with no pause after."""
        pause = Failures(call, gate).allow_another(throttled(asked))
        gate.pass_through()

        assert type(pause) is float
        assert pause == 0.0
        assert clock.slept == [waited]

    @pytest.mark.parametrize("failure", [throttled, unavailable])
    @pytest.mark.parametrize(("seconds", "answer"), [(900.0, float), (901.0, bool)])
    def test_longest_wait(
        self,
        gate: Gate,
        failure: Callable[[float], PostHogError],
        seconds: float,
        answer: type[object],
    ) -> None:
        """More than a quarter of an hour is not waited out but raised: False, and no pause."""
        assert type(Failures(READ, gate).allow_another(failure(seconds))) is answer

    def test_an_outage_counts(self, gate: Gate) -> None:
        """An outage with a hint is a failure like others: the fifth is raised."""
        failures = Failures(READ, gate)
        answers = [type(failures.allow_another(unavailable(1))) for _ in range(5)]

        assert answers == [float, float, float, float, bool]

    def test_create_holds_others_back(self, gate: Gate, clock: Clock) -> None:
        """A create that meets an outage is not repeated, but the look after it waits."""
        again = Failures(CREATE, gate).allow_another(unavailable(20))
        gate.pass_through()

        assert again is False
        assert clock.slept == [20]
