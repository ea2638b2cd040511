from collections.abc import Iterator
from typing import Any

import pytest
from support.fronts import Name
from support.posthog_actions import (
    DELETE_BACKUP,
    ROTATE,
    backup,
    press,
    rotate_by_hand,
    secret_token,
    signed_in,
    statuses,
)
from support.posthog_ui import READ, Ui
from support.wire_engine import UNKNOWN, StepFailedError, WireEngine

from posthog_pulumi.provider import SecretTokenProvider


@pytest.fixture
def engine(ui: Ui, front: Name) -> Iterator[WireEngine]:
    """The provider's process, with a key and a session."""
    with WireEngine(SecretTokenProvider(), signed_in(ui), front=front) as running:
        yield running


@pytest.fixture
def project(ui: Ui) -> str:
    """A project made by hand."""
    return ui.create(name="By hand")


def test_a_trigger_is_armed_fired_removed_and_armed_again(
    engine: WireEngine, ui: Ui, project: str
) -> None:
    """The first value arms, a changed one fires, removing does nothing, another one arms anew."""
    triggers = [None, {"q": 1}, {"q": 1}, None, {"q": 2}, {"q": 2, "incident": 7}]
    steps = [
        engine.up("token", project_id=project, rotate_when_changed=trigger).step
        for trigger in triggers
    ]

    assert steps == ["create", "update", "same", "update", "update", "replace"]
    assert ui.requests() == [READ, ROTATE]


@pytest.mark.parametrize(
    ("trigger", "replaces"),
    [
        ({"q": 1}, []),
        ({"q": 2}, ["rotate_when_changed"]),
        ({"q": UNKNOWN}, ["rotate_when_changed"]),
        (None, []),
    ],
    ids=["same", "changed", "not computed yet", "removed"],
)
def test_what_replaces(
    engine: WireEngine, project: str, trigger: dict[str, Any] | None, replaces: list[str]
) -> None:
    """A trigger that is not computed yet may turn out to be changed, so the preview says so."""
    engine.up("token", project_id=project, rotate_when_changed={"q": 1})
    news, _ = engine.check({"project_id": project, "rotate_when_changed": trigger}, {"a": "b"})
    response = engine.diff("token", news)

    assert list(response.replaces) == replaces


def test_an_unknown_trigger_that_is_new_only_arms(engine: WireEngine, project: str) -> None:
    """Nothing can fire where nothing was armed, so a first unknown value is an update."""
    engine.up("token", project_id=project)
    response = engine.diff("token", {"project_id": project, "rotate_when_changed": {"q": UNKNOWN}})

    assert list(response.replaces) == []


@pytest.mark.parametrize(
    ("fault", "asked"),
    [
        ({"drop": True, "work": True}, [READ, ROTATE, READ]),
        ({"status": 500}, [READ, ROTATE, READ, ROTATE]),
    ],
    ids=["cut after the work", "failed before it"],
)
def test_a_lost_response_to_the_first_mint(
    engine: WireEngine, ui: Ui, project: str, fault: dict[str, Any], asked: list[str]
) -> None:
    """The first token is minted once, too: a project that now has one says that it was."""
    ui.fault("PATCH", "rotate_secret_token", **fault)
    made = engine.up("token", project_id=project)

    assert ui.requests() == asked
    assert made.outputs["token"] == secret_token(ui, project)
    assert backup(ui, project) is None


def test_a_slow_rotation_is_not_repeated(engine: WireEngine, ui: Ui, project: str) -> None:
    """A server error is looked into as well: a rotation that did happen is not done again."""
    ui.fault("PATCH", "rotate_secret_token", status=502, work=True)
    engine.up("token", project_id=project)

    assert ui.requests() == [READ, ROTATE, READ]


def test_throttling_is_waited_out(engine: WireEngine, ui: Ui, project: str) -> None:
    """A rate limit did nothing, so the rotation is sent again, after another look."""
    ui.fault("PATCH", "rotate_secret_token", status=429, headers={"Retry-After": "1"})
    engine.up("token", project_id=project)

    assert ui.requests() == [READ, ROTATE, READ, ROTATE]


def test_the_first_mint_may_be_refused(engine: WireEngine, ui: Ui, project: str) -> None:
    """Where PostHog deprecates the token, its own words name the secret API key as the way on."""
    organization = f"organizations/{ui.tenant.organization_id}"
    ui.tenant.control.send("PATCH", organization, {"refuse_first_mint": True})

    with pytest.raises(StepFailedError) as refused:
        engine.up("token", project_id=project)

    assert "Create a project secret API key" in str(refused.value)
    assert engine.state == {}


def test_keep_previous_of_the_half_that_goes_spares_the_backup(
    engine: WireEngine, ui: Ui, project: str
) -> None:
    """Switched on before the trigger fires, it keeps the token that the rotation replaces."""
    kept = {"project_id": project, "keep_previous": True}
    first = engine.up("old", **kept, rotate_when_changed={"q": 1}).outputs
    fired = engine.up("old", **kept, rotate_when_changed={"q": 2}).step
    second = engine.up("new", **kept, rotate_when_changed={"q": 2}).outputs
    ui.requests()
    engine.destroy("old")

    assert fired == "replace"
    assert ui.requests() == [READ]
    assert statuses(ui, project, first["token"], second["token"]) == [200, 200]


