"""Start the emulator as a process of its own, and read its request log."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Request:
    """One request that reached PostHog."""

    method: str
    path: str
    status: int


class RequestLog:
    """The part of a request log that has not been read yet."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = file.stat().st_size if file.exists() else 0

    def fresh(self) -> list[Request]:
        """The requests since the last call."""
        if not self._file.exists():
            return []
        with self._file.open("rb") as file:
            file.seek(self._read)
            lines = file.read()
        self._read += len(lines)
        return [as_request(json.loads(line)) for line in lines.splitlines()]


def as_request(line: dict[str, object]) -> Request:
    """A line of the log, without what a reader of the demo does not ask for."""
    return Request(str(line["method"]), str(line["path"]), int(str(line["status"])))


@dataclass(frozen=True)
class Emulator:
    """A running emulator, and who may call it."""

    url: str
    organization_id: str
    api_key: str
    session_id: str
    log: RequestLog

    @property
    def environ(self) -> dict[str, str]:
        """What the provider reads from the environment."""
        return {
            "POSTHOG_HOST": self.url,
            "POSTHOG_API_KEY": self.api_key,
            "POSTHOG_SESSION_ID": self.session_id,
            "POSTHOG_ORGANIZATION_ID": self.organization_id,
        }


@contextmanager
def running(data: Path) -> Iterator[Emulator]:
    """Run the emulator on a free port; its projects stay in ``data`` for the next time."""
    command = [sys.executable, "-m", "posthog_pulumi", "emulator", "--port", "0", "--data"]
    with Popen(
        [*command, str(data)],
        stdout=PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C stops Pulumi, which may still have to finish a call
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield ready(line)
        finally:
            process.terminate()


def ready(line: str) -> Emulator:
    """Understand the line that the emulator prints once it can be called."""
    if not line:
        sys.exit("The emulator did not start; the lines above say why.")
    told = json.loads(line)
    return Emulator(
        url=told["url"],
        organization_id=told["organization_id"],
        api_key=told["api_key"],
        session_id=told["session_id"],
        log=RequestLog(Path(told["log"])),
    )
