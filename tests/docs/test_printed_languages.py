"""What pages print for programs in other languages than Python, run as a reader would."""

import os
from pathlib import Path

import pytest
from support.cli_engine import Stack
from support.languages import hosts
from support.papers import blocks, commands
from support.posthog_ui import Ui
from support.shell import Shell

from tools import sdks
from tools.plugin import IN_THIS_FOLDER, executable_in

(README,) = blocks("yaml", ["README.md"])
(TYPESCRIPT,) = blocks("typescript", ["README.md"])
_INSTALL, IMPORT = blocks("console", ["docs/languages.md"])
PROJECT = f"name: website\nruntime: yaml\n{IN_THIS_FOLDER}"


@pytest.fixture
def shell(stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """In the folder of a program in YAML, which has the plugin."""
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{hosts()}")
    shell = Shell.at(stack, tmp_path / "reader", "yaml", "")
    executable_in(shell.folder)
    (shell.folder / "Pulumi.yaml").write_text(PROJECT, "utf-8")
    shell.run("pulumi stack init dev")
    return shell


def test_first_example(shell: Shell, ui: Ui) -> None:
    """README's program in YAML makes what the one in Python makes."""
    (shell.folder / "Pulumi.yaml").write_text(f"{PROJECT}{README.text}", "utf-8")
    made = shell.run("pulumi up --yes --skip-preview")
    again = shell.run("pulumi up --yes --skip-preview --expect-no-changes")

    assert "+ 3 created" in made
    assert made.count("[secret]") == 2
    assert "3 unchanged" in again
    assert ui.projects() == ["Website"]


def test_first_example_in_typescript(shell: Shell, ui: Ui) -> None:
    """So does the one in TypeScript, which its compiler takes at its strictest."""
    example = sdks.find() / "typescript"
    for name in ("node_modules", "sdks", "package.json", "tsconfig.json"):
        (shell.folder / name).symlink_to(example / name)
    (shell.folder / "index.ts").write_text(TYPESCRIPT.text, "utf-8")
    (shell.folder / "Pulumi.yaml").write_text(PROJECT.replace("yaml", "nodejs", 1), "utf-8")
    wrong = shell.run("node_modules/.bin/tsc --strict --noEmit --project .")
    made = shell.run("pulumi up --yes --skip-preview")

    assert wrong == ""
    assert "+ 3 created" in made
    assert made.count("[secret]") == 2
    assert ui.projects() == ["Website"]


def test_import(shell: Shell, ui: Ui) -> None:
    """Pulumi's own import changes nothing, and prints a program that changes nothing."""
    id_ = ui.create(name="Shop", timezone="Europe/Rome")
    ui.requests()
    (command,) = commands(IMPORT.text)
    place = f"{ui.tenant.organization_id}/{id_}"
    shown = shell.run(command.replace("ORGANIZATION/1234", place))
    program = shown[shown.index("resources:") :]
    (shell.folder / "Pulumi.yaml").write_text(f"{PROJECT}{program}", "utf-8")
    after = shell.run("pulumi preview --expect-no-changes")

    assert "timezone: Europe/Rome" in program
    assert "2 unchanged" in after
    assert {request.split()[0] for request in ui.requests()} == {"GET"}
