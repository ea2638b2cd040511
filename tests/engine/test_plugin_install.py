import os
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from support.cli_engine import ROOT, Stack

from posthog_pulumi.plugin.version import version


def program() -> None:
    """A project, with no plugin on PATH."""
    pulumi.CustomResource("posthog:index:Project", "web", {"name": "Website"})


def command(stack: Stack, *arguments: str) -> str:
    """What the command prints."""
    return subprocess.run(  # noqa: S603  # our own interpreter and package
        [sys.executable, "-m", "posthog_pulumi", *arguments],
        cwd=Path(stack.environ["PULUMI_HOME"]).parent,
        env={**os.environ, **stack.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


@pytest.fixture
def script(stack: Stack) -> Path:
    """What is installed, which finds this tree."""
    stack.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), stack.environ["PYTHONPATH"]])
    command(stack, "install-plugin")
    (script,) = Path(stack.environ["PULUMI_HOME"]).glob("plugins/resource-posthog-*/pulumi-*")
    return script


@pytest.mark.usefixtures("script")
def test_installed_it_runs_quietly(stack: Stack) -> None:
    """Until it is removed, which can be said twice; `doctor` knows which one is there."""
    done = stack.up(program)
    known = command(stack, "doctor", "--stack", stack.name)
    removed = [command(stack, "install-plugin", "--uninstall") for _ in range(2)]
    failed = stack.preview(program, fails=True)

    assert done.steps == {"web": "create"}
    assert "warning" not in done.text
    assert "left over?" not in known
    assert f"\nplugin\t{version()}\n" in known
    assert removed == ["The plugin posthog is removed.\n", "The plugin posthog is not installed.\n"]
    assert "no resource plugin 'pulumi-resource-posthog' found" in failed.text
    assert "run `posthog-pulumi install-plugin`" in command(stack, "doctor")


def test_another_version_is_said(stack: Stack, script: Path) -> None:
    """An environment that has been upgraded since runs, and says so."""
    script.write_text(script.read_text().replace(f"AS={version()}", "AS=0.0.9"))
    done = stack.up(program)

    assert done.steps == {"web": "create"}
    assert f"the plugin posthog 0.0.9 runs posthog-pulumi {version()} now" in done.text


def test_a_removed_environment_is_said(stack: Stack, script: Path) -> None:
    """Its Python is gone: the run fails, and names the command."""
    script.write_text(script.read_text().replace(sys.executable, "/gone/bin/python"))
    failed = stack.preview(program, fails=True)

    assert "posthog-pulumi is gone with /gone/bin/python: run" in failed.text
