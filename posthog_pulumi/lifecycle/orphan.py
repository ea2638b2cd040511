"""A provider whose engine is gone ends: the next run would not know of what it did."""

import os
import select
import sys
import threading
from functools import cache
from typing import Final

_PLUGIN: Final = threading.Event()
"""Set when this process is a plugin of our own."""


def this_is_a_plugin() -> None:
    """Say that the engine started this process as a provider that speaks to it itself."""
    _PLUGIN.set()


@cache
def end_with_the_engine() -> None:
    """Let a provider's process end as soon as nobody reads its stdout any more.

    A killed CLI leaves its providers running: one that waits for a rate limit would make a project
    minutes later, after the next ``up``, and an idle one would stay for ever. The engine holds the
    other end of the provider's stdout as long as it lives.
    """
    if is_provider() and hasattr(select, "poll"):
        threading.Thread(target=_end_without_reader, args=(_stdout(),), daemon=True).start()


def exit_if_orphaned() -> None:
    """End the process now if it is a provider's and nobody reads its stdout any more."""
    if is_provider() and reader_is_gone(_stdout()):
        os._exit(1)


def is_provider() -> bool:
    """Whether this process was started as Pulumi starts its providers."""
    if _PLUGIN.is_set():
        return True
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return getattr(spec, "name", None) == "pulumi.dynamic.__main__"


def reader_is_gone(descriptor: int, *, wait: bool = False) -> bool:
    """Whether the other end of a pipe is closed; never true of a file, a terminal, or Windows.

    Args:
        descriptor: The end of the pipe that is written to.
        wait: Return only when it is closed, or something else is wrong with the descriptor.
    """
    if not hasattr(select, "poll"):
        return False
    watched = select.poll()
    watched.register(descriptor, 0)
    return any(event & select.POLLERR for _, event in watched.poll(None if wait else 0))


def _end_without_reader(descriptor: int) -> None:
    if reader_is_gone(descriptor, wait=True):
        os._exit(1)


def _stdout() -> int:
    return sys.__stdout__.fileno() if sys.__stdout__ else 1
