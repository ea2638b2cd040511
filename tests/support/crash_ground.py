"""A program, its stack, and a PostHog that can be killed and started again on the same data."""

import os
import shutil
import signal
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from posthog_pulumi.emulator import Emulator, running
from posthog_pulumi.emulator.launcher import ServerName
from support.dependent import evaluates
from support.emulator_api import by_session
from support.sessions import Session
from tools.stack import Stack

PROGRAM: Final = Path(__file__).parents[1] / "data" / "crash_program"
STACK: Final = "crash"
APPLY: Final = ("--yes", "--skip-preview")

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Ground:
    """A folder with the program, the stack and PostHog's data, so that all is copied together."""

    folder: Path
    server: ServerName

    @classmethod
    def new(cls, folder: Path, server: ServerName) -> Self:
        """The program, and nothing else yet."""
        shutil.copytree(PROGRAM, folder / "program", ignore=shutil.ignore_patterns("__pycache__"))
        return cls(folder, server)

    def copy(self, folder: Path) -> "Ground":
        """Another one that is as this is now."""
        shutil.copytree(self.folder, folder)
        return Ground(folder, self.server)

    def stack(self, account: Mapping[str, str], *, timezone: str, quarter: str) -> Stack:
        """The stack, for a program that declares this."""
        environ = {
            **os.environ,
            **account,
            "CRASH_SERVER": self.server,
            "CRASH_TIMEZONE": timezone,
            "CRASH_QUARTER": quarter,
        }
        return Stack(self.folder / "program", self.folder, environ, STACK)


class PostHog:
    """An emulator on data that outlives it, seen by its owner."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._running = ExitStack()
        self.emulator = self._start(0)

    def kill(self) -> None:
        """End it in the midst of whatever it does, and start it again where it was."""
        port = int(self.emulator.url.rpartition(":")[2])
        os.kill(self.emulator.pid, signal.SIGKILL)
        self.close()
        self.emulator = self._start(port)

    def close(self) -> None:
        """End it."""
        self._running.close()

    def _start(self, port: int) -> Emulator:
        data = self._ground.folder / "posthog"
        return self._running.enter_context(running(self._ground.server, data, port))

    def projects(self) -> list[Entry]:
        """All that PostHog shows of each project; those being deleted are not there."""
        ids = [item["id"] for item in self._send("GET", self._projects)["results"]]
        shown = [self._send("GET", f"{self._projects}{id_}/") for id_ in ids]
        return [item for item in shown if not item.get("is_pending_deletion")]

    def remove_project(self, project: Entry) -> None:
        """Delete it."""
        self._send("DELETE", f"{self._projects}{project['id']}/")

    def keys(self, projects: list[Entry]) -> list[Entry]:
        """The secret API keys of these projects."""
        if self._ground.server != "current":
            return []
        return [
            {**key, "path": f"{self._keys(project)}{key['id']}/"}
            for project in projects
            for key in self._send("GET", self._keys(project))["results"]
        ]

    def remove_key(self, key: Entry) -> None:
        """Delete it."""
        self._send("DELETE", key["path"])

    def opens(self, api_token: str, secret: str) -> bool:
        """Whether a secret token or key works."""
        return evaluates(self.emulator.url, api_token, secret) == 200

    @property
    def _projects(self) -> str:
        return f"/api/organizations/{self.emulator.organization_id}/projects/"

    def _keys(self, project: Entry) -> str:
        return f"/api/projects/{project['id']}/project_secret_api_keys/"

    def _send(self, method: str, path: str) -> Any:
        response = by_session(self.emulator).request(method, path)
        response.raise_for_status()
        return response.json() if response.content else None


def five_projects(folder: Path, account: Mapping[str, str], server: ServerName) -> Stack:
    """A stack for the program, with nothing made yet."""
    stack = Ground.new(folder, server).stack(account, timezone="UTC", quarter="Q3")
    stack.select()
    return stack


def apply(stack: Stack, command: str) -> Session:
    """Start a command that changes what there is."""
    line = ("pulumi", command, *APPLY, "--stack", stack.name)
    return Session(line, stack.program, stack.variables, stack.folder / "output.txt")
