"""What was read, until something of its kind is written; looking up the caller would cost most.

Nothing here is locked: the emulator works on one request at a time.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Cache:
    """Rows by what they were looked up by; what is not there is remembered too.

    Several requests get the same row, so none may change it.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """Find something once."""
        if key not in self._known:
            self._known[key] = find()
        value: T = self._known[key]
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()


people = Cache()
"""Keys, sessions, users without their current project, levels, organizations."""
projects = Cache()
"""Projects with their organizations."""
