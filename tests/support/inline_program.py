"""A test's program, whose event loop is cleaned up: Pulumi leaves it open when a run fails."""

import asyncio
import time
from collections.abc import Callable
from typing import Self

from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS

Program = Callable[[], object]

OWN_CONNECTION = ("grpc.use_local_subchannel_pool", 1)
"""By default gRPC shares connections by address, so a process that starts many servers sometimes
gets a new one's port with the dead connection of an old one, and an error at the first call."""

_GRPC_CHANNEL_OPTIONS.append(OWN_CONNECTION)

_SECONDS_TO_END = 2.0


class InlineProgram:
    """Runs as the program does, and closes the loop that it ran in."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._loop: asyncio.AbstractEventLoop | None = None

    def __call__(self) -> None:
        """Run it."""
        self._loop = asyncio.get_running_loop()
        self._program()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop:
            _close(self._loop)


def _close(loop: asyncio.AbstractEventLoop) -> None:
    deadline = time.monotonic() + _SECONDS_TO_END
    while loop.is_running() or (_pending(loop) and time.monotonic() < deadline):
        time.sleep(0.01)
    if left := _pending(loop):
        loop.call_soon(loop.stop)
        loop.run_forever()  # takes the stop that the SDK asks for when the engine has gone
        loop.run_until_complete(_ended(left))
    loop.close()


def _pending(loop: asyncio.AbstractEventLoop) -> set[asyncio.Task[object]]:
    return set() if loop.is_closed() else asyncio.all_tasks(loop)


async def _ended(tasks: set[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
