"""Ctrl-C, as a terminal sends it to the real CLI, and a CLI that is killed."""

import os
import signal
from pathlib import Path

import pytest
from support.crash_ground import apply, five_projects
from support.posthog_ui import CREATE, LIST, Ui

from tools.stack import Stack

CANCELLING = "^C received; cancelling"


@pytest.fixture
def five(tmp_path: Path, ui: Ui, _pulumi_on_path: None) -> Stack:
    """A stack for five projects, none of which is made yet."""
    return five_projects(tmp_path, ui.tenant.environ, "current")


def test_ctrl_c_ends_a_wait(five: Stack, ui: Ui) -> None:
    """Nobody waits out a rate limit of ten minutes; nothing was made, and each project says so."""
    ui.fault("POST", status=429, headers={"Retry-After": "600"}, times=None)
    up = apply(five, "up")
    up.until(ui.requests)
    up.interrupt()
    code = up.wait()

    assert code != 0
    assert "'plain' was not created: the run was cancelled while it waited." in up.text
    assert up.left() == []
    assert ui.projects() == []


def test_ctrl_c_ends_a_look(five: Stack, ui: Ui) -> None:
    """Where the search for a lost create was cut short, the error says that it may exist."""
    ui.fault("POST", drop=True, times=None)
    up = apply(five, "up")
    up.until(lambda: LIST in ui.requests())
    up.interrupt()
    code = up.wait()

    assert code != 0
    assert "the run was cancelled while it waited. A project called 'plain' may exist" in up.text
    assert up.left() == []


def test_a_second_ctrl_c_ends_what_the_first_leaves(five: Stack, ui: Ui) -> None:
    """A response that does not come to its end is no wait of ours: Pulumi ends it at the second."""
    ui.fault("POST", status=201, body="{" + " " * 1000, drip=1, times=None)
    up = apply(five, "up")
    up.until(ui.requests)
    up.interrupt()
    up.until(lambda: CANCELLING in up.text)
    up.interrupt()
    code = up.wait()

    assert code != 0
    assert up.left() == []


def test_a_killed_cli_leaves_nothing_that_acts(five: Stack, ui: Ui) -> None:
    """A provider that waits for its turn ends with its engine, and sends nothing any more."""
    ui.fault("POST", status=429, headers={"Retry-After": "2"}, times=5)
    up = apply(five, "up")
    up.until(lambda: CREATE in ui.requests())
    os.kill(up.pid, signal.SIGKILL)
    up.wait()
    left = up.left()

    assert left == []
    assert ui.projects() == []
