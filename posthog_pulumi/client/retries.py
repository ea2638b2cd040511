"""When a call is sent again, and how long everyone waits before."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from posthog_pulumi.client.call import Call
from posthog_pulumi.errors import APIConnectError, InternalServerError, PostHogError, RateLimitError

_LOGGER: Final = logging.getLogger(__name__)

FAILURES: Final = 5
"""How often a repeatable call may fail before its error is raised; throttling does not count."""

LONGEST_WAIT: Final = 900.0
"""Seconds a call may spend waiting, since it holds one of the provider's few threads."""

ANNOUNCED_WAIT: Final = 5.0
"""Waits longer than this many seconds are announced."""


class Gate:
    """Holds all threads back until the moment the server named in ``Retry-After``."""

    def __init__(
        self, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._opens_at = 0.0

    def shut(self, seconds: float) -> None:
        """Let nobody through for so long; a longer wait already under way stays."""
        with self._lock:
            opens_at = self._clock() + seconds
            news = seconds > ANNOUNCED_WAIT and opens_at > self._opens_at + ANNOUNCED_WAIT
            self._opens_at = max(self._opens_at, opens_at)
        if news:
            _LOGGER.info("Rate limited by PostHog; retrying in %.0f s", seconds)

    def pass_through(self) -> None:
        """Return when the gate is open."""
        while (wait := self._opens_at - self._clock()) > 0:
            self._sleep(wait)


class Failures:
    """Decides, failure by failure, whether a call is sent again."""

    def __init__(self, call: Call, gate: Gate) -> None:
        self._call = call
        self._gate = gate
        self._count = 0

    def allow_another(self, error: Exception) -> bool | float:
        """Whether to send the call again, or the seconds to wait before; stamina's backoff hook."""
        if not isinstance(error, PostHogError):
            return False
        wait = _wait_before(error)
        if wait > LONGEST_WAIT:
            return False
        if wait:
            self._gate.shut(wait)
        if isinstance(error, RateLimitError):
            return 0.0
        self._count += 1
        again = self._count < FAILURES and self._may_repeat(error)
        return 0.0 if again and wait else again

    def _may_repeat(self, error: PostHogError) -> bool:
        return isinstance(error, APIConnectError) or (
            self._call.repeatable and error.may_have_been_done
        )


def _wait_before(error: PostHogError) -> float:
    """Seconds that the server asks to wait; at least one when it throttles."""
    if isinstance(error, RateLimitError):
        return max(1.0, error.retry_after)
    return error.retry_after if isinstance(error, InternalServerError) else 0.0
