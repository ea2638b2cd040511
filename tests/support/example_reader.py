"""Somebody who follows the README of an example, in a copy of the examples."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from support.cli_engine import ROOT, Stack
from support.posthog_ui import Ui
from support.shell import terminal

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GAP = re.compile(r"([\w:]+)([ =])\w*…")
"""What a reader puts in: ``posthog:apiKey phx_…``, ``POSTHOG_API_KEY=phx_…``."""
_NO_INDEX = {
    "PIP_NO_INDEX": "1",  # so that `pip install` fails if what is locked does not do
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}
"""Variables with which nothing is fetched."""
_EXPORT = re.compile(r"^export (\w+)=(\S+)", re.MULTILINE)


class Reader:
    """Runs the commands of a README in a shell, as they are printed."""

    def __init__(self, name: str, stack: Stack, folder: Path) -> None:
        copy = folder / "copy"
        unmade = shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml", "node_modules", "sdks")
        shutil.copytree(ROOT / "examples", copy / "examples", ignore=unmade)
        shutil.copy(ROOT / "Pulumi.yaml", copy)
        self.example = copy / "examples" / name
        self.home = copy if name == "quickstart" else self.example
        self.values = _values(stack.ui)
        """What is put in, by the word before it."""
        self._state = folder / "state"
        self._environ = {**os.environ, **stack.environ, **terminal(self._state), **_NO_INDEX}
        del self._environ["POSTHOG_API_KEY"]  # the README says where it belongs

    @property
    def text(self) -> str:
        """The README."""
        return (self.example / "README.md").read_text(encoding="utf-8")

    def blocks(self, language: str = "") -> list[str]:
        """The README's blocks of code in that language."""
        return [text for found, text in _BLOCK.findall(self.text) if found == language]

    @property
    def commands(self) -> list[str]:
        """The README's commands, with this reader's own values."""
        lines = re.findall(r"^\$ (.*)", "".join(self.blocks("console")), re.MULTILINE)
        return [_GAP.sub(self._fill, line) for line in lines]

    def run(self, *commands: str) -> str:
        """Run commands one after the other in one shell; what they print.

        What is exported stays so for the commands to come.
        """
        done = subprocess.run(  # noqa: S603  # what our own READMEs print
            ["bash", "-euo", "pipefail", "-c", "\n".join(commands)],  # noqa: S607  # the reader's own
            cwd=self.home,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        self._environ |= dict(_EXPORT.findall("\n".join(commands)))
        return done.stdout

    def follow(self) -> str:
        """Run all of the README."""
        return self.run(*self.commands)

    def state(self) -> str:
        """All that is on disk of the states of all stacks."""
        files = sorted(self._state.rglob("*.json*"))
        return "".join(path.read_text(encoding="utf-8") for path in files)

    def configure(self, values: Mapping[str, str]) -> None:
        """Have a file with the configuration of the stack `dev` before it is made."""
        lines = [f"  {key}: {json.dumps(value)}\n" for key, value in values.items()]
        text = "".join(["config:\n", *lines])
        (self.home / "Pulumi.dev.yaml").write_text(text, encoding="utf-8")

    def _fill(self, gap: re.Match[str]) -> str:
        return f"{gap[1]}{gap[2]}{self.values.get(gap[1], 'theirs')}"


def _values(ui: Ui) -> dict[str, str]:
    return {
        "posthog:apiKey": ui.tenant.api_key,
        "POSTHOG_API_KEY": ui.tenant.api_key,
        "posthog:sessionId": ui.tenant.session_id,
    }
