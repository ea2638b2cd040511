import re
from pathlib import Path

import pytest
from support.cli_engine import Stack
from support.example_reader import Reader
from support.posthog_ui import Ui

AGAIN = "pulumi up --skip-preview --expect-no-changes"
DESTROY = "pulumi destroy --skip-preview --remove"


@pytest.mark.parametrize(
    ("name", "projects"),
    [
        ("component", ["Blog", "Shop"]),
        ("quickstart", ["Website"]),
    ],
)
def test_the_readme_brings_an_example_up(
    name: str, projects: list[str], stack: Stack, tmp_path: Path
) -> None:
    """Its commands work as printed; another `up` changes nothing, and all can be destroyed."""
    reader = Reader(name, stack, tmp_path)
    reader.follow()
    there = stack.ui.projects()
    reader.run(AGAIN, DESTROY)

    assert there == projects
    assert stack.ui.projects() == []


def test_two_regions_are_two_servers(stack: Stack, tmp_path: Path, ui: Ui, ui_2025: Ui) -> None:
    """Each provider has its own host and key, and no key is in clear."""
    reader = Reader("two_regions", stack, tmp_path)
    reader.values |= {"usApiKey": ui.tenant.api_key, "euApiKey": ui_2025.tenant.api_key}
    reader.configure(
        {
            "posthog-two-regions:usHost": ui.tenant.url,
            "posthog-two-regions:usOrganizationId": ui.tenant.organization_id,
            "posthog-two-regions:euHost": ui_2025.tenant.url,
            "posthog-two-regions:euOrganizationId": ui_2025.tenant.organization_id,
        }
    )
    reader.follow()
    there = ui.projects(), ui_2025.projects()
    state = reader.state()
    reader.run(AGAIN, DESTROY)

    assert there == (["Website"], ["Website"])
    assert ui.tenant.api_key not in state
    assert ui_2025.tenant.api_key not in state
    assert (ui.projects(), ui_2025.projects()) == ([], [])


def test_the_readme_of_the_rotation_tells_the_requests(
    stack: Stack, tmp_path: Path, ui: Ui
) -> None:
    """A changed quarter leads to the requests in its order; another `up` changes nothing."""
    reader = Reader("rotation", stack, tmp_path)
    listed = re.findall(r"^(?:GET|PATCH|POST|DELETE) \S+", reader.text, re.MULTILINE)
    *first, change, preview, up = reader.commands
    reader.run(*first)
    ui.requests()
    shown = reader.run(change, preview)
    previewed = ui.requests()
    reader.run(up)
    sent = [re.sub(r"(?<=_keys/)\w+", "{key}", line) for line in ui.requests()]
    reader.run(AGAIN, DESTROY)

    assert re.findall(r"(~ 2 to update|\+-2 to replace|2 unchanged)", shown) == [
        "~ 2 to update",
        "+-2 to replace",
        "2 unchanged",
    ]
    assert previewed == []
    assert sorted(sent, key=lambda line: "_keys/" in line) == listed
    assert ui.projects() == []


@pytest.mark.parametrize(
    "name", ["aws_secrets_manager", "github_actions", "kubernetes_secret", "vercel"]
)
def test_the_commands_for_other_clouds(name: str, stack: Stack, tmp_path: Path) -> None:
    """They work as printed; `pulumi up` needs the cloud, so mocks stand in for it elsewhere."""
    reader = Reader(name, stack, tmp_path)
    reader.run(*[command for command in reader.commands if command != "pulumi up"])

    assert re.search(r"quarter +2027-Q1", reader.run("pulumi config"))
