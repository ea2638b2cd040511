from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from posthog_pulumi.steps.workers import WIDTH, widen


def threads(executor: ThreadPoolExecutor) -> int:
    """How many threads it has."""
    return len(executor._threads)  # noqa: SLF001  # what is widened is private


def test_all_threads_are_started() -> None:
    """An executor of four, such as Pulumi's, has them all when the call returns."""
    with ThreadPoolExecutor(4) as executor:
        executor.submit(widen).result()

        assert threads(executor) == WIDTH


def test_second_time_changes_nothing() -> None:
    """Each kind of resource configures its provider, and all may share a process."""
    with ThreadPoolExecutor(4) as executor:
        executor.submit(widen).result()
        executor.submit(widen).result()

        assert threads(executor) == WIDTH


def test_wider_one_stays_so() -> None:
    """Should Pulumi start with more threads one day, none is taken from it."""
    with ThreadPoolExecutor(2 * WIDTH) as executor:
        executor.submit(widen).result()

        assert executor._max_workers == 2 * WIDTH  # noqa: SLF001  # the same


def test_threads_are_started_after_much_work() -> None:
    """Calls that had to queue leave the executor with threads that it takes for idle."""
    with ThreadPoolExecutor(1) as executor:
        list(executor.map(abs, range(1000)))
        executor.submit(widen).result()

        assert threads(executor) == WIDTH


class _Stripped(ThreadPoolExecutor):
    """One whose private attributes have other names."""

    def __init__(self) -> None:
        """Make it without its threads."""
        super().__init__(1)
        del self._threads


@pytest.mark.parametrize("reference", [lambda: None, object, _Stripped])
def test_unknown_executor_is_left_alone(reference: Callable[[], object]) -> None:
    """Where Python's worker is not as expected, the threads stay and nothing fails."""

    def _worker(executor_reference: Callable[[], object]) -> bool:
        widen()
        return executor_reference is reference

    assert _worker(reference)


def test_outside_of_an_executor() -> None:
    """Called by anything but a worker, it does nothing."""
    widen()
