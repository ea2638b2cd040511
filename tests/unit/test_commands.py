import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from posthog_pulumi.__main__ import app
from posthog_pulumi.emulator.server import run

PROGRAM = CliRunner()
LOCAL = {"host": "127.0.0.1", "until_eof": False}


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the emulator would be served with."""
    calls: list[Any] = []
    monkeypatch.setattr(run, "run", lambda *arguments, **more: calls.append((*arguments, more)))
    return calls


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ([], (8010, None, "current", LOCAL)),
        (["--port", "0"], (0, None, "current", LOCAL)),
        (["--data", "here"], (8010, Path("here"), "current", LOCAL)),
        (["--server", "docs-2025"], (8010, None, "docs-2025", LOCAL)),
        (["--host", "0.0.0.0"], (8010, None, "current", LOCAL | {"host": "0.0.0.0"})),  # noqa: S104 - what a container has
        (["--until-eof"], (8010, None, "current", LOCAL | {"until_eof": True})),
    ],
)
def test_emulator(served: list[Any], options: list[str], arguments: tuple[Any, ...]) -> None:
    """Without options it is PostHog of 2026 on port 8010, and nothing is kept."""
    result = PROGRAM.invoke(app, ["emulator", *options])

    assert result.exit_code == 0
    assert served == [arguments]


@pytest.mark.parametrize("options", [["--server", "2019"], ["--port", "many"], ["--what"]])
def test_mistake(served: list[Any], options: list[str]) -> None:
    """An option that is not known starts nothing."""
    result = PROGRAM.invoke(app, ["emulator", *options])

    assert result.exit_code == 2
    assert served == []


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Django the message names the extra that brings it, with no traceback."""
    monkeypatch.delitem(sys.modules, "posthog_pulumi.emulator.server.run")
    monkeypatch.setattr(sys, "meta_path", [NoDjango(), *sys.meta_path])
    result = PROGRAM.invoke(app, ["emulator"])

    assert result.exit_code == 1
    assert result.stderr == (
        "The emulator needs django: install the extra posthog-pulumi[emulator].\n"
    )
    assert result.stdout == ""


class NoDjango:
    """Finds no emulator, since its first import does not find Django."""

    def find_spec(self, name: str, *_: object) -> None:
        """As the import system asks."""
        if name == "posthog_pulumi.emulator.server.run":
            raise ModuleNotFoundError("No module named 'django'", name="django")


def test_help() -> None:
    """Without a command the commands are listed."""
    result = PROGRAM.invoke(app, [])

    assert "emulator" in result.output
