"""What pages print for programs in other languages than Python, run as a reader would."""

import os
from pathlib import Path

import pytest
from support.cli_engine import Stack
from support.languages import hosts
from support.papers import blocks, commands
from support.posthog_ui import Ui
from support.shell import Shell

from tools.plugin import executable_in

(README,) = blocks("yaml", ["README.md"])
_INSTALL, IMPORT = blocks("console", ["docs/languages.md"])
PROJECT = """\
name: website
runtime: yaml
plugins:
  providers:
    - name: posthog
      path: .
"""


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
