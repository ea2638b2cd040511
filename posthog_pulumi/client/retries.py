"""When a request is sent again, and how long everyone waits before.

======================  ===============  ==============================  =======================
what came back          outcome          read, idempotent                once
======================  ===============  ==============================  =======================
no connection           not done         send again                      send again
429                     not done         wait ``Retry-After``, again     the same
5xx in PostHog's form   over             send again                      raise
cut, slow, 408, 504,    unknown          read: send again;               raise
5xx or 2xx of others                     idempotent: raise
anything else           not done         raise                           raise
======================  ===============  ==============================  =======================

A 503 with ``Retry-After`` holds everyone back for that time as well, whoever sends again or looks.
PostHog counts what it refuses against its limit per hour too. So after a 429 the requests of all
threads go one at a time, and one more at once for each round that goes well.
Whoever gets an error whose outcome is over or unknown looks before anything is sent again: see
``lifecycle.once``.
"""

import logging
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from posthog_pulumi.client.endpoints import Call, Repeat
from posthog_pulumi.errors import (
    APIConnectError,
    APIStatusError,
    Outcome,
    PostHogError,
    RateLimitError,
)

_LOGGER: Final = logging.getLogger(__name__)

FAILURES: Final = 5
"""How often a request may fail before its error is raised; rate limiting does not count."""

LONGEST_STEP: Final = 900.0
"""Seconds one step of the engine may spend waiting, since it holds one of the workers."""

ANNOUNCED: Final = 5.0
"""Waits longer than this many seconds are announced."""

_POLL: Final = 0.1
"""Seconds between two looks for a place to send."""

_LONG: Final = 1.0
"""Who waited longer for a place, in seconds, looks again at what was decided before."""

_LIMITED: Final = "Rate limited by PostHog"
_UNAVAILABLE: Final = "PostHog is unavailable"


class Deadline:
    """The end of the time that one step of the engine has for all its requests and waits."""

    def __init__(self, clock: Callable[[], float], seconds: float = LONGEST_STEP) -> None:
        self._clock = clock
        self._until = clock() + seconds

    def remaining(self) -> float:
        """Seconds that are left, at least 0."""
        return max(0.0, self._until - self._clock())


class Gate:
    """Holds all threads back until the moment the server named in ``Retry-After``.

    After a 429 few of them may send at once, as in the congestion control of TCP: half as many for
    each refusal, one more for each round of successes.
    """

    def __init__(self, sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._opens_at = clock()
        self._at_once = math.inf
        self._sending = 0
        self._mine = threading.local()

    @contextmanager
    def place(self, deadline: Deadline, request: str) -> Iterator[bool]:
        """A place among those that may send at once, and whether it took long to get one.

        A thread that looks again before it sends does so in the place that it has.

        Raises:
            RateLimitError: The time of the step is over before there is one.
        """
        if getattr(self._mine, "held", False):
            yield False
            return
        began = self._clock()
        while not self._enter():
            if not deadline.remaining():
                raise RateLimitError(
                    "PostHog limits the rate, and other requests took all the time of this step.",
                    request=request,
                )
            self._sleep(_POLL)
        self._mine.held = True
        try:
            yield self._clock() - began > _LONG
        finally:
            self._mine.held = False
            with self._lock:
                self._sending -= 1

    def _enter(self) -> bool:
        with self._lock:
            enters = self._sending < self._at_once
            self._sending += enters
            return enters

    def succeeded(self) -> None:
        """More may send at once, if that was limited."""
        with self._lock:
            self._at_once += 1 / self._at_once

    def limited(self) -> None:
        """Fewer may send at once."""
        with self._lock:
            self._at_once = max(1.0, min(self._at_once, self._sending) / 2)

    def shut(self, seconds: float, why: str) -> None:
        """Let nobody through for so long; a longer wait already under way stays."""
        with self._lock:
            opens_at = self._clock() + seconds
            news = seconds > ANNOUNCED and opens_at > self._opens_at + ANNOUNCED
            self._opens_at = max(self._opens_at, opens_at)
        if news:
            _LOGGER.info("%s; retrying in %.0f s", why, seconds)

    def pass_through(self, deadline: Deadline, request: str) -> bool:
        """Return when the gate is open, and whether that took a wait.

        Raises:
            RateLimitError: It opens too late for this step.
        """
        waited = False
        while (wait := self._opens_at - self._clock()) > 0:
            if wait > deadline.remaining():
                raise RateLimitError(
                    f"PostHog takes no request for {wait:.0f} s more, longer than this step waits.",
                    request=request,
                )
            self._sleep(wait)
            waited = True
        return waited


class Retries:
    """Decides, failure by failure, whether a request is sent again."""

    def __init__(self, call: Call, gate: Gate, deadline: Deadline) -> None:
        self._call = call
        self._gate = gate
        self._deadline = deadline
        self._began = deadline.remaining()
        self._count = 0

    def allow_another(self, error: Exception) -> bool | float:
        """Whether to send it again after stamina's pause, or after so many seconds.

        Nothing is sent again when the time of the step is over.
        """
        if not isinstance(error, PostHogError):
            return False
        wait = _wait_before(error)
        if wait >= self._deadline.remaining():
            return False
        limited = isinstance(error, RateLimitError)
        if limited:
            self._gate.limited()
        if wait:
            self._gate.shut(wait, _LIMITED if limited else _UNAVAILABLE)
        if limited:
            return 0.0
        self._count += 1
        if self._count >= FAILURES or not self._may_repeat(error):
            return False
        self._announce(error)
        return 0.0 if wait else True

    def _may_repeat(self, error: PostHogError) -> bool:
        if isinstance(error, APIConnectError):
            return True
        harmless = {
            Repeat.READ: {Outcome.OVER, Outcome.UNKNOWN},
            Repeat.IDEMPOTENT: {Outcome.OVER},
            Repeat.ONCE: set[Outcome](),
        }
        return error.outcome in harmless[self._call.repeat]

    def _announce(self, error: PostHogError) -> None:
        remaining = self._deadline.remaining()
        if self._began - remaining > ANNOUNCED:
            _LOGGER.info("%s Sending %s again", error.what, self._call)
        self._began = remaining


def _wait_before(error: PostHogError) -> float:
    """Seconds that the server names; at least one when it limits the rate."""
    named = error.retry_after if isinstance(error, APIStatusError) else 0.0
    return max(1.0, named) if isinstance(error, RateLimitError) else named
