"""Waitress, with connections that can be cut, and most requests served without a hand-over."""

import socket
import struct
from collections import deque
from typing import Any

from waitress import wasyncore  # type: ignore[import-untyped]  # waitress has no types
from waitress.channel import ClientDisconnected, HTTPChannel  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.task import ThreadedTaskDispatcher, WSGITask  # type: ignore[import-untyped]

from posthog_pulumi.emulator.server.front import DROP, FAULTLESS, Front

_THREADS = 96


class _Task(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request whose connection can be cut."""

    def get_environment(self) -> dict[str, Any]:
        """Pass the application the function that cuts the connection."""
        environ: dict[str, Any] = super().get_environment()
        return environ | {DROP: self._drop, FAULTLESS: self.channel.faultless}

    def _drop(self) -> None:
        """Close at once: with no time to linger, the system sends a reset."""
        no_time = struct.pack("ii", 1, 0)
        self.channel.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_time)
        raise ClientDisconnected


class _Channel(HTTPChannel):  # type: ignore[misc]  # the same
    task_class = _Task
    faultless = False


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]  # the same
    """Leaves what cannot wait to the thread that reads the sockets.

    Python runs one thread at a time, and handing a request over to another and back takes longer
    than the work: a quarter of the requests per second to 16 clients.
    """

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._at_once: deque[_Channel] = deque()
        self.set_thread_count(_THREADS)

    def add_task(self, task: _Channel) -> None:
        request = task.requests[0]
        task.faultless = not self._front.may_wait(request.path, request.headers)
        if task.faultless:
            self._at_once.append(task)
        else:
            super().add_task(task)

    def respond(self) -> None:
        """Respond to the requests that are left to the thread that calls this."""
        while self._at_once:
            self._at_once.popleft().service()


class Listening:
    """The emulator on a port."""

    def __init__(self, front: Front, host: str, port: int) -> None:
        """Listen.

        Raises:
            OSError: The port cannot be had.
            ValueError: The host is no address.
        """
        self._sockets: dict[int, Any] = {}
        self._dispatcher = _Dispatcher(front)
        self._server = create_server(
            front,
            self._sockets,
            _dispatcher=self._dispatcher,
            host=host,
            port=port,
            connection_limit=1000,
            clear_untrusted_proxy_headers=False,
        )
        self._server.channel_class = _Channel
        self.port: int = self._server.effective_port

    def run(self) -> None:
        """Serve until a signal ends it."""
        try:
            while True:
                wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)
                self._dispatcher.respond()
        finally:
            self._dispatcher.shutdown()
            self._server.close()
