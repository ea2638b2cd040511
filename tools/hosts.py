"""Find the hosts of YAML, TypeScript and Go programs or build them, and print the folder for PATH.

Pulumi's own installation has them beside ``pulumi``. Else they are built from Go modules, once, in
``.pulumi/bin`` of the repository. Progress goes to stderr. ``python -m tools.hosts`` at the root
needs Python 3.11 and nothing else.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools import pulumi_cli as cli

SDK, YAML = cli.SDK, "github.com/pulumi/pulumi-yaml"

MODULES = {
    f"{YAML}/cmd/pulumi-language-yaml": ("yaml", YAML),
    f"{SDK}/nodejs/cmd/pulumi-language-nodejs": ("nodejs_go", SDK),
    f"{SDK}/go/pulumi-language-go": ("nodejs_go", SDK),
}
"""By the command: the folder that pins it, and the module that it is in."""

NAMES = [command.rpartition("/")[2] for command in MODULES]

NO_WAY = (
    "No hosts of YAML, TypeScript and Go programs. Install Pulumi, which has them"
    " (https://www.pulumi.com/docs/iac/download-install/), or Go 1.25 to have them built here."
)


def pin() -> str:
    """What is built, and by which version."""
    return "\n".join(
        f"{command} {cli.pinned((cli.TOOLS / folder / 'go.mod').read_text(), module)}"
        for command, (folder, module) in MODULES.items()
    )


def complete(folder: Path) -> bool:
    """Whether a folder has every host."""
    return all(os.access(folder / name, os.X_OK) for name in NAMES)


def usable(folder: Path, pinned: str) -> bool:
    """Whether a folder has them, of an installation or built here from what is pinned now."""
    note = folder / "hosts"
    return complete(folder) and (not note.exists() or note.read_text() == pinned)


def build(folder: Path, pinned: str) -> None:
    """Build them, and put them in place when all of them are whole."""
    go = shutil.which("go")
    if not go:
        raise cli.CannotGetError(NO_WAY)
    cli.say("building the hosts takes about 3 minutes on two cores, and happens once.")
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cli.HOME, prefix="unfinished-") as made:
        for command, (module, _) in MODULES.items():
            cli.go_build(go, cli.TOOLS / module, command, Path(made), "-ldflags", "-w -s")
        (folder / "hosts").write_text("unfinished")
        for name in NAMES:
            Path(made, name).replace(folder / name)
    (folder / "hosts").write_text(pinned)


def find(beside: Path) -> Path:
    """The folder of usable hosts: that of the CLI, or one of our own."""
    pinned, ours = pin(), cli.HOME / "bin"
    if usable(beside, pinned):
        return beside
    with cli.alone():
        if not usable(ours, pinned):
            build(ours, pinned)
    return ours


if __name__ == "__main__":
    try:
        print(find(cli.find()))
    except cli.CannotGetError as error:
        sys.exit(f"hosts: {error}")
