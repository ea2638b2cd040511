"""What can go wrong between the client and a server in the same process, on a clock of its own."""

import time
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from posthog_pulumi.client.clock import ServerClock
from posthog_pulumi.client.endpoints import Call
from support.clock import Clock

Act = Callable[[], object]


@dataclass
class _Fault:
    request: str
    error: Exception
    done: bool
    after: float | None


@dataclass(kw_only=True)
class FaultyServer:
    """Carries out calls, unless a test says otherwise; ``asked`` lists them."""

    asked: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=lambda: Clock(time.time()))
    server_clock: ServerClock = field(default_factory=ServerClock)
    front_is_ahead: float | None = 0.0
    """Seconds that the clock behind ``Date`` is ahead of PostHog's own; None for no ``Date``."""
    _faults: list[_Fault] = field(default_factory=list)
    _late: list[tuple[float, Act]] = field(default_factory=list)
    _waits: list[tuple[str, Act]] = field(default_factory=list)

    def fail(
        self, request: str, error: Exception, *, done: bool = False, after: float | None = None
    ) -> None:
        """Let the next call that begins so fail.

        Args:
            request: How it begins: its method, or more of it.
            error: What it raises, which may be a bug of ours.
            done: Whether it was carried out before.
            after: Seconds after which it is carried out, or never.
        """
        self._faults.append(_Fault(request, error, done=done, after=after))

    def limit(self, request: str, meanwhile: Act) -> None:
        """Let the next call that begins so wait for a rate limit, while something happens."""
        self._waits.append((request, meanwhile))

    def later(self, seconds: float, act: Act) -> None:
        """Let something happen before the first call after so many seconds."""
        self._late.append((self.clock() + seconds, act))

    @property
    def slept(self) -> list[float]:
        """Every sleep so far."""
        return self.clock.slept

    def send(self, call: Call) -> Any:
        """What ``Transport.send`` would return or raise."""
        self._wait_for_turn(call)
        self.asked.append(str(call))
        self._tell_the_time()
        self._catch_up()
        fault = next((one for one in self._faults if str(call).startswith(one.request)), None)
        if fault is None:
            return self._respond(call)
        self._faults.remove(fault)
        if fault.done:
            self._respond(call)
        if fault.after is not None:
            self.later(fault.after, lambda: self._respond(call))
        raise fault.error

    @abstractmethod
    def _respond(self, call: Call) -> Any:
        """Carry out a call."""

    def _wait_for_turn(self, call: Call) -> None:
        for wait in [one for one in self._waits if str(call).startswith(one[0])]:
            self._waits.remove(wait)
            wait[1]()
            if call.recheck:
                call.recheck()

    def _tell_the_time(self) -> None:
        if self.front_is_ahead is not None:
            date = formatdate(self.clock() + self.front_is_ahead, usegmt=True)
            self.server_clock.learn(date, self.clock(), self.clock())

    def _catch_up(self) -> None:
        """Do what was still being worked on."""
        for late in [one for one in self._late if one[0] <= self.clock()]:
            self._late.remove(late)
            late[1]()
