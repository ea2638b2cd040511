import pytest
from support.cli_engine import Program, Stack
from support.native_resources import RESOURCES, Resources
from support.posthog_actions import MOVE, act, another_organization
from support.posthog_ui import READ, Ui

pytestmark = pytest.mark.usefixtures("session_on_stack")


def web_in(organization: str, resources: Resources = RESOURCES["dynamic"]) -> Program:
    """A project in that organization."""
    return lambda: resources.project("web", name="Web", organization_id=organization)


def test_a_project_moves_in_place(stack: Stack, ui: Ui) -> None:
    """The preview shows an update and sends nothing; id and tokens stay; later all goes there."""
    target = another_organization(ui)
    stack.up(web_in(ui.tenant.organization_id))
    id_ = stack.state()["web"].id
    token = ui.project(id_)["api_token"]
    stack.requests()
    shown = stack.preview(web_in(target))
    previewed = stack.requests()
    moved = stack.up(web_in(target))
    sent = stack.requests()
    again = stack.up(web_in(target))
    stack.refresh()
    asked = ui.tenant.requests.all(f"{target}/projects/{id_}/")
    stored = ui.tenant.control.send("GET", f"projects/{id_}")

    assert (shown.steps, shown.changes) == ({"web": "update"}, ["~ organization_id"])
    assert previewed == []
    assert (moved.steps, sent) == ({"web": "update"}, [MOVE])
    assert again.steps == {"web": "same"}
    assert stack.state()["web"].id == id_
    assert (stored["organization"], stored["api_token"]) == (target, token)
    assert [request.method for request in asked] == ["GET"]


def test_a_project_moved_by_hand_is_moved_back(stack: Stack, ui: Ui, resources: Resources) -> None:
    """Refresh shows where it now is; `up` brings it to where the program says."""
    here, elsewhere = ui.tenant.organization_id, another_organization(ui)
    stack.up(web_in(here, resources))
    id_ = stack.state()["web"].id
    body = {"organization_id": elsewhere}
    act(ui, id_, "change_organization", method="POST", body=body)
    refreshed = stack.refresh()
    found = stack.state()["web"].outputs["organization"]
    stack.requests()
    shown = stack.preview(web_in(here, resources))
    back = stack.up(web_in(here, resources))
    sent = stack.requests()

    assert (refreshed.steps, found) == ({"web": "update"}, elsewhere)
    assert shown.changes == ["~ organization_id"]
    assert (back.steps, sent) == ({"web": "update"}, [MOVE])
    assert ui.project(id_)["organization"] == here
    assert READ not in sent
