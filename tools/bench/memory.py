"""How much memory the provider's process takes at most, as Linux counts it."""

from __future__ import annotations

import os
import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

PROVIDERS = (b"pulumi.dynamic", b"posthog_pulumi.plugin")
PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)
SECONDS = 0.2


class ProviderMemory:
    """Looks at the provider's process now and then while the block runs."""

    def __enter__(self) -> Self:
        """Begin to look."""
        self.peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(SECONDS):
            peaks = [_peak(pid) for pid in descendants(os.getpid()) if _is_provider(pid)]
            self.peak = max([self.peak, *peaks])


def descendants(pid: int) -> Iterator[int]:
    """The processes that a process started, and those that they did."""
    with suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, children.read_text().split()):
                yield child
                yield from descendants(child)


def _is_provider(pid: int) -> bool:
    with suppress(OSError):
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        return any(name in command for name in PROVIDERS)
    return False


def _peak(pid: int) -> int:
    with suppress(OSError):
        found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) * 1024 if found else 0
    return 0
