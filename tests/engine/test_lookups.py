import re
from typing import Any

import pulumi
import pytest
from support.cli_engine import Stack
from support.posthog_actions import DEMO_DATA, signed_in
from support.posthog_ui import LIST, READ, Ui

from posthog_pulumi import (
    PostHogProject,
    PostHogProvider,
    get_organization,
    get_organization_output,
    get_project,
    get_project_output,
    get_projects,
    get_projects_output,
    is_generating_demo_data,
    is_generating_demo_data_output,
)

TOKEN = re.compile(r"ph[a-z]_\w{6,}")


def configure(stack: Stack, ui: Ui) -> None:
    """The program asks with the stack's configuration."""
    for key, value in signed_in(ui).items():
        stack.configure(f"posthog:{key}", value, secret=key in {"apiKey", "sessionId"})


@pytest.fixture
def project(stack: Stack, ui: Ui) -> str:
    """A project made by hand, which the stack may look at."""
    configure(stack, ui)
    id_ = ui.create(name="By hand", timezone="Europe/Rome")
    ui.requests()
    return id_


def test_every_look_up_works_in_a_preview(stack: Stack, ui: Ui, project: str) -> None:
    """The plain forms return at once, and print no token."""
    found: dict[str, Any] = {}

    def program() -> None:
        by_id, by_name = get_project(project), get_project(name="By hand")
        found.update(
            id=by_id.id,
            same=by_id.uuid == by_name.uuid,
            timezone=by_id.settings["timezone"],
            listed=[item.name for item in get_projects()],
            organization=get_organization().id,
            demo=is_generating_demo_data(project),
        )
        pulumi.export("text", f"{by_id} {get_projects()}")
        pulumi.export("project", by_id)

    shown = stack.preview(program)

    assert found == {
        "id": project,
        "same": True,
        "timezone": "Europe/Rome",
        "listed": ["By hand"],
        "organization": ui.tenant.organization_id,
        "demo": False,
    }
    assert TOKEN.findall(shown.text) == []


def test_every_twin_keeps_its_secrets(stack: Stack, ui: Ui, project: str) -> None:
    """The `_output` forms take Outputs; what may hold a token is a secret as a whole."""

    def program() -> None:
        id_ = pulumi.Output.from_input(project)
        found = get_project_output(id_)
        pulumi.export("project", found.api_token)
        pulumi.export("listed", get_projects_output().apply(lambda all_: all_[0].api_token))
        pulumi.export("organization", get_organization_output().apply(lambda it: it.id))
        pulumi.export("demo", is_generating_demo_data_output(id_))

    done = stack.up(program)
    asked = sorted(stack.requests())

    assert done.outputs == {
        "project": "[secret]",
        "listed": "[secret]",
        "organization": ui.tenant.organization_id,
        "demo": False,
    }
    assert stack.reveal("project") == ui.project(project)["api_token"]
    assert stack.reveal("listed") == ui.project(project)["api_token"]
    assert TOKEN.findall(stack.state_text() + done.text) == []
    assert {READ, LIST, DEMO_DATA} <= set(asked)


def test_results_are_exported_as_objects(stack: Stack, ui: Ui, project: str) -> None:
    """Each token in them is a secret, and nothing else is."""

    def program() -> None:
        pulumi.export("project", get_project(project))
        pulumi.export("organization", get_organization())

    done = stack.up(program)
    token = ui.project(project)["api_token"]

    assert done.outputs["project"] == {**done.outputs["project"], "id": project, "name": "By hand"}
    assert done.outputs["project"]["api_token"] == "[secret]"  # noqa: S105  # what Pulumi shows
    assert done.outputs["project"]["settings"]["timezone"] == "Europe/Rome"
    assert done.outputs["organization"]["id"] == ui.tenant.organization_id
    assert stack.reveal("project")["api_token"] == token
    assert token not in stack.state_text() + done.text


def test_a_token_that_is_looked_up_is_handed_on_as_a_secret(
    stack: Stack, ui: Ui, project: str
) -> None:
    """A resource that takes it has it encrypted in the state."""

    def program() -> None:
        token = get_project(project).api_token
        PostHogProject("web", name="Web", product_description=token)

    done = stack.up(program)
    token = ui.project(project)["api_token"]

    assert [ui.project(web.id)["product_description"] for web in [stack.state()["web"]]] == [token]
    assert token not in stack.state_text() + done.text


def test_look_ups_in_two_regions(stack: Stack, ui: Ui, ui_2025: Ui) -> None:
    """Each asks the region of its provider, also as the child of a parent that has one."""
    ids = [ui.create(name="In the US"), ui_2025.create(name="In the EU")]

    def program() -> None:
        us, eu = (
            PostHogProvider(
                name,
                host=place.tenant.url,
                api_key=pulumi.Output.secret(place.tenant.api_key),
                organization_id=place.tenant.organization_id,
            )
            for name, place in (("us", ui), ("eu", ui_2025))
        )
        parent = pulumi.ComponentResource(
            "my:group:Eu", "group", None, pulumi.ResourceOptions(providers=[eu])
        )
        pulumi.export("us", get_project(ids[0], provider=us).name)
        pulumi.export("eu", get_project_output(ids[1], provider=eu).name)
        pulumi.export("listed", [it.name for it in get_projects(provider=eu)])
        at = pulumi.InvokeOptions(parent=parent)
        pulumi.export("of parent", get_project(ids[1], opts=at).name)

    done = stack.up(program)

    assert done.outputs == {
        "us": "In the US",
        "eu": "[secret]",
        "listed": ["In the EU"],
        "of parent": "In the EU",
    }
    assert stack.reveal("eu") == "In the EU"


def test_a_look_up_by_id_is_known_while_the_project_changes(stack: Stack, ui: Ui) -> None:
    """An update makes a project's own token unknown in the preview; looked up by id it is known."""
    configure(stack, ui)
    known: list[str] = []

    def program(name: str) -> None:
        web = PostHogProject("web", name=name)
        get_project_output(web.id).apply(lambda found: known.append(found.api_token))

    stack.up(lambda: program("Web"))
    known.clear()
    stack.preview(lambda: program("Website"))

    assert known == [ui.project(stack.state()["web"].id)["api_token"]]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["Twin", "Twin"], "all have that name. Look it up by id."),
        (["Other"], "has no project of that name. Check its spelling and organization_id"),
    ],
    ids=["taken twice", "unknown"],
)
def test_a_name_must_be_of_one_project(
    stack_2025: Stack, ui_2025: Ui, names: list[str], message: str
) -> None:
    """The older server takes a name twice; then only the id tells which one is meant."""
    configure(stack_2025, ui_2025)
    made = [ui_2025.create(name=name) for name in names]
    refused = stack_2025.preview(lambda: get_project(name="Twin"), fails=True)

    assert message in refused.text
    assert len(made) == len(names)
    assert "Traceback" not in refused.text


def test_a_missing_project_ends_the_program_with_one_line(stack: Stack, ui: Ui) -> None:
    """The line says what was looked for."""
    configure(stack, ui)
    refused = stack.preview(lambda: get_project("999999"), fails=True)

    assert "project 999999 was not found" in refused.text
    assert "Traceback" not in refused.text
