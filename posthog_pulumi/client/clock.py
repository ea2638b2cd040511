"""What time it is on the server, as far as its ``Date`` headers show."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Span:
    """A moment in the server's seconds since 1970 that is known to lie between two."""

    earliest: float
    latest: float


class ServerClock:
    """The offset between our monotonic clock and the server's, narrowed by each response.

    A ``Date`` is cut to whole seconds, and was written at some moment between the request and the
    response, so each response bounds the offset from both sides.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._offset: Span | None = None

    def learn(self, date: str, sent: float, received: float) -> None:
        """Take a ``Date`` header into account; one that contradicts what is known replaces it."""
        with suppress(ValueError):
            seconds = parsedate_to_datetime(date).replace(tzinfo=UTC).timestamp()  # it is in GMT
            seen = Span(seconds - received, seconds + 1 - sent)
            with self._lock:
                self._offset = _both(self._offset, seen)

    def at(self, moment: float) -> Span | None:
        """A moment of our clock in the server's seconds; None if the server never said."""
        known = self._offset
        return Span(moment + known.earliest, moment + known.latest) if known else None


def _both(known: Span | None, seen: Span) -> Span:
    if known is None:
        return seen
    both = Span(max(known.earliest, seen.earliest), min(known.latest, seen.latest))
    return both if both.earliest <= both.latest else seen
