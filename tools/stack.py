"""Run the real Pulumi CLI on one stack, with everything it keeps inside one folder."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from subprocess import PIPE, STDOUT, run
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUIET = {
    "PULUMI_SKIP_UPDATE_CHECK": "true",
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
    "PULUMI_PYTHON_CMD": sys.executable,
}

PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE"  # noqa: S105 - the name of a variable


class PulumiError(Exception):
    """Pulumi refused; what it printed is the message, or has been shown already."""


def hermetic(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment for a Pulumi that keeps to a folder, whatever the caller's own is set to."""
    foreign = {name for name in environ if name.startswith("PULUMI_") and name != PASSPHRASE}
    return {
        PASSPHRASE: "demo",
        **{name: value for name, value in environ.items() if name not in foreign},
        **QUIET,
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
    }


@dataclass(frozen=True)
class Stack:
    """A stack of the project in ``program``; its state lies in ``folder``."""

    program: Path
    folder: Path
    environ: Mapping[str, str]
    name: str = "demo"
    settings: Mapping[str, str] = field(default_factory=dict)
    """Variables of Pulumi's own, such as ``PULUMI_SKIP_CHECKPOINTS``."""

    def show(self, *arguments: str) -> None:
        """Run a command of Pulumi for the user to watch."""
        command = ["pulumi", *arguments, "--stack", self.name]
        done = run(command, cwd=self.program, env=self.variables, check=False)
        if done.returncode:
            raise PulumiError

    def ask(self, *arguments: str) -> str:
        """Run a command of Pulumi and return what it prints."""
        done = run(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=self.program,
            env=self.variables,
            check=False,
            stdout=PIPE,
            stderr=STDOUT,
            text=True,
        )
        if done.returncode:
            raise PulumiError(done.stdout)
        return done.stdout

    def select(self) -> None:
        """Make the stack, unless it is there, and free it from an update that was killed."""
        (self.folder / "state").mkdir(parents=True, exist_ok=True)
        self.ask("stack", "select", "--create", self.name)
        if any((self.folder / "state").glob(f".pulumi/locks/**/{self.name}/*.json")):
            self.ask("cancel", "--yes", "--stack", self.name)

    def outputs(self, *options: str) -> dict[str, object]:
        """The stack's outputs, secrets as ``[secret]`` unless ``--show-secrets`` is given."""
        text = self.ask("stack", "output", "--json", "--stack", self.name, *options)
        return dict(json.loads(text))

    @property
    def variables(self) -> dict[str, str]:
        """The environment of every command."""
        return hermetic(self.environ, self.folder) | dict(self.settings)
