from collections.abc import Callable

import pytest
from support.clock import Clock

from posthog_pulumi.client.endpoints import Call, Repeat
from posthog_pulumi.client.retries import Deadline, Gate, Retries
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    InternalServerError,
    Outcome,
    PostHogError,
    RateLimitError,
)

REQUEST = "GET /api/x/"
CALLS = {
    repeat: Call(method="PATCH", path="/api/x/", repeat=repeat)
    for repeat in (Repeat.READ, Repeat.IDEMPOTENT, Repeat.ONCE)
}


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    """A gate that goes by that clock."""
    return Gate(clock.sleep, clock)


@pytest.fixture
def deadline(clock: Clock) -> Deadline:
    """The time of one step."""
    return Deadline(clock)


def limited(seconds: float) -> RateLimitError:
    """Too many requests, with a time to wait."""
    error = RateLimitError("Slow down.")
    error.retry_after = seconds
    return error


def unavailable(seconds: float) -> InternalServerError:
    """An outage, with a time to wait."""
    error = InternalServerError("Later.")
    error.retry_after = seconds
    return error


def foreign(kind: type[PostHogError]) -> PostHogError:
    """An error that PostHog did not word."""
    error = kind("It failed.")
    error.outcome = Outcome.UNKNOWN
    return error


SENT_AGAIN = [
    # what failed                          read   idempotent  once
    (APIConnectError("No connection."), (True, True, True)),
    (InternalServerError("PostHog failed."), (True, True, False)),
    (APIConnectionError("Cut."), (True, False, False)),
    (APITimeoutError("Slow."), (True, False, False)),
    (foreign(InternalServerError), (True, False, False)),
    (foreign(APIStatusError), (True, False, False)),
    (APIResponseValidationError("No JSON."), (True, False, False)),
    (BadRequestError("No."), (False, False, False)),
    (ValueError("a bug"), (False, False, False)),
]


class TestPolicy:
    @pytest.mark.parametrize(("error", "again"), SENT_AGAIN)
    def test_by_class(
        self, gate: Gate, deadline: Deadline, error: Exception, again: tuple[bool, bool, bool]
    ) -> None:
        """Only what does no harm twice is sent again, and only what may pass by itself."""
        decided = [Retries(call, gate, deadline).allow_another(error) for call in CALLS.values()]

        assert decided == [*again]

    @pytest.mark.parametrize("call", CALLS.values())
    @pytest.mark.parametrize(("named", "waited"), [(0.0, 1.0), (0.5, 1.0), (20.0, 20.0)])
    def test_rate_limit(self, clock: Clock, call: Call, named: float, waited: float) -> None:
        """A rate limit is waited out at the gate, at least a second, whatever the class."""
        gate, deadline = Gate(clock.sleep, clock), Deadline(clock)
        pause = Retries(call, gate, deadline).allow_another(limited(named))
        gate.pass_through(deadline, REQUEST)

        assert type(pause) is float
        assert pause == 0.0
        assert clock.slept == [waited]

    @pytest.mark.parametrize(("repeat", "again"), [*zip(CALLS, (float, float, bool), strict=True)])
    def test_outage(
        self, gate: Gate, clock: Clock, deadline: Deadline, repeat: Repeat, again: type[object]
    ) -> None:
        """An outage that says how long holds back all, whoever sends again or only looks."""
        pause = Retries(CALLS[repeat], gate, deadline).allow_another(unavailable(20))
        gate.pass_through(deadline, REQUEST)

        assert type(pause) is again
        assert not pause
        assert clock.slept == [20]

    @pytest.mark.parametrize("failure", [limited, unavailable])
    @pytest.mark.parametrize(("seconds", "again"), [(899.0, float), (900.0, bool)])
    def test_longest_wait(
        self,
        gate: Gate,
        deadline: Deadline,
        failure: Callable[[float], PostHogError],
        seconds: float,
        again: type[object],
    ) -> None:
        """A wait that leaves no time for the request is refused at once, and holds nobody back."""
        decided = Retries(CALLS[Repeat.READ], gate, deadline).allow_another(failure(seconds))

        assert type(decided) is again
        assert not decided

    @pytest.mark.parametrize(
        "error", [APIConnectError("No connection."), APIConnectionError("Cut."), limited(0.0)]
    )
    def test_no_time_left(
        self, gate: Gate, clock: Clock, deadline: Deadline, error: PostHogError
    ) -> None:
        """Nothing is sent again when the time of the step is over."""
        clock.now += 900

        assert Retries(CALLS[Repeat.READ], gate, deadline).allow_another(error) is False

    def test_the_fifth_failure_is_raised(self, gate: Gate, deadline: Deadline) -> None:
        """An outage that says how long is a failure like others."""
        retries = Retries(CALLS[Repeat.READ], gate, deadline)
        decided = [type(retries.allow_another(unavailable(1))) for _ in range(5)]

        assert decided == [float, float, float, float, bool]

    def test_rate_limits_are_no_failures(self, gate: Gate, deadline: Deadline) -> None:
        """A busy organization is waited for, however often."""
        retries = Retries(CALLS[Repeat.READ], gate, deadline)
        decided = [type(retries.allow_another(limited(1))) for _ in range(9)]

        assert decided == [float] * 9


class TestAnnouncements:
    def test_slow_failure(
        self, gate: Gate, clock: Clock, deadline: Deadline, stderr: Callable[[], str]
    ) -> None:
        """A failure that took long is announced, so that nobody thinks it hangs."""
        retries = Retries(CALLS[Repeat.READ], gate, deadline)
        clock.now += 60
        retries.allow_another(APITimeoutError("https://ph.example did not respond in time."))

        assert stderr() == (
            "posthog: https://ph.example did not respond in time. Sending PATCH /api/x/ again\n"
        )

    def test_quick_failure(
        self, gate: Gate, clock: Clock, deadline: Deadline, stderr: Callable[[], str]
    ) -> None:
        """One that was quick is not, also after a slow one."""
        retries = Retries(CALLS[Repeat.READ], gate, deadline)
        clock.now += 5
        retries.allow_another(APIConnectionError("Cut."))
        clock.now += 5
        retries.allow_another(APIConnectionError("Cut."))

        assert stderr() == ""

    def test_raised_failure(
        self, gate: Gate, clock: Clock, deadline: Deadline, stderr: Callable[[], str]
    ) -> None:
        """One that is raised is the error's to say."""
        retries = Retries(CALLS[Repeat.ONCE], gate, deadline)
        clock.now += 60
        retries.allow_another(APITimeoutError("Slow."))

        assert stderr() == ""
