"""The processes that a command started, and those that they did, as Linux lists them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from tools.bench.memory import descendants

PROVIDER: Final = "-m pulumi.dynamic"
LANGUAGE_HOST: Final = "/pulumi-language-python "
"""Pulumi's own; when its engine is killed it takes up to five minutes to see that."""

_PAUSE: Final = 0.01


class Session:
    """A command with all that it starts, in a session of its own, which Ctrl-C can be sent to."""

    def __init__(
        self, command: Sequence[str], folder: Path, environ: Mapping[str, str], output: Path
    ) -> None:
        self._output = output
        with output.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603  # commands are lists made by tests
                command,
                cwd=folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_hear_interrupts,  # noqa: PLW1509  # it calls nothing that locks
            )
        self.pid = self._process.pid

    @property
    def over(self) -> bool:
        """Whether the command has ended."""
        return self._process.poll() is not None

    @property
    def text(self) -> str:
        """What it printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def wait(self) -> int:
        """Let the command end; its exit code."""
        return self._process.wait(600)

    def until(self, happened: Callable[[], object]) -> bool:
        """Wait until something happened; false if the command ended before."""
        while not happened():
            if self.over:
                return False
            time.sleep(_PAUSE)
        return True

    def hurry(self, seconds: float) -> None:
        """Press Ctrl-C if the command goes on for longer."""
        deadline = time.monotonic() + seconds
        if self.until(lambda: time.monotonic() >= deadline):
            self.interrupt()

    def interrupt(self) -> None:
        """Press Ctrl-C, which reaches the processes in the foreground of a terminal."""
        os.killpg(self.pid, signal.SIGINT)

    def provider(self) -> int | None:
        """The provider's process, once it runs."""
        return next((pid for pid in descendants(self.pid) if PROVIDER in _command(pid)), None)

    def processes(self) -> dict[int, str]:
        """What of it is alive: command lines by id."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                state, _, _, session, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
                if session == str(self.pid) and state not in "ZX":
                    found[int(folder.name)] = _command(int(folder.name))
        return found

    def left(self) -> list[str]:
        """What stays though the command is over, but Pulumi's language host; all of it is ended."""
        deadline = time.monotonic() + 60
        while self._ours() and time.monotonic() < deadline:
            time.sleep(0.05)
        left = self._ours()
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return left

    def _ours(self) -> list[str]:
        return [line for line in self.processes().values() if LANGUAGE_HOST not in line]


def _command(pid: int) -> str:
    """A process's command line; empty if it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def _hear_interrupts() -> None:
    """What a shell starts in the background ignores them, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
