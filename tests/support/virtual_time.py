"""Time for many threads, which moves on only when all of them sleep."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from heapq import heappop, heappush
from itertools import count


class VirtualTime:
    """One thread runs at a time, the one that wakes first, so that every run goes the same way.

    A thread must not hold a lock while it sleeps, or the others would wait for it for ever.
    """

    def __init__(self) -> None:
        self._now = 1_000.0
        self._sleepers: list[tuple[float, int, threading.Event]] = []
        self._order = count()
        self._sleeps_or_ends = threading.Semaphore(0)

    def now(self) -> float:
        """Seconds since some moment."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let other threads run until it is so much later."""
        turn = threading.Event()
        heappush(self._sleepers, (self._now + seconds, next(self._order), turn))
        self._sleeps_or_ends.release()
        turn.wait()

    def run(self, *work: Callable[[], object]) -> None:
        """Do all of it at once, each in a thread of its own; raise what one of them raises."""
        with ThreadPoolExecutor(len(work)) as threads:
            done = [threads.submit(self._in_turn, item) for item in work]
            for _ in work:
                self._sleeps_or_ends.acquire()
            while self._sleepers:
                self._now, _, turn = heappop(self._sleepers)
                turn.set()
                self._sleeps_or_ends.acquire()
        for item in done:
            item.result()

    def _in_turn(self, work: Callable[[], object]) -> None:
        self.sleep(0)
        try:
            work()
        finally:
            self._sleeps_or_ends.release()
