"""The examples of several stacks."""

import json
import re
from pathlib import Path

from support.cli_engine import Stack
from support.example_reader import Reader
from support.posthog_ui import Ui


def test_a_project_for_each_pull_request(stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """Two stacks have two projects, and one goes with all its events while the other stays."""
    reader = Reader("preview_environments", stack, tmp_path)
    *ups, destroy = reader.commands
    reader.run(*ups)
    there = ui.projects()
    ui.ingest(reader.run("pulumi stack output project_id --stack pr-41").strip())
    reader.run(destroy)

    assert there == ["Website pr-41", "Website pr-42"]
    assert ui.projects() == ["Website pr-42"]
    assert re.findall(r"^pr-\d+", reader.run("pulumi stack ls"), re.MULTILINE) == ["pr-42"]


def test_the_commands_of_the_workflow(stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """An opened pull request gets its project, and a closed one takes it along."""
    reader = Reader("preview_environments", stack, tmp_path)
    install, up, destroy = re.findall(r"^ +- run: (.*)", reader.blocks("yaml")[0], re.MULTILINE)
    key = f"export POSTHOG_API_KEY={ui.tenant.api_key}"
    reader.run(key, "export STACK=pr-7", install, up)
    there = ui.projects()
    reader.run(destroy)

    assert there == ["Website pr-7"]
    assert ui.projects() == []


def test_the_workflow_is_sound(stack: Stack, tmp_path: Path) -> None:
    """GitHub's schema takes it, and an audit of its permissions and pins finds nothing."""
    reader = Reader("preview_environments", stack, tmp_path)
    file = reader.home / ".github" / "workflows" / "preview.yml"
    file.parent.mkdir(parents=True)
    file.write_text(reader.blocks("yaml")[0], encoding="utf-8")
    checked = reader.run(
        f"check-jsonschema --builtin-schema vendor.github-workflows {file}",
        f"zizmor --offline --persona pedantic {file}",
    )

    assert "ok -- validation done" in checked
    assert "No findings to report" in checked


def test_a_token_read_from_another_stack_is_a_secret(stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """It is encrypted in the second stack's state and hidden in its outputs."""
    reader = Reader("stack_reference", stack, tmp_path)
    reader.follow()
    project_id = reader.run("pulumi -C platform stack output project_id").strip()
    token = ui.project(project_id)["api_token"]
    shown = reader.run("pulumi -C app stack output")
    revealed = json.loads(reader.run("pulumi -C app stack output environment --show-secrets"))

    assert '{"POSTHOG_API_TOKEN":"[secret]","POSTHOG_FLAGS_KEY":"[secret]"}' in shown
    assert revealed["POSTHOG_API_TOKEN"] == token
    assert revealed["POSTHOG_FLAGS_KEY"].startswith("phs_")
    assert token not in reader.state()
    assert revealed["POSTHOG_FLAGS_KEY"] not in reader.state()
