"""``posthog-pulumi import`` as a user runs it, with Pulumi's own commands around it."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

from posthog_pulumi.models.settings import SETTINGS
from support.cli_engine import Program, Stack
from support.posthog_ui import Ui
from support.setting_values import GOOD

NAMES = (
    "Website",
    "Website!",  # the same name in Pulumi
    'The "best" site\'s \\ shop',
    "Two\nlines",
    "Größe ✨ 東京",
    "東京",
    "3D",
    "class",
    "import",
    "print",
    "Website secret token",  # what the token of the first is called in Pulumi
    "x" * 200,
)
"""Names that need care in Python, in Pulumi, or in both."""

_INTERRUPTED = """#!{python}
import json, os, pathlib, subprocess, sys
arguments = sys.argv[1:]
if arguments[0] != "import":
    os.execv({pulumi!r}, ["pulumi", *arguments])
at = arguments.index("--file") + 1
asked = json.loads(pathlib.Path(arguments[at]).read_text())
asked["resources"] = [one for one in asked["resources"] if one.get("id") == {id!r}]
part = pathlib.Path(__file__).with_name("part.json")
part.write_text(json.dumps(asked))
arguments[at] = str(part)
if asked["resources"]:
    subprocess.run([{pulumi!r}, *arguments], check=True)
sys.exit(130)
"""
"""A ``pulumi`` that imports a part of what it is given."""


def populate(ui: Ui, server: str) -> list[str]:
    """Projects of these names, which share all settings of the server among them; their ids."""
    once = {"name", "is_demo"}
    settings = [
        (name, value)
        for name, value in GOOD.items()
        if name not in once and SETTINGS[name].only_on in {None, server}
    ]
    ids = [ui.create(name=name, is_demo=name == "import") for name in NAMES]
    for number, id_ in enumerate(ids):
        ui.change(id_, **dict(settings[number :: len(ids)]))
    ui.requests()
    return ids


class Adopting:
    """A user's folder with a Pulumi project, whose stack is the test's."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        self.stack = stack
        self.folder = folder
        self.file = folder / "import.json"
        self.program_file = folder / "posthog_projects.py"

    def posthog_pulumi(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run ``posthog-pulumi import``, which must end with that code."""
        command = [sys.executable, "-m", "posthog_pulumi", "import", *arguments]
        return self._run(command, code)

    def pulumi(self, *arguments: str) -> str:
        """Run a command of Pulumi's; what it prints."""
        done = self._run(["pulumi", *arguments, "--stack", self.stack.name], 0)
        return done.stdout + done.stderr

    def import_file(self, *options: str) -> str:
        """Run what ``posthog-pulumi import`` says that comes next."""
        file = ["--file", self.file.name, "--generate-code=false", *options]
        return self.pulumi("import", *file, "--yes")

    def end_imports_after(self, id_: str) -> None:
        """Let ``pulumi import`` bring the project of that id alone, and end as by Ctrl-C."""
        folder = self.folder / "interrupted"
        folder.mkdir(exist_ok=True)
        path = self.stack.environ.get("PATH", os.environ["PATH"]).split(os.pathsep)
        real = shutil.which(
            "pulumi", path=os.pathsep.join(item for item in path if item != str(folder))
        )
        command = folder / "pulumi"
        command.write_text(_INTERRUPTED.format(python=sys.executable, pulumi=real, id=id_))
        command.chmod(0o700)
        self.stack.environ["PATH"] = os.pathsep.join([str(folder), os.environ["PATH"]])

    def check(self, tool: str, *arguments: str) -> str:
        """Run a tool of Python's on the program; what it finds."""
        return self._run([sys.executable, "-m", tool, *arguments, self.program_file.name], 0).stdout

    @property
    def program(self) -> Program:
        """The program that was written."""
        return self.program_of(self.program_file.name)

    def program_of(self, *files: str) -> Program:
        """One program that runs these files."""

        def program() -> None:
            for name in files:
                runpy.run_path(str(self.folder / name))

        return program

    def _run(self, command: list[str], code: int) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603  # our own commands
            command,
            cwd=self.folder,
            env={**os.environ, **self.stack.environ},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done
