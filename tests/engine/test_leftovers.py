"""What a CLI leaves that is killed while PostHog makes projects, on either server."""

import os
import signal
from pathlib import Path

import pytest
from support.crash_end import NAMES
from support.crash_ground import APPLY, apply, five_projects
from support.emulator_api import Api
from support.posthog_ui import CREATE, Ui

from posthog_pulumi.emulator.launcher import ServerName
from tools.stack import PulumiError, Stack

pytestmark = pytest.mark.usefixtures("_pulumi_on_path")


def killed(folder: Path, ui: Ui, server: ServerName) -> Stack:
    """A stack whose first `up` was killed before it heard of the projects that PostHog made."""
    stack = five_projects(folder, ui.tenant.environ, server)
    ui.fault("POST", drip=1, times=None)
    up = apply(stack, "up")
    up.until(lambda: CREATE in ui.requests())
    os.kill(up.pid, signal.SIGKILL)
    up.wait()
    up.left()
    ui.tenant.control.clear_faults()
    stack.ask("cancel", "--yes", "--stack", stack.name)
    return stack


def test_a_leftover_is_named(tmp_path: Path, ui: Ui, api: Api) -> None:
    """Where nobody deleted it, the next `up` says which project has the name, and makes none."""
    stack = killed(tmp_path, ui, "current")
    left = api.key.get(api.projects).json()["results"][0]
    with pytest.raises(PulumiError) as caught:
        stack.ask("up", *APPLY, "--stack", stack.name)

    assert f"project '{left['name']}' was not created" in str(caught.value)
    assert f"It is project {left['id']}." in str(caught.value)
    assert set(ui.projects()) <= set(NAMES)
    assert len(ui.projects()) <= len(NAMES)


def test_an_older_server_takes_the_name_twice(tmp_path: Path, ui_2025: Ui) -> None:
    """Nobody can tell it from a project of somebody else: the docs say to look before `up`."""
    stack = killed(tmp_path, ui_2025, "docs-2025")
    left = ui_2025.projects()
    stack.ask("up", *APPLY, "--stack", stack.name)

    assert left
    assert ui_2025.projects() == sorted([*NAMES, *left])
