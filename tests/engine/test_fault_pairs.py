"""Pairs of the fault matrix on the real engine: what users see, and what is left in the end."""

import pytest
from support.cli_engine import Stack
from support.dependent import EVALUATE, using
from support.posthog_actions import DELETE_BACKUP, ROTATE, secret_token, statuses
from support.posthog_ui import CREATE, DELETE, READ, UPDATE, Ui
from support.state_file import tokens

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey
from posthog_pulumi.emulator import Fault


def web() -> None:
    """A project that may be destroyed."""
    PostHogProject("web", force_destroy=True)


def berlin() -> None:
    """The same with a setting."""
    PostHogProject("web", force_destroy=True, timezone="Europe/Berlin")


def test_a_create_that_is_done_after_the_504(stack_2025: Stack, ui_2025: Ui) -> None:
    """Where a name may be taken twice, one `up` makes one project, and the next changes nothing."""
    ui_2025.fault("POST", status=504, work_later=2)
    made = stack_2025.up(web)
    sent = stack_2025.requests()
    again = stack_2025.up(web)

    assert (made.steps, again.steps) == ({"web": "create"}, {"web": "same"})
    assert sent.count(CREATE) == 1
    assert ui_2025.projects() == ["web"]
    assert stack_2025.state()["web"].outputs["name"] == "web"


@pytest.mark.usefixtures("session_on_stack")
def test_a_rotation_that_is_done_after_the_504(stack: Stack, ui: Ui) -> None:
    """One token is minted; who uses it moves while the old one still works, which then ends."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    ui.fault("PATCH", "rotate_secret_token", status=504, work_later=2)
    stack.requests()
    stack.up(using("Q4"))
    sent = stack.requests()
    new = secret_token(ui, id_)

    assert sent.count(ROTATE) == 1
    assert sent[-4:] == [EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert stack.state()["user"].outputs["statuses"] == [200, 200]
    assert tokens(stack, "web-secret-token") == {False: new}
    assert statuses(ui, id_, old, new) == [401, 200]


def test_an_update_whose_response_a_proxy_replaced(stack: Stack, ui: Ui) -> None:
    """It is looked up and not sent a second time."""
    stack.up(web)
    ui.fault("PATCH", status=502, garbage=True, work=True)
    stack.requests()
    changed = stack.up(berlin)
    sent = stack.requests()

    assert changed.steps == {"web": "update"}
    assert sent.count(UPDATE) == 1
    assert ui.project(stack.state()["web"].id)["timezone"] == "Europe/Berlin"
    assert stack.preview(berlin).steps == {"web": "same"}


def test_a_refresh_that_a_proxy_refuses(stack: Stack, ui: Ui) -> None:
    """A 404 that is not PostHog's own is an error; the project stays in the state."""
    stack.up(web)
    before = stack.state()
    ui.fault("GET", status=404, garbage=True, times=None)
    refused = stack.refresh(fails=True)
    ui.tenant.control.clear_faults()

    assert "text/html instead of PostHog's JSON" in refused.errors[0]
    assert "\n" not in refused.errors[0]
    assert stack.state() == before
    assert stack.preview(web).steps == {"web": "same"}


def test_a_delete_whose_response_is_cut_off(stack: Stack, ui: Ui) -> None:
    """It is looked up; what is gone is gone, and the destroy is done."""
    stack.up(web)
    ui.fault("DELETE", drop=True, work=True)
    stack.requests()
    stack.destroy()
    sent = stack.requests()

    assert sent.count(DELETE) == 1
    assert (stack.state(), ui.projects()) == ({}, [])


def test_a_key_whose_value_is_lost(stack: Stack, ui: Ui) -> None:
    """The key that nobody knows is deleted; the one that is made instead works."""

    def program() -> None:
        project = PostHogProject("web")
        PostHogProjectSecretApiKey(
            "key", project_id=project.id, label="flags", scopes=["feature_flag:read"]
        )

    fault = Fault(method="POST", path="/api/projects/**", drop=True, work=True)
    ui.tenant.control.fault(fault)
    stack.up(program)
    sent = [line.split()[0] for line in stack.requests() if "secret_api_keys" in line]
    id_ = stack.state()["web"].id

    assert sent == ["POST", "GET", "DELETE", "POST"]
    assert statuses(ui, id_, tokens(stack, "key", "value")[False]) == [200]
