"""Running the emulator as a process of its own, for as long as a block of code takes."""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Final, Literal, cast

from posthog_pulumi.emulator.handle import Control, Emulator, EmulatorError, RequestLog

ServerName = Literal["current", "docs-2025"]

_SECONDS_TO_START: Final = 60
_SECONDS_TO_END: Final = 20


@contextmanager
def running(
    server: ServerName = "current", data: Path | None = None, port: int = 0
) -> Iterator[Emulator]:
    """Run an emulator, by default on a free port, and end it with the block.

    What it keeps is gone at the end unless it is given a folder for its data. It also ends when
    this process is killed.

    Raises:
        EmulatorError: It did not start; the message says why.
    """
    options = [f"--port={port}", f"--server={server}", *([f"--data={data}"] if data else [])]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "posthog_pulumi", "emulator", "--until-eof", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C ends what uses it first
    ) as process:
        try:
            yield _emulator(_ready_line(process), process.pid)
        finally:
            _end(process)


def _ready_line(process: subprocess.Popen[bytes]) -> bytes:
    """Wait for the line that the emulator prints once it can be called."""
    stdout, stderr = cast("tuple[IO[bytes], IO[bytes]]", (process.stdout, process.stderr))
    last: deque[bytes] = deque(maxlen=1)
    passing_on = Thread(target=_pass_on, args=(stderr, last), daemon=True)
    passing_on.start()
    timer = Timer(_SECONDS_TO_START, process.kill)
    timer.start()
    line = stdout.readline()
    timer.cancel()
    if not line:
        passing_on.join()
        reason = last[0].decode(errors="replace") if last else f"exit code {process.wait()}."
        raise EmulatorError(f"The emulator did not start: {reason.strip()}")
    return line


def _pass_on(stream: IO[bytes], last: deque[bytes]) -> None:
    """Write to standard error what the emulator writes there, and keep the last line."""
    for line in stream:
        last.append(line)
        with suppress(OSError):
            os.write(2, line)  # not `sys.stderr`, which a test may have closed by now


def _emulator(line: bytes, pid: int) -> Emulator:
    ready = json.loads(line)
    log = RequestLog(Path(ready.pop("log")))
    return Emulator(control=Control(ready["url"]), requests=log, pid=pid, **ready)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
