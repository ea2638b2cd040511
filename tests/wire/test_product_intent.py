from collections.abc import Iterator
from typing import Any

import pytest
from support.fronts import Name
from support.posthog_actions import ADD_INTENT, COMPLETE_ONBOARDING, act
from support.posthog_ui import READ, Ui
from support.wire_engine import StepFailedError, WireEngine, account

from posthog_pulumi.provider import ProductIntentProvider


@pytest.fixture
def engine(ui: Ui, front: Name) -> Iterator[WireEngine]:
    """The provider's process with a key only."""
    with WireEngine(ProductIntentProvider(), account(ui), front=front) as running:
        yield running


@pytest.fixture
def replay(ui: Ui) -> dict[str, Any]:
    """The arguments of an intent for a project that was made by hand."""
    return {"project_id": ui.create(name="By hand"), "product_type": "session_replay"}


def intents(ui: Ui, project: str) -> dict[str, bool]:
    """The products that somebody means to use, and whether their onboarding is done."""
    found = ui.project(project)["product_intents"]
    return {item["product_type"]: item["onboarding_completed_at"] is not None for item in found}


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ({}, [READ, ADD_INTENT]),
        ({"onboarding_completed": True}, [READ, ADD_INTENT, COMPLETE_ONBOARDING]),
        ({"metadata": {"from": "pulumi"}}, [READ, ADD_INTENT]),
    ],
    ids=["intent", "onboarding done", "with metadata"],
)
def test_declaring(
    engine: WireEngine,
    ui: Ui,
    replay: dict[str, Any],
    declared: dict[str, Any],
    sent: list[str],
) -> None:
    """One request declares the intent, another one completes its onboarding."""
    engine.up("replay", **replay, **declared)
    asked = ui.requests()
    again = engine.up("replay", **replay, **declared)

    assert asked == sent
    assert intents(ui, replay["project_id"]) == {"session_replay": COMPLETE_ONBOARDING in sent}
    assert again.step == "same"
    assert ui.requests() == []


def test_the_onboarding_may_be_completed_later(
    engine: WireEngine, ui: Ui, replay: dict[str, Any]
) -> None:
    """PostHog has no way back: un-declaring a completed onboarding changes nothing."""
    engine.up("replay", **replay)
    ui.requests()
    completed = engine.up("replay", **replay, onboarding_completed=True)
    sent = ui.requests()
    dropped = engine.up("replay", **replay)

    assert (completed.step, sent) == ("update", [READ, ADD_INTENT, COMPLETE_ONBOARDING])
    assert dropped.step in {"same", "update"}
    assert COMPLETE_ONBOARDING not in ui.requests()
    assert intents(ui, replay["project_id"]) == {"session_replay": True}


def test_an_onboarding_completed_in_posthog_is_no_drift(
    engine: WireEngine, ui: Ui, replay: dict[str, Any]
) -> None:
    """Users complete it in PostHog; the program need not follow."""
    engine.up("replay", **replay)
    body = {"product_type": "session_replay"}
    act(ui, replay["project_id"], "complete_product_onboarding", body=body)
    refreshed = engine.refresh("replay") or {}

    assert refreshed["onboarding_completed"] is True
    assert engine.up("replay", **replay).step == "same"


def test_another_product_is_another_intent(engine: WireEngine, replay: dict[str, Any]) -> None:
    """Product and project make up its identity."""
    engine.up("replay", **replay)
    other = {**replay, "product_type": "surveys"}

    assert engine.up("replay", **other).step == "replace"


def test_destroying_only_forgets(engine: WireEngine, ui: Ui, replay: dict[str, Any]) -> None:
    """PostHog cannot take an intent back, so nothing is sent and it stays."""
    engine.up("replay", **replay)
    ui.requests()
    engine.destroy("replay")

    assert ui.requests() == []
    assert intents(ui, replay["project_id"]) == {"session_replay": False}


def test_an_intent_of_a_project_that_is_gone_is_gone(
    engine: WireEngine, ui: Ui, replay: dict[str, Any]
) -> None:
    """Refresh drops it from the state."""
    engine.up("replay", **replay)
    ui.remove(replay["project_id"])

    assert engine.refresh("replay") is None


def test_a_product_that_posthog_does_not_know_is_refused(
    engine: WireEngine, replay: dict[str, Any]
) -> None:
    """Which products there are is the server's to say."""
    with pytest.raises(StepFailedError, match="the product intent 'telepathy' of project"):
        engine.up("replay", **{**replay, "product_type": "telepathy"})
