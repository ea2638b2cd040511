"""How long one step may wait, and how all threads are held back together."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.clock import Clock

from posthog_pulumi.client.retries import Deadline, Gate
from posthog_pulumi.errors import RateLimitError

LIMITED = "Rate limited by PostHog"
REQUEST = "GET /api/x/"


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


class TestDeadline:
    def test_counts_down(self, clock: Clock) -> None:
        """What one request of a step waits the next has no more; nothing is left in the end."""
        deadline = Deadline(clock, seconds=100)
        clock.sleep(30)

        assert deadline.remaining() == 70
        clock.sleep(100)
        assert deadline.remaining() == 0

    def test_a_step(self, deadline: Deadline) -> None:
        """A step has a quarter of an hour."""
        assert deadline.remaining() == 900


class TestGate:
    def test_open(self, gate: Gate, clock: Clock, deadline: Deadline) -> None:
        """Nobody waits for nothing."""
        assert gate.pass_through(deadline, REQUEST) is False
        assert clock.slept == []

    def test_shut(self, gate: Gate, clock: Clock, deadline: Deadline) -> None:
        """Everybody waits until the moment that was named, once, and knows that it was a wait."""
        gate.shut(30, LIMITED)
        waited = [gate.pass_through(deadline, REQUEST), gate.pass_through(deadline, REQUEST)]

        assert waited == [True, False]
        assert clock.slept == [30]

    def test_later(self, gate: Gate, clock: Clock, deadline: Deadline) -> None:
        """Who comes later waits less."""
        gate.shut(30, LIMITED)
        clock.now += 20
        gate.pass_through(deadline, REQUEST)

        assert clock.slept == [10]

    @pytest.mark.parametrize(("first", "second"), [(30, 5), (5, 30), (30, 30)])
    def test_longest_wait_stays(
        self, gate: Gate, clock: Clock, deadline: Deadline, first: float, second: float
    ) -> None:
        """A shorter wait does not open the gate before a longer one is over."""
        gate.shut(first, LIMITED)
        gate.shut(second, LIMITED)
        gate.pass_through(deadline, REQUEST)

        assert clock.slept == [30]

    def test_woken_early(self, clock: Clock, deadline: Deadline) -> None:
        """Who wakes too early goes on waiting."""

        def doze(seconds: float) -> None:
            clock.sleep(seconds / 2 if seconds > 1 else seconds)

        gate = Gate(doze, clock)
        gate.shut(4, LIMITED)
        gate.pass_through(deadline, REQUEST)

        assert clock.slept == [2, 1, 1]

    def test_too_long_for_the_step(self, gate: Gate, clock: Clock) -> None:
        """Who has less time than the gate stays shut is refused at once, and named."""
        gate.shut(300, LIMITED)

        with pytest.raises(RateLimitError) as refused:
            gate.pass_through(Deadline(clock, seconds=299), REQUEST)
        assert clock.slept == []
        assert refused.value.request == REQUEST

    def test_announced_once(self, gate: Gate, stderr: Callable[[], str]) -> None:
        """A wait that ten threads learn of is announced once; a much longer one again."""
        gate.shut(30, LIMITED)
        gate.shut(30, LIMITED)
        gate.shut(34, LIMITED)
        gate.shut(90, "PostHog is unavailable")

        assert stderr().splitlines() == [
            "posthog: Rate limited by PostHog; retrying in 30 s",
            "posthog: PostHog is unavailable; retrying in 90 s",
        ]


def in_another_thread(gate: Gate, deadline: Deadline) -> bool:
    """Whether another thread finds a place before its time is over."""

    def find() -> bool:
        try:
            with gate.place(deadline, REQUEST):
                return True
        except RateLimitError:
            return False

    with ThreadPoolExecutor(1) as other:
        return other.submit(find).result()


class TestPlaces:
    def test_without_a_limit(self, gate: Gate, clock: Clock, deadline: Deadline) -> None:
        """As long as nothing is refused, all may send at once."""
        with gate.place(deadline, REQUEST) as waited:
            found = in_another_thread(gate, deadline)

        assert (waited, found) == (False, True)
        assert clock.slept == []

    def test_after_a_refusal(self, gate: Gate, clock: Clock) -> None:
        """One at a time: a refused request costs a part of the limit per hour too."""
        with gate.place(Deadline(clock), REQUEST):
            gate.limited()
            meanwhile = in_another_thread(gate, Deadline(clock, seconds=30))
        afterwards = in_another_thread(gate, Deadline(clock, seconds=30))

        assert (meanwhile, afterwards) == (False, True)
        assert sum(clock.slept) == pytest.approx(30)

    def test_after_successes(self, gate: Gate, deadline: Deadline) -> None:
        """Each round that goes well lets one more send at once."""
        with gate.place(deadline, REQUEST):
            gate.limited()
            gate.succeeded()
            found = in_another_thread(gate, deadline)

        assert found

    def test_halved(self, gate: Gate, clock: Clock, deadline: Deadline) -> None:
        """A later refusal halves what had grown."""
        gate.limited()
        for _ in range(6):  # 1, 2, 2.5, 2.9, 3.2, 3.6, 3.8
            gate.succeeded()
        with gate.place(deadline, REQUEST):
            grown = in_another_thread(gate, deadline)
            gate.limited()
            halved = in_another_thread(gate, Deadline(clock, seconds=30))

        assert (grown, halved) == (True, False)

    def test_a_look(self, gate: Gate, clock: Clock, deadline: Deadline) -> None:
        """Who looks again before it sends has its place already."""
        with gate.place(deadline, REQUEST):
            gate.limited()
            with gate.place(deadline, REQUEST) as waited:
                pass

        assert waited is False
        assert clock.slept == []

    @pytest.mark.parametrize(("seconds", "again"), [(0.5, False), (30, True)])
    def test_a_wait(self, clock: Clock, seconds: float, *, again: bool) -> None:
        """Who waited long for a place looks again at what was decided before."""
        free = threading.Event()
        began = clock.now

        def doze(pause: float) -> None:
            clock.sleep(pause)
            if clock.now - began >= seconds:
                free.set()
                busy.result()

        gate = Gate(doze, clock)

        def hold(taken: threading.Event) -> None:
            with gate.place(Deadline(clock), REQUEST):
                gate.limited()
                taken.set()
                free.wait()

        with ThreadPoolExecutor(1) as other:
            taken = threading.Event()
            busy = other.submit(hold, taken)
            taken.wait()
            with gate.place(Deadline(clock), REQUEST) as waited:
                pass

        assert waited is again
