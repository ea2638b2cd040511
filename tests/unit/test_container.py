"""The image of the emulator, as far as it can be known without building it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from posthog_pulumi.__main__ import app
from posthog_pulumi.emulator.server import run

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker" / "emulator.Dockerfile").read_text("utf-8")
IGNORE = (ROOT / "docker" / "emulator.Dockerfile.dockerignore").read_text("utf-8").splitlines()


def instructions(name: str) -> list[str]:
    """What follows each instruction of that name, continued lines joined."""
    return re.findall(rf"^{name} (.*)$", TEXT.replace("\\\n", ""), re.MULTILINE)


def test_it_copies_what_there_is() -> None:
    """Each file that it copies exists, and is not ignored."""
    sources = [line.split()[:-1] for line in instructions("COPY") if "--from" not in line]
    copied = {source for line in sources for source in line}

    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert {f"!{source}" for source in copied} <= set(IGNORE)


def test_it_copies_what_the_wheel_needs() -> None:
    """What the package's metadata name is there when it is built."""
    metadata = (ROOT / "pyproject.toml").read_text("utf-8")
    named = set(re.findall(r'"/?(README\.md|LICENSE|CHANGELOG\.md|posthog_pulumi)"', metadata))

    assert named <= set(" ".join(instructions("COPY")).split())


def test_it_is_nobody() -> None:
    """The emulator runs without the rights of root."""
    assert instructions("USER") == ["65534:65534"]


def test_it_starts_the_emulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command is one that the package has, on the port that it exposes, on every address."""
    served: list[Any] = []
    monkeypatch.setattr(run, "run", lambda *arguments, **more: served.append((*arguments, more)))
    program, *command = json.loads(instructions("ENTRYPOINT")[0])
    result = CliRunner().invoke(app, command)
    port, *_, options = served[0]

    assert Path(program).name == "posthog-pulumi"
    assert result.exit_code == 0
    assert instructions("EXPOSE") == [str(port)]
    assert options["host"] == "0.0.0.0"  # noqa: S104 - what a container has
