from collections.abc import Iterator
from typing import Any

import pytest
from support.fronts import Name
from support.posthog_actions import RESET, signed_in
from support.posthog_ui import READ, UPDATE, Ui
from support.wire_engine import StepFailedError, WireEngine

from posthog_pulumi.provider import ProjectProvider


@pytest.fixture
def engine(ui: Ui, front: Name) -> Iterator[WireEngine]:
    """The provider's process, with a key and a session."""
    with WireEngine(ProjectProvider(), signed_in(ui), front=front) as running:
        yield running


def test_a_trigger_is_armed_fired_removed_and_armed_again(engine: WireEngine, ui: Ui) -> None:
    """The first value arms, a changed one fires, removing does nothing."""
    triggers = [None, {"q": 1}, {"q": 1}, None, {"q": 2}, {"q": 3}]
    ups = [engine.up("web", name="Web", rotate_api_token_when_changed=item) for item in triggers]
    tokens = list(dict.fromkeys(up.outputs["api_token"] for up in ups))

    assert [up.step for up in ups] == ["create", "update", "same", "update", "update", "update"]
    assert ui.requests().count(RESET) == 1
    assert tokens[1:] == [ui.project(ups[0].id)["api_token"]]
    assert {up.id for up in ups} == {ups[0].id}


def test_the_reset_is_the_last_request(engine: WireEngine, ui: Ui) -> None:
    """Nothing can fail between the new token and the state."""
    engine.up("web", name="Web", rotate_api_token_when_changed={"q": 1})
    ui.requests()
    engine.up("web", name="Website", rotate_api_token_when_changed={"q": 2})

    assert ui.requests() == [UPDATE, RESET]


def test_settings_that_fail_reset_nothing(engine: WireEngine, ui: Ui) -> None:
    """The token lives on until the whole change goes well."""
    made = engine.up("web", name="Web", rotate_api_token_when_changed={"q": 1})
    ui.requests()
    ui.fault("PATCH", status=400)

    with pytest.raises(StepFailedError):
        engine.up("web", name="Website", rotate_api_token_when_changed={"q": 2})

    assert ui.requests() == [UPDATE]
    assert ui.project(made.id)["api_token"] == made.outputs["api_token"]


@pytest.mark.parametrize(
    ("fault", "asked"),
    [
        ({"drop": True, "work": True}, [READ, RESET, READ]),
        ({"status": 500}, [READ, RESET, READ, RESET]),
    ],
    ids=["cut after the work", "failed before it"],
)
def test_a_lost_response_resets_once(
    engine: WireEngine, ui: Ui, fault: dict[str, Any], asked: list[str]
) -> None:
    """A look tells whether the token changed; only if not is the reset repeated."""
    made = engine.up("web", name="Web", rotate_api_token_when_changed={"q": 1})
    ui.fault("PATCH", "reset_token", **fault)
    ui.requests()
    after = engine.up("web", name="Web", rotate_api_token_when_changed={"q": 2})
    sent = ui.requests()
    live = ui.project(made.id)["api_token"]

    assert sent == asked
    assert after.outputs["api_token"] == live != made.outputs["api_token"]
