from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from posthog_pulumi.lifecycle.memory import Memory, Shared


class TestShared:
    def test_alone(self) -> None:
        """Whoever looks alone sees what is there now, each time."""
        shared = Shared()
        numbers = iter(range(9))

        assert [shared.look(lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]

    def test_serves_all_who_asked_before(self) -> None:
        """One look serves all who asked before it began."""
        shared = Shared()
        asked = [shared.ask(), shared.ask(), shared.ask()]
        numbers = iter(range(9))

        assert [shared.look(lambda: next(numbers), one) for one in asked] == [0, 0, 0]

    def test_too_old(self) -> None:
        """A look that began before somebody asked does not serve them: theirs may be newer."""
        shared = Shared()
        shared.look(lambda: "old")
        asked = shared.ask()

        assert shared.look(lambda: "new", asked) == "new"

    def test_failed(self) -> None:
        """A look that fails serves nobody: the next one looks for itself."""
        shared = Shared()
        first, second = shared.ask(), shared.ask()

        with pytest.raises(ZeroDivisionError):
            shared.look(lambda: 1 / 0, first)
        assert shared.look(lambda: "seen", second) == "seen"


class TestMemory:
    @pytest.mark.parametrize("of", [Memory.name, Memory.list_of, Memory.rotation])
    def test_one_of_a_kind(self, of: Callable[[Memory, str], object]) -> None:
        """All threads get the same lock, list or rotation for the same name."""
        memory = Memory()
        with ThreadPoolExecutor(16) as threads:
            found = list(threads.map(lambda _: of(memory, "web"), range(64)))

        assert len({id(one) for one in found}) == 1
        assert of(memory, "shop") is not found[0]
