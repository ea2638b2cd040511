"""The examples that begin before Pulumi does, or go beyond one program."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

from support.cli_engine import ROOT, Stack
from support.example_reader import Reader
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject


def module(path: str) -> ModuleType:
    """A module of an example."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / "examples" / path)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def without_numbers(text: str) -> list[str]:
    """Its lines, with no number at their ends."""
    return [line.rstrip("0123456789") for line in text.splitlines()]


def test_existing_projects_are_adopted(stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """The README's commands import them, and write the program that the example shows."""
    reader = Reader("adopt", stack, tmp_path)
    shop = ui.create(name="Shop", timezone="Europe/Berlin", base_currency="EUR")
    website = ui.create(
        name="Website",
        app_urls=["https://www.example.com"],
        session_recording_opt_in=True,
        session_recording_sample_rate=0.25,
    )
    tokens = [ui.project(id_)["api_token"] for id_ in (shop, website)]
    ui.requests()
    said = reader.follow()
    sent = ui.requests()
    program = reader.example / "__main__.py"

    assert program.read_text("utf-8") == (ROOT / "examples/adopt/__main__.py").read_text("utf-8")
    assert {request.split()[0] for request in sent} == {"GET"}
    assert [token for token in tokens if token in said + reader.state()] == []
    assert not (reader.example / "import.json").exists()


def test_a_project_for_each_tenant(stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """The script makes, keeps and deletes projects, and prints each step."""
    reader = Reader("automation", stack, tmp_path)
    *_, first, second, destroy, output = reader.commands
    settings = (reader.home / "Pulumi.yaml").read_text("utf-8")
    reader.run(*reader.commands[:2])
    made = reader.run(first)
    grown = reader.run(second)
    there = ui.projects()
    gone = reader.run(destroy)
    token = reader.run(output).strip()

    assert "acme: create project" in made.splitlines()
    assert without_numbers(grown) == without_numbers(reader.blocks()[0])
    assert there == ["acme", "globex", "initech"]
    assert gone.splitlines() == ["globex: delete project"]
    assert ui.projects() == ["acme", "initech"]
    assert token.startswith("phc_")
    assert (reader.home / "Pulumi.yaml").read_text("utf-8") == settings


def test_a_project_moves_into_a_component(stack: Stack) -> None:
    """One that stood in the program by itself keeps its id; only what is new is made."""
    component = module("component/product_analytics.py").ProductAnalytics
    stack.up(lambda: PostHogProject("shop", name="Shop"))
    before = stack.state()["shop"].id
    stack.up(lambda: component("shop", name="Shop", quarter="2026-Q4"))
    resources = json.loads(stack.state_text())["checkpoint"]["latest"]["resources"]
    moved = [entry for entry in resources if entry["type"].endswith("posthog:Project")]

    assert [entry["id"] for entry in moved] == [before]
    assert moved[0]["parent"].endswith("::example:index:ProductAnalytics::shop")
    assert stack.ui.projects() == ["Shop"]
