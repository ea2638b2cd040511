"""The Pulumi CLI, as a command runs it: its version, a stack's configuration, an import."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

from posthog_pulumi.commands.files import PRIVATE, write
from posthog_pulumi.errors import ConfigurationError, RefusedError

OLDEST: Final = (3, 254)
"""The first whose import file may hold outputs."""

_PROJECTS: Final = ("pulumi-python:dynamic/posthog:Project", "posthog:index:Project")
"""What projects are called in a state, by either front."""

DESCRIPTORS: Final = Path("/dev/fd")
"""Where a process finds its open files by number, if the system has that."""


class CommandFailedError(RefusedError):
    """A command of the Pulumi CLI failed, and has said why."""


def found() -> str | None:
    """The ``pulumi`` that is first on PATH."""
    return shutil.which("pulumi")


def required() -> str:
    """The ``pulumi`` that is first on PATH, of any age.

    Raises:
        ConfigurationError: There is none.
    """
    pulumi = found()
    if pulumi is None:
        raise ConfigurationError("there is no pulumi on PATH.", advice="Install the Pulumi CLI.")
    return pulumi


def required_for_import() -> str:
    """The same, new enough to import what the file holds.

    Raises:
        ConfigurationError: There is none, or it is too old.
    """
    pulumi = required()
    if text := too_old(pulumi):
        raise ConfigurationError(text)
    return pulumi


def version(pulumi: str) -> str:
    """What it calls itself, such as ``v3.259.0``."""
    return run(pulumi, "version")


def numbers(text: str) -> tuple[int, ...] | None:
    """Major and minor of the version in a text; None if there is none in it."""
    match = re.search(r"(\d+)\.(\d+)", text)
    return tuple(map(int, match.groups())) if match else None


def too_old(pulumi: str) -> str | None:
    """Why this CLI cannot import what the file holds; None if it can."""
    text = version(pulumi)
    found = numbers(text)
    if found is None or found >= OLDEST:
        return None
    wanted = ".".join(map(str, OLDEST))
    return (
        f"`posthog-pulumi import` needs the Pulumi CLI {wanted} or newer, and this is"
        f" {text.strip()}."
    )


class Setting(NamedTuple):
    """A value of a stack's configuration, in clear, and whether it is stored as a secret."""

    value: Any
    secret: bool


def configuration(pulumi: str, stack: str) -> dict[str, Setting]:
    """The stack's configuration by its keys.

    Raises:
        CommandFailedError: There is no such stack, or it cannot be read.
    """
    shown = run(pulumi, "config", "--stack", stack, "--show-secrets", "--json")
    found = json.loads(shown or "{}")
    return {key: Setting(item.get("value"), item["secret"]) for key, item in found.items()}


def projects(pulumi: str, stack: str) -> dict[str, str]:
    """Pulumi's names of the PostHog projects that the stack's state has, by their ids.

    Raises:
        CommandFailedError: It cannot be read.
    """
    exported = json.loads(run(pulumi, "stack", "export", "--stack", stack))
    resources = exported["deployment"].get("resources", [])
    return {
        item["id"]: item["urn"].split("::")[-1]
        for item in resources
        if item["type"] in _PROJECTS and not item.get("external")
    }


def plugins(pulumi: str, name: str) -> list[str]:
    """The versions of a resource plugin that are installed.

    Raises:
        CommandFailedError: They cannot be listed.
    """
    found = json.loads(run(pulumi, "plugin", "ls", "--json"))
    return [it["version"] for it in found if (it["name"], it["kind"]) == (name, "resource")]


def run(pulumi: str, *arguments: str) -> str:
    """What a command prints.

    Raises:
        CommandFailedError: It fails.
    """
    command = [pulumi, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603  # no shell
    if done.returncode:
        raise CommandFailedError(f"`{' '.join(['pulumi', *command[1:]])}` failed.")
    return done.stdout


def import_(
    pulumi: str, text: str, options: Sequence[str], *, descriptors: Path | None = DESCRIPTORS
) -> int:
    """Run ``pulumi import`` on a file that nobody else can read; its exit code.

    The file goes through a pipe where the system has names for open files. Elsewhere it lies in a
    folder of this user's alone, which is removed on every exit but a kill.
    """
    if descriptors is not None and os.name == "posix" and descriptors.is_dir():
        return _through_a_pipe(pulumi, text, options, descriptors)
    with _signals_exit(), tempfile.TemporaryDirectory(prefix="posthog-pulumi-") as folder:
        file = Path(folder) / "import.json"
        write(file, text, PRIVATE)
        with _started(_command(pulumi, file, options)) as process:
            return process.wait()


def _through_a_pipe(pulumi: str, text: str, options: Sequence[str], descriptors: Path) -> int:
    reading, writing = os.pipe()
    command = _command(pulumi, descriptors / str(reading), options)
    with _signals_exit(), _started(command, reading) as process:
        os.close(reading)
        with suppress(BrokenPipeError), os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(text)
        return process.wait()


def _command(pulumi: str, file: Path, options: Sequence[str]) -> list[str]:
    return [pulumi, "import", "--file", str(file), "--generate-code=false", *options]


@contextmanager
def _started(command: Sequence[str], *inherited: int) -> Iterator[subprocess.Popen[bytes]]:
    """The command; if we go before it does, it is ended as by Ctrl-C and waited for."""
    process = subprocess.Popen(command, pass_fds=inherited)  # noqa: S603  # no shell
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


@contextmanager
def _signals_exit() -> Iterator[None]:
    """Signals that end a process let it clean up; Ctrl-C is Pulumi's, which stops in good order."""
    handlers: Mapping[int, Any] = {
        signal.SIGINT: lambda *_: None,
        **{getattr(signal, name): _exit for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)},
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)
