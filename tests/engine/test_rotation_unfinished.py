from typing import Any

import pytest
from support.cli_engine import Stack
from support.dependent import EVALUATE, using
from support.posthog_actions import DELETE_BACKUP, ROTATE, backup, secret_token, statuses
from support.posthog_ui import READ, Ui
from support.state_file import tokens

pytestmark = pytest.mark.usefixtures("session_on_stack")


def test_a_dependent_that_fails_keeps_both_tokens(stack: Stack, ui: Ui) -> None:
    """While somebody could not move, nothing is deleted; the next `up` ends the old one."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    stack.requests()
    stack.up(using("Q4", fails=True), fails=True)
    failed = stack.requests()
    new = secret_token(ui, id_)
    meanwhile = statuses(ui, id_, old, new)
    stack.requests()
    finished = stack.up(using("Q4"))
    sent = stack.requests()

    assert failed == [READ, ROTATE]
    assert meanwhile == [200, 200]
    assert finished.steps == {
        "web": "same",
        "web-secret-token": "delete-replaced",
        "user": "update",
    }
    assert sent == [EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert secret_token(ui, id_) == new
    assert statuses(ui, id_, old, new) == [401, 200]


def test_a_refresh_leaves_the_old_half_as_it_was(stack: Stack, ui: Ui) -> None:
    """The old half keeps its own token, or its deletion would end the new one."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    stack.up(using("Q4", fails=True), fails=True)
    new = secret_token(ui, id_)
    stack.refresh()
    recorded = tokens(stack, "web-secret-token")
    stack.requests()
    stack.up(using("Q4"))

    assert recorded == {True: old, False: new}
    assert stack.requests() == [EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert statuses(ui, id_, old, new) == [401, 200]


def test_destroying_an_unfinished_rotation_sends_no_token_request(stack: Stack, ui: Ui) -> None:
    """Both tokens go with their project."""
    stack.up(using("Q3"))
    stack.up(using("Q4", fails=True), fails=True)
    stack.requests()
    stack.destroy()
    sent = stack.requests()

    assert ROTATE not in sent
    assert stack.state() == {}
    assert ui.projects() == []


@pytest.mark.parametrize(
    ("fault", "asked"),
    [
        ({"drop": True, "work": True}, [READ, ROTATE, READ]),
        ({"status": 500}, [READ, ROTATE, READ, ROTATE]),
    ],
    ids=["cut after the work", "failed before it"],
)
def test_a_lost_response_mints_one_token(
    stack: Stack,
    ui: Ui,
    fault: dict[str, Any],
    asked: list[str],
) -> None:
    """A look at the project tells whether the rotation happened; only if not is it repeated."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    stack.requests()
    ui.fault("PATCH", "rotate_secret_token", **fault)
    stack.up(using("Q4"))
    sent = stack.requests()
    new = secret_token(ui, id_)

    assert sent == [*asked, EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert stack.state()["user"].outputs["statuses"] == [200, 200]
    assert tokens(stack, "web-secret-token") == {False: new}
    assert statuses(ui, id_, old, new) == [401, 200]


def test_what_a_lost_rotation_made_is_adopted(stack: Stack, ui: Ui) -> None:
    """Where PostHog could not even be looked at, the next `up` finds the new token and uses it."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    ui.fault("PATCH", "rotate_secret_token", drop=True, work=True)
    ui.fault("GET", skip=1, times=None, drop=True)
    lost = stack.up(using("Q4"), fails=True)
    ui.tenant.control.clear_faults()
    new = secret_token(ui, id_)
    kept = backup(ui, id_)
    stack.requests()
    adopted = stack.up(using("Q4"))

    assert "was not rotated" in lost.errors[0]
    assert kept == old
    assert adopted.steps == {"web": "same", "web-secret-token": "replace", "user": "update"}
    assert stack.requests() == [READ, EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert tokens(stack, "web-secret-token") == {False: new}
    assert statuses(ui, id_, old, new) == [401, 200]
