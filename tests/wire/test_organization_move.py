from collections.abc import Iterator

import pytest
from support.fronts import Name
from support.posthog_actions import MOVE, act, another_organization, signed_in
from support.posthog_ui import READ, UPDATE, Ui
from support.wire_engine import StepFailedError, WireEngine

from posthog_pulumi.emulator import Fault
from posthog_pulumi.provider import ProjectProvider


@pytest.fixture
def engine(ui: Ui, front: Name) -> Iterator[WireEngine]:
    """The provider's process, with a key and a session."""
    with WireEngine(ProjectProvider(), signed_in(ui), front=front) as running:
        yield running


@pytest.fixture
def target(ui: Ui) -> str:
    """Another organization of the same owner."""
    return another_organization(ui)


def test_a_move_keeps_id_data_and_tokens(engine: WireEngine, ui: Ui, target: str) -> None:
    """One request moves it, and from then on it is addressed under the new organization."""
    made = engine.up("web", name="Web", organization_id=ui.tenant.organization_id)
    ui.requests()
    moved = engine.up("web", name="Web", organization_id=target)
    sent = ui.requests()
    engine.up("web", name="Website", organization_id=target)
    path = ui.tenant.requests.all()[-1].path

    assert (moved.step, moved.id) == ("update", made.id)
    assert sent == [MOVE]
    assert moved.outputs["organization"] == target
    assert moved.outputs["api_token"] == made.outputs["api_token"]
    assert path == f"/api/organizations/{target}/projects/{made.id}/"


def test_settings_are_sent_where_it_has_moved_to(engine: WireEngine, ui: Ui, target: str) -> None:
    """A move and a changed setting in one `up` are two requests."""
    engine.up("web", name="Web", organization_id=ui.tenant.organization_id)
    ui.requests()
    engine.up("web", name="Website", organization_id=target)
    last = ui.tenant.requests.all()[-1]

    assert ui.requests() == [MOVE, UPDATE]
    assert target in last.path


@pytest.mark.parametrize(
    ("level", "reason"),
    [
        (None, "You must be a member of the target organization to move a project."),
        (1, "You must be an admin of both the source and target organizations"),
    ],
    ids=["a stranger", "a plain member"],
)
def test_a_refused_move_is_reported_in_posthogs_words(
    engine: WireEngine, ui: Ui, level: int | None, reason: str
) -> None:
    """Nothing is changed, the settings of the same `up` neither."""
    elsewhere = another_organization(ui, level)
    engine.up("web", name="Web", organization_id=ui.tenant.organization_id)
    ui.requests()

    with pytest.raises(StepFailedError) as refused:
        engine.up("web", name="Website", organization_id=elsewhere)

    assert reason in str(refused.value)
    assert ui.requests() == [MOVE]
    assert ui.projects() == ["Web"]


def test_what_a_failure_left_half_done_is_repaired(engine: WireEngine, ui: Ui, target: str) -> None:
    """Moved, but the settings could not be set: the next `up` notices the one and does the rest."""
    made = engine.up("web", name="Web", organization_id=ui.tenant.organization_id)
    path = f"/api/organizations/{target}/projects/*"
    ui.tenant.control.fault(Fault(method="PATCH", path=path, status=400))

    with pytest.raises(StepFailedError, match="was not updated"):
        engine.up("web", name="Website", organization_id=target)
    repaired = engine.up("web", name="Website", organization_id=target)

    assert (repaired.step, repaired.id) == ("update", made.id)
    assert repaired.outputs["organization"] == target
    assert repaired.outputs["name"] == "Website"


# It waits for a minute, below what the fronts have of their own.
@pytest.mark.parametrize("front", ["dynamic"], indirect=True)
@pytest.mark.parametrize("work", [True, False], ids=["after the work", "before the work"])
def test_a_move_whose_response_was_lost(
    engine: WireEngine,
    ui: Ui,
    target: str,
    work: bool,  # noqa: FBT001 - a table's column
) -> None:
    """It is looked for in the target; whatever happened, the next `up` ends with it there."""
    here = ui.tenant.organization_id
    made = engine.up("web", name="Web", organization_id=here)
    ui.fault("POST", "change_organization", drop=True, work=work)
    done = _tried(engine, target) or engine.up("web", name="Web", organization_id=target).outputs

    assert done["organization"] == target
    assert engine.state["web"].id == made.id
    assert engine.up("web", name="Web", organization_id=target).step == "same"


def _tried(engine: WireEngine, target: str) -> dict[str, str] | None:
    try:
        return engine.up("web", name="Web", organization_id=target).outputs
    except StepFailedError:
        return None


def test_a_move_by_hand_is_drift(engine: WireEngine, ui: Ui, target: str) -> None:
    """Refresh finds the project where it now is, and `up` moves it back where it is declared."""
    here = ui.tenant.organization_id
    made = engine.up("web", name="Web", organization_id=here)
    body = {"organization_id": target}
    act(ui, made.id, "change_organization", method="POST", body=body)
    refreshed = engine.refresh("web") or {}
    ui.requests()
    back = engine.up("web", name="Web", organization_id=here)
    sent = ui.requests()

    assert refreshed["organization"] == target
    assert (back.step, back.id) == ("update", made.id)
    assert back.outputs["organization"] == here
    assert sent == [MOVE]


def test_a_move_by_hand_of_a_project_that_names_none_is_followed(
    engine: WireEngine, ui: Ui, target: str
) -> None:
    """The program does not say where it belongs, so it stays where somebody put it."""
    made = engine.up("web", name="Web")
    body = {"organization_id": target}
    act(ui, made.id, "change_organization", method="POST", body=body)
    engine.refresh("web")

    assert engine.up("web", name="Web").step == "same"
    assert engine.state["web"].outputs["organization"] == target


def test_a_move_needs_a_session(ui: Ui, target: str, front: Name) -> None:
    """PostHog lets no key move a project, and the error says so."""
    with WireEngine(ProjectProvider(), signed_in(ui, "sessionId"), front=front) as engine:
        engine.up("web", name="Web", organization_id=ui.tenant.organization_id)
        with pytest.raises(StepFailedError) as refused:
            engine.up("web", name="Web", organization_id=target)

    assert "Set posthog:sessionId" in str(refused.value)
    assert "change_organization" in str(refused.value)
    assert ui.requests()[-1] == MOVE != READ
