import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pulumi import automation as auto
from support.cli_engine import ROOT, Stack
from support.posthog_ui import Ui

EXAMPLES = sorted(path.parent.name for path in ROOT.glob("examples/*/__main__.py"))
SECRETS = {"usApiKey", "euApiKey"}


class Example:
    """A copy of the examples, one of which is run as its reader would run it."""

    def __init__(self, name: str, folder: Path, environ: dict[str, str]) -> None:
        copy = folder / "copy"
        shutil.copytree(ROOT / "examples", copy / "examples")
        shutil.copy(ROOT / "Pulumi.yaml", copy)
        program = copy / "examples" / name
        home = next(place for place in (program, copy) if (place / "Pulumi.yaml").exists())
        variables = {
            **environ,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
        }
        options = auto.LocalWorkspaceOptions(env_vars=variables)
        self.stack = auto.create_stack("example", work_dir=str(home), opts=options)

    def configure(self, values: dict[str, str]) -> None:
        """Set the stack's configuration."""
        given = {key: auto.ConfigValue(text, key in SECRETS) for key, text in values.items()}
        self.stack.set_all_config(given)

    def up(self) -> dict[str, int]:
        """Apply; how many resources were created, changed or left as they are."""
        return _by_name(self.stack.up(color="never").summary.resource_changes)

    def preview(self) -> dict[str, int]:
        """How many resources would be created, changed or left as they are."""
        return _by_name(self.stack.preview(color="never").change_summary)


def _by_name(changes: Mapping[auto.OpType, int] | None) -> dict[str, int]:
    return {str(getattr(kind, "value", kind)): count for kind, count in (changes or {}).items()}


@pytest.fixture
def environ(stack: Stack, ui: Ui) -> dict[str, str]:
    """A reader's environment: the account of the test, with a session."""
    return {**stack.environ, "POSTHOG_SESSION_ID": ui.tenant.session_id}


@pytest.fixture
def values(ui: Ui, ui_2025: Ui) -> dict[str, dict[str, str]]:
    """The configuration that an example asks for."""
    return {
        "two_regions": {
            "usHost": ui.tenant.url,
            "usApiKey": ui.tenant.api_key,
            "usOrganizationId": ui.tenant.organization_id,
            "euHost": ui_2025.tenant.url,
            "euApiKey": ui_2025.tenant.api_key,
            "euOrganizationId": ui_2025.tenant.organization_id,
        }
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_works(
    name: str, tmp_path: Path, environ: dict[str, str], values: dict[str, dict[str, str]], ui: Ui
) -> None:
    """Every example previews, comes up, is unchanged on a second `up` and can be destroyed."""
    example = Example(name, tmp_path, environ)
    example.configure(values.get(name, {}))
    shown = set(example.preview())
    made = set(example.up())
    there = ui.projects()
    again = set(example.up())
    example.stack.destroy(color="never")

    assert (shown, made, again) == ({"create"}, {"create"}, {"same"})
    assert there == ["Website"]
    assert ui.projects() == []


def test_two_regions_are_two_servers(
    tmp_path: Path,
    environ: dict[str, str],
    values: dict[str, dict[str, str]],
    ui: Ui,
    ui_2025: Ui,
) -> None:
    """Each provider of `examples/two_regions` has its own host and key, and no key is in clear."""
    example = Example("two_regions", tmp_path, environ)
    example.configure(values["two_regions"])
    example.up()
    state = "".join(path.read_text() for path in (tmp_path / "state").rglob("*.json"))

    assert (ui.projects(), ui_2025.projects()) == (["Website"], ["Website"])
    assert ui.tenant.api_key not in state
    assert ui_2025.tenant.api_key not in state


def test_the_readme_of_the_rotation_tells_the_requests(
    tmp_path: Path, environ: dict[str, str], ui: Ui
) -> None:
    """The order of requests in the README is the one that a changed quarter leads to."""
    text = (ROOT / "examples" / "rotation" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(?:GET|PATCH|POST|DELETE) \S+", text, re.MULTILINE)
    example = Example("rotation", tmp_path, environ)
    example.up()
    ui.requests()
    example.configure({"quarter": "2027-Q1"})
    shown = example.preview()
    previewed = ui.requests()
    example.up()
    sent = [re.sub(r"(?<=_keys/)\w+", "{key}", line) for line in ui.requests()]

    assert shown == {"same": 2, "replace": 2, "update": 2}
    assert previewed == []
    assert sorted(sent, key=lambda line: "_keys/" in line) == listed
