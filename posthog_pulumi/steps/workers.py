"""More threads for the provider's process than the four that Pulumi starts it with.

The engine runs as many steps at once as ``--parallel`` says (four per CPU if it says nothing), and
``pulumi.dynamic`` serves them on four threads: at 300 ms a request, 13 projects a second.
There is no setting for it, so the executor is widened from inside one of its own workers. That
reaches into private attributes of Python's ``ThreadPoolExecutor``: where they are not as expected,
the process keeps the threads that it has, and nothing else changes.

Other dynamic providers that Pulumi serves in the same process get the same threads.
"""

import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Final

_LOGGER: Final = logging.getLogger(__name__)

WIDTH: Final = 32
"""Calls served at once: Pulumi's own ``--parallel`` on eight CPUs, and as many connections as the
client keeps open. PostHog's limit of eight requests a second is reached with far fewer."""

_ATTEMPTS: Final = 10_000
"""An executor that had more calls than threads before believes as many threads to be idle."""


def widen() -> None:
    """Give the executor whose worker runs this call ``WIDTH`` threads; a second time, nothing."""
    executor = _executor(sys._getframe())  # noqa: SLF001  # the only way to the executor
    if executor is None or not _start_threads(executor):
        _LOGGER.debug("The provider's process keeps the threads that Pulumi gave it.")


def _executor(frame: FrameType | None) -> ThreadPoolExecutor | None:
    """The executor of the worker among these callers."""
    while frame is not None:
        if frame.f_code.co_name == "_worker" and "executor_reference" in frame.f_locals:
            found = frame.f_locals["executor_reference"]()
            return found if isinstance(found, ThreadPoolExecutor) else None
        frame = frame.f_back
    return None


def _start_threads(executor: ThreadPoolExecutor) -> bool:
    """Start the threads now: those that would come later are too late for calls that wait already.

    An executor starts a thread for what is submitted unless it believes one to be idle, so what is
    submitted here keeps its thread busy until all have started.
    """
    threads = getattr(executor, "_threads", None)
    if not (isinstance(threads, set) and hasattr(executor, "_max_workers")):
        return False
    executor._max_workers = max(executor._max_workers, WIDTH)  # noqa: SLF001
    started = threading.Event()
    try:
        for _ in range(_ATTEMPTS):
            if len(threads) >= WIDTH:
                break
            executor.submit(started.wait)
    finally:
        started.set()
    return len(threads) >= WIDTH
