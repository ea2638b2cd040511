"""The command itself, as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from support.cli_engine import NAME, Stack
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject
from posthog_pulumi.plan.abilities import NEEDS


def doctor(environ: Mapping[str, str], *options: str, folder: Path) -> tuple[int, str, str]:
    """The exit code, what it prints, and what it says beside that."""
    command = [sys.executable, "-m", "posthog_pulumi", "doctor", *options]
    done = subprocess.run(  # noqa: S603  # our own interpreter and package
        command,
        env={**os.environ, **environ},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_one_screen(stack: Stack, ui: Ui, tmp_path: Path) -> None:
    """Without a session no token could be rotated: exit code 1, unless projects are enough."""
    code, shown, _ = doctor(stack.environ, folder=tmp_path)
    lines = dict(line.split("\t", 1) for line in shown.splitlines())
    good_enough, _, _ = doctor(stack.environ, "--need", "projects", folder=tmp_path)

    assert (code, good_enough) == (1, 0)
    assert len(shown.splitlines()) < 40
    assert lines.keys() > NEEDS.keys()
    assert lines["POST …/projects/"] == "yes"
    assert lines["session"] == "none"
    assert ui.tenant.api_key not in shown


def test_as_json(stack_2025: Stack, ui_2025: Ui, tmp_path: Path) -> None:
    """With a session it could; what the stack does not manage is left over; nothing is changed."""
    stack_2025.up(lambda: PostHogProject("web"))
    other = ui_2025.create(name="web")
    stack_2025.configure("posthog:apikey", "x")
    stack_2025.configure("posthog:sessionId", ui_2025.tenant.session_id)
    before = stack_2025.state_text()
    ui_2025.requests()
    code, shown, _ = doctor(stack_2025.environ, "--json", "--stack", NAME, folder=tmp_path)
    found: dict[str, Any] = json.loads(shown)

    assert (code, found["rotation_works"]) == (0, True)
    assert found["server"] == "from before 2026"
    assert [text.split()[1] for text in found["leftovers"]] == [other]
    assert found["unknown_configuration"] == [
        "posthog:apikey is not known; did you mean posthog:apiKey?"
    ]
    assert [text.split(" is ")[0] for text in found["clear_credentials"]] == ["posthog:sessionId"]
    assert ui_2025.tenant.session_id not in shown
    assert {line.split()[0] for line in ui_2025.requests()} == {"GET"}
    assert stack_2025.state_text() == before


def test_without_a_key(tmp_path: Path) -> None:
    """One line says what to set."""
    code, shown, said = doctor({}, folder=tmp_path)

    assert (code, shown) == (1, "")
    assert said.startswith("No PostHog credential is configured")
    assert said.count("\n") == 1
