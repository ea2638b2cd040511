"""Programs in YAML, TypeScript and Go: their hosts, and their SDKs."""

import subprocess
import sys
from pathlib import Path

from support.cli_engine import ROOT
from support.example_reader import Reader

BY_THE_TOOLS = ("pulumi package add", "npm install")
"""Commands of a README that ``tools.sdks`` stands in for, once for all tests."""


def hosts() -> Path:
    """The folder of the language hosts; if they cannot be had, it says why and fails."""
    return _printed_by("tools.hosts")


def link(reader: Reader, name: str) -> None:
    """Have in the reader's example what those commands bring."""
    made = _printed_by("tools.sdks") / name
    _LINKS[name](made, reader.home)


def _typescript(made: Path, home: Path) -> None:
    for folder in ("node_modules", "sdks"):
        (home / folder).symlink_to(made / folder)


def _go(made: Path, home: Path) -> None:
    """Go builds the SDK again wherever it lies, so it is used where it was built."""
    file = home / "go.mod"
    file.write_text(file.read_text("utf-8").replace("=> ./sdks", f"=> {made}/sdks"), "utf-8")


_LINKS = {"yaml": lambda *_: None, "typescript": _typescript, "go": _go}


def _printed_by(module: str) -> Path:
    command = [sys.executable, "-m", module]
    found = subprocess.run(  # noqa: S603  # our own interpreter and modules
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return Path(found.stdout.strip())
