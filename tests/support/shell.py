"""A reader's shell: what a page prints is run there as it stands."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from support.cli_engine import Stack
from support.papers import ROOT

_PLACEHOLDER: Final = re.compile(r"(?:phx_)?…")
"""What a reader replaces by a key or a session of their own."""


def terminal(state: Path) -> dict[str, str]:
    """Variables for where nobody is asked, and this Python is the first one."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_SKIP_CONFIRMATIONS": "true",
    }


@dataclass(frozen=True)
class Shell:
    """A shell in the folder of a program, whose Pulumi keeps its state beside it."""

    folder: Path
    environ: dict[str, str]

    @classmethod
    def at(cls, stack: Stack, folder: Path, example: str, program: str | None = None) -> Self:
        """A copy of an example in that folder, perhaps with another program."""
        shutil.copytree(ROOT / "examples" / example, folder, dirs_exist_ok=True)
        if not (folder / "Pulumi.yaml").exists():
            (folder / "Pulumi.yaml").write_text(f"name: {example}\nruntime: python\n", "utf-8")
        if program is not None:
            (folder / "__main__.py").write_text(program, "utf-8")
        state = folder.with_name("backend")
        state.mkdir()
        return cls(folder, {**os.environ, **stack.environ, **terminal(state)})

    def run(self, *lines: str, values: tuple[str, ...] = (), stdin: str = "") -> str:
        """Run lines of a page, the next value in each placeholder's place; what they print."""
        rest = iter(values)
        script = _PLACEHOLDER.sub(lambda _: next(rest), "\n".join(lines))
        done = subprocess.run(  # noqa: S603  # what our own pages print
            ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607  # the reader's shell
            cwd=self.folder,
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
