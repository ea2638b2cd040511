"""Starting and ending the emulator."""

import json
import logging
import os
import signal
import socket
import struct
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from waitress.channel import (  # type: ignore[import-untyped]  # waitress has no types
    ClientDisconnected,
    HTTPChannel,
)
from waitress.server import create_server  # type: ignore[import-untyped]  # the same
from waitress.task import WSGITask  # type: ignore[import-untyped]  # the same

from posthog_pulumi.emulator.generations import SERVERS
from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.server.configuration import Emulator, configure
from posthog_pulumi.emulator.server.front import DROP, Front
from posthog_pulumi.emulator.server.log import RequestLog

_THREADS = 96
_ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104  # where to reach it


class _Task(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request whose connection can be cut."""

    def get_environment(self) -> dict[str, Any]:
        """Pass the application the function that cuts the connection."""
        environ: dict[str, Any] = super().get_environment()
        return environ | {DROP: self._drop}

    def _drop(self) -> None:
        """Close at once: with no time to linger, the system sends a reset."""
        no_time = struct.pack("ii", 1, 0)
        self.channel.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_time)
        raise ClientDisconnected


class _Channel(HTTPChannel):  # type: ignore[misc]  # the same
    task_class = _Task


def run(
    port: int,
    data: Path | None,
    server_name: str,
    *,
    host: str = "127.0.0.1",
    until_eof: bool = False,
) -> None:
    """Serve until SIGTERM or SIGINT, or until standard input ends."""
    _on_signals(lambda: None)
    if until_eof:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    logging.basicConfig(stream=sys.stderr, format="emulator: %(message)s", level=logging.WARNING)
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    with _folder(data) as folder:
        _serve((host, port), folder, server_name)


def _on_signals(prepare: Callable[[], None]) -> None:
    """End on SIGTERM and SIGINT, once this is done."""

    def stop(*_: object) -> None:
        prepare()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _end_with_stdin() -> None:
    """Standard input ends when its other end is closed, or the process that holds it is gone."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="posthog-emulator-") as name:
        yield Path(name)


def _serve(address: tuple[str, int], folder: Path, server_name: str) -> None:
    log = folder / "requests.jsonl"
    emulator = Emulator(SERVERS[server_name], RequestLog(log))
    configure(emulator, folder / "emulator.sqlite3", _secret_key(folder))
    from posthog_pulumi.emulator.server.seed import seed  # noqa: PLC0415 - tables need Django set up

    ready = seed(folder, emulator.server)
    front = Front(WSGIHandler(), emulator.faults, emulator.in_flight, emulator.log, emulator.ending)
    _listen(front, address, {**ready, "log": str(log)})


def _listen(front: Front, address: tuple[str, int], ready: dict[str, str]) -> None:
    host, port = address
    try:
        listening = create_server(
            front,
            host=host,
            port=port,
            threads=_THREADS,
            connection_limit=1000,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no address"
        raise SystemExit(f"Port {port} of {host} cannot be used: {reason}.") from None
    listening.channel_class = _Channel
    url = f"http://{_ANY.get(host, host)}:{listening.effective_port}"
    print(json.dumps({"url": url, **ready}), flush=True)  # noqa: T201 - the ready line
    _on_signals(front.ending.set)
    try:
        listening.run()
    finally:
        listening.close()


def _secret_key(folder: Path) -> str:
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(tokens.random_text(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")
