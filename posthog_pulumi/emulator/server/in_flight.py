"""How many requests are in flight."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class InFlight:
    """Counts requests from their arrival to their response, delays included."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = 0
        self._most = 0

    def counts(self) -> dict[str, int]:
        """The present count and the highest one."""
        with self._lock:
            return {"now": self._now, "most": self._most}

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one request."""
        with self._lock:
            self._now += 1
            self._most = max(self._most, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1
