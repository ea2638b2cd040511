"""Starting and ending the emulator."""

import json
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.core.handlers.wsgi import WSGIHandler

from posthog_pulumi.emulator.generations import SERVERS
from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.server.configuration import Emulator, configure
from posthog_pulumi.emulator.server.front import Front
from posthog_pulumi.emulator.server.listening import Listening
from posthog_pulumi.emulator.server.log import RequestLog

_ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104  # where to reach it


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
        with (data / "lock").open("w") as lock:
            _take(lock, data)
            yield data.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="posthog-emulator-") as name:
        yield Path(name)


def _take(lock: TextIO, folder: Path) -> None:
    """Hold the lock until the file is closed; systems without such locks trust their user."""
    if os.name != "posix":
        return
    import fcntl  # noqa: PLC0415 - only these systems have it

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(
            f"Another emulator serves {folder}: end it, or name another folder by --data."
        ) from None


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
        listening = Listening(front, host, port)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no address"
        raise SystemExit(f"Port {port} of {host} cannot be used: {reason}.") from None
    url = f"http://{_ANY.get(host, host)}:{listening.port}"
    print(json.dumps({"url": url, **ready}), flush=True)  # noqa: T201 - the ready line
    _on_signals(front.ending.set)
    listening.run()


def _secret_key(folder: Path) -> str:
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(tokens.random_text(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")