def test_keep_previous_changes_alone(engine: WireEngine, ui: Ui, project: str) -> None:
    """Together with a trigger it is refused, in preview and `up`, before anything is sent."""
    engine.up("token", project_id=project, rotate_when_changed={"q": 1})
    ui.requests()

    with pytest.raises(StepFailedError, match="keep_previous changes in the same `up`"):
        engine.up("token", project_id=project, rotate_when_changed={"q": 2}, keep_previous=True)
    assert ui.requests() == []


def test_switching_keep_previous_sends_nothing(engine: WireEngine, ui: Ui, project: str) -> None:
    """It only says what the next rotation does."""
    engine.up("token", project_id=project)
    ui.requests()

    assert engine.up("token", project_id=project, keep_previous=True).step == "update"
    assert engine.up("token", project_id=project, keep_previous=True).step == "same"
    assert ui.requests() == []


def test_read_flags_a_token_that_is_not_the_current_one(
    engine: WireEngine, ui: Ui, project: str
) -> None:
    """The recorded token stays; the next `up` replaces it by PostHog's current one."""
    mine = engine.up("token", project_id=project).outputs["token"]
    fresh = engine.refresh("token") or {}
    theirs = rotate_by_hand(ui, project)
    refreshed = engine.refresh("token") or {}
    ui.requests()
    step = engine.up("token", project_id=project).step
    taken = engine.up("new", project_id=project).outputs["token"]
    sent = ui.requests()

    assert (fresh["token"], fresh["superseded"]) == (mine, False)
    assert (refreshed["token"], refreshed["superseded"]) == (mine, True)
    assert (step, taken) == ("replace", theirs)
    assert sent == [READ]
    assert engine.up("new", project_id=project).step == "same"


def test_a_token_twice_superseded_is_adopted_likewise(
    engine: WireEngine, ui: Ui, project: str
) -> None:
    """Rotated by hand twice, ours is dead already; there is nothing that a rotation could save."""
    engine.up("token", project_id=project)
    rotate_by_hand(ui, project)
    theirs = rotate_by_hand(ui, project)
    engine.refresh("token")

    assert engine.up("token", project_id=project).step == "replace"
    assert engine.up("new", project_id=project).outputs["token"] == theirs


@pytest.mark.parametrize(
    ("presses", "sent"),
    [
        ([], [READ, ROTATE, DELETE_BACKUP]),
        (["rotate_secret_token"], [READ, DELETE_BACKUP]),
        (["rotate_secret_token", "delete_secret_token_backup"], [READ]),
        (["rotate_secret_token", "rotate_secret_token"], [READ]),
    ],
    ids=["current", "the backup", "deleted", "pushed out"],
)
def test_delete_ends_the_token_whichever_it_now_is(
    engine: WireEngine, ui: Ui, project: str, presses: list[str], sent: list[str]
) -> None:
    """It is looked at first, so that no other token than our own is ever ended."""
    mine = engine.up("token", project_id=project).outputs["token"]
    engine.restart()
    ui.requests()
    press(ui, project, *presses)
    engine.destroy("token")

    assert ui.requests() == sent
    assert statuses(ui, project, mine, secret_token(ui, project)) == [401, 200]


def test_a_project_on_its_way_out_has_no_token(engine: WireEngine, ui: Ui, project: str) -> None:
    """PostHog would still rotate for a project that it is deleting; nobody wants that."""
    engine.up("token", project_id=project)
    ui.start_removing(project)
    ui.requests()

    assert engine.refresh("token") is None
    with pytest.raises(StepFailedError, match="PostHog is deleting it"):
        engine.up("token", project_id=project)
    assert ui.requests() == [READ, READ]


def test_a_misspelt_argument_that_is_not_computed_yet(engine: WireEngine) -> None:
    """It is a failure of the preview, beside another argument that is not computed yet."""
    news = {"project_id": UNKNOWN, "rotate_when_chagned": {"quarter": UNKNOWN}}
    _, failures = engine.check(news)

    assert failures == [
        (
            "rotate_when_chagned is not an argument of PostHogProjectSecretToken; did you mean"
            " rotate_when_changed?"
        )
    ]


def test_an_age_beyond_all_dates(engine: WireEngine, ui: Ui, project: str) -> None:
    """So is an age that leads beyond the last date there is, and nothing is sent."""
    _, failures = engine.check({"project_id": project, "rotate_after_days": 3_650_000})

    assert failures == ["rotate_after_days must be at most 36500"]
    assert ui.requests() == []


def test_a_token_cannot_be_looked_up(engine: WireEngine, ui: Ui, project: str) -> None:
    """A program that asks for a token by an id reads in one line what to do."""
    with pytest.raises(StepFailedError) as refused:
        engine.get("7", project_id=project)

    assert str(refused.value).splitlines()[0] == (
        "the secret token with the id '7' cannot be looked up. Declare it without an id, which"
        " takes over the token that is there; or read get_project_output(id=…).secret_api_token."
    )
    assert "Traceback" not in str(refused.value)
    assert ui.requests() == []
