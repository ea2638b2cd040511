"""States that releases wrote, of which each later one sees no change."""

import json
import os
from pathlib import Path

import pytest

from tools import golden
from tools.stack import PulumiError, Stack

RELEASES = sorted(path.stem for path in golden.GOLDEN.glob("*.json"))


@pytest.fixture(params=RELEASES)
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> Stack:
    """The stack of the program as that release left it; nobody is at home at its PostHog."""
    export = golden.GOLDEN / f"{request.param}.json"
    found = golden.stack(tmp_path, os.environ, configured=export.with_suffix(".yaml"))
    found.ask("stack", "import", "--file", str(export), "--stack", golden.NAME)
    return found


def test_the_state_of_a_release_is_valid(recorded: Stack) -> None:
    """Whoever updates the package sees a preview without changes, and no request is sent."""
    shown = recorded.ask("preview", "--json", "--show-sames", "--stack", golden.NAME)
    steps = {step["urn"].split("::")[-1]: step["op"] for step in json.loads(shown)["steps"]}

    assert {name for name, step in steps.items() if step != "same"} == set()
    assert {"web", "web-secret-token", "plain", "token", "key", "intent"} <= steps.keys()


def test_a_state_without_attributes(recorded: Stack) -> None:
    """What a killed CLI may leave empty beside the state can go: the docs say so."""
    (attributes,) = recorded.folder.glob("state/.pulumi/stacks/**/*.json.attrs")
    attributes.write_text("")
    with pytest.raises(PulumiError, match="failed to load checkpoint: EOF"):
        recorded.ask("cancel", "--yes", "--stack", golden.NAME)
    attributes.unlink()

    assert "unchanged" in recorded.ask("preview", "--stack", golden.NAME)
