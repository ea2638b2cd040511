from collections.abc import Iterator
from typing import Any

import pytest
from support.emulator_api import by_session
from support.fronts import Name
from support.posthog_actions import KEYS, statuses
from support.posthog_ui import Ui
from support.wire_engine import UNKNOWN, StepFailedError, WireEngine

from posthog_pulumi.emulator import Fault
from posthog_pulumi.provider import SecretApiKeyProvider

FLAGS = ["feature_flag:read"]


@pytest.fixture
def engine(ui: Ui, front: Name) -> Iterator[WireEngine]:
    """The provider's process, with a key that may do no more than it must, and no session."""
    scoped = {"user_id": ui.tenant.user_id, "scopes": ["project:read", "project:write"]}
    key = ui.tenant.control.send("POST", "keys", scoped)["value"]
    with WireEngine(
        SecretApiKeyProvider(), {"host": ui.tenant.url, "apiKey": key}, front=front
    ) as running:
        yield running


@pytest.fixture
def key(ui: Ui) -> dict[str, Any]:
    """The arguments of a key for a project that was made by hand."""
    return {"project_id": ui.create(name="By hand"), "label": "Flags", "scopes": FLAGS}


def keys(ui: Ui, project: str) -> list[dict[str, Any]]:
    """The project's keys as PostHog lists them."""
    client = by_session(ui.tenant)
    found: list[dict[str, Any]] = client.get(KEYS.format(id=project)).json()["results"]
    ui.requests()
    return found


def test_a_plain_scoped_key_makes_one(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """The value is shown once and opens local evaluation; in PostHog a suffix follows the label."""
    made = engine.up("key", **key).outputs
    sent = ui.requests()
    there = keys(ui, key["project_id"])

    assert sent == [f"POST {KEYS}"]
    assert [item["label"] for item in there] == [made["label_in_posthog"]]
    assert made["label_in_posthog"].startswith("Flags-")
    assert made["mask_value"] == there[0]["mask_value"]
    assert statuses(ui, key["project_id"], made["value"]) == [200]


def test_label_and_scopes_change_in_place(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """The value, and the suffix of the label, stay as they are."""
    made = engine.up("key", **key).outputs
    ui.requests()
    changed = {**key, "label": "Flags of the web", "scopes": ["endpoint:read", *FLAGS]}
    updated = engine.up("key", **changed)
    sent = [line.split("/")[0] for line in ui.requests()]
    there = keys(ui, key["project_id"])

    assert (updated.step, sent) == ("update", ["PATCH "])
    assert updated.outputs["value"] == made["value"]
    assert there[0]["label"] == made["label_in_posthog"].replace("Flags", "Flags of the web")
    assert there[0]["scopes"] == ["endpoint:read", "feature_flag:read"]
    assert engine.up("key", **changed).step == "same"


def test_the_order_of_scopes_is_no_change(engine: WireEngine, key: dict[str, Any]) -> None:
    """Scopes are a set."""
    engine.up("key", **{**key, "scopes": ["endpoint:read", *FLAGS]})

    assert engine.up("key", **{**key, "scopes": [*FLAGS, "endpoint:read"]}).step == "same"


def test_a_rotation_overlaps(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """Both keys work until the old one is deleted, and the trigger only fires when it changes."""
    project = key["project_id"]
    old = engine.up("old", **key, rotate_when_changed={"q": 1}).outputs["value"]
    fired = engine.up("old", **key, rotate_when_changed={"q": 2}).step
    new = engine.up("new", **key, rotate_when_changed={"q": 2}).outputs["value"]
    meanwhile = statuses(ui, project, old, new)
    engine.destroy("old")

    assert fired == "replace"
    assert meanwhile == [200, 200]
    assert statuses(ui, project, old, new) == [401, 200]
    assert len(keys(ui, project)) == 1


def test_an_unknown_trigger_replaces(engine: WireEngine, key: dict[str, Any]) -> None:
    """A trigger that is not computed yet may turn out to be changed."""
    engine.up("key", **key, rotate_when_changed={"q": 1})

    news, _ = engine.check({**key, "rotate_when_changed": {"q": UNKNOWN}})

    assert list(engine.diff("key", news).replaces)


@pytest.mark.parametrize(
    "fault",
    [{"drop": True, "work": True}, {"status": 500}],
    ids=["cut after the work", "failed before it"],
)
def test_a_lost_response_leaves_one_key(
    engine: WireEngine,
    ui: Ui,
    key: dict[str, Any],
    fault: dict[str, Any],
) -> None:
    """A key whose value was lost with the response is useless: it is deleted and another made."""
    project = key["project_id"]
    path = KEYS.format(id=project)
    ui.tenant.control.fault(Fault(method="POST", path=path, **fault))
    made = engine.up("key", **key).outputs
    there = keys(ui, project)

    assert [item["label"] for item in there] == [made["label_in_posthog"]]
    assert statuses(ui, project, made["value"]) == [200]


def test_a_key_rolled_by_hand_is_replaced(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """Its value is dead and cannot be learned, so the next `up` makes another key."""
    project = key["project_id"]
    engine.up("key", **key)
    rolled = f"{KEYS.format(id=project)}{engine.state['key'].id}/roll/"
    by_session(ui.tenant).post(rolled).raise_for_status()
    engine.refresh("key")

    assert engine.up("key", **key).step == "replace"


def test_changes_in_the_ui_are_put_back(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """A label or scopes that somebody changed in PostHog are drift."""
    engine.up("key", **key)
    path = f"{KEYS.format(id=key['project_id'])}{engine.state['key'].id}/"
    body = {"scopes": ["endpoint:read"], "label": "Renamed"}
    by_session(ui.tenant).patch(path, json=body).raise_for_status()
    engine.refresh("key")
    restored = engine.up("key", **key)
    there = keys(ui, key["project_id"])

    assert restored.step == "update"
    assert there[0]["scopes"] == FLAGS
    assert there[0]["label"] == restored.outputs["label_in_posthog"]
    assert there[0]["label"].startswith("Flags")
    assert engine.up("key", **key).step == "same"


def test_a_key_that_is_gone_is_made_again(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """Somebody deleted it in PostHog: refresh forgets it and destroying it finds nothing to do."""
    engine.up("key", **key)
    engine.up("other", **key)
    ids = [engine.state[name].id for name in ("key", "other")]
    client = by_session(ui.tenant)
    gone = [client.delete(f"{KEYS.format(id=key['project_id'])}{id_}/") for id_ in ids]
    refreshed = engine.refresh("key")
    engine.destroy("other")

    assert [response.status_code for response in gone] == [204, 204]
    assert refreshed is None
    assert engine.up("key", **key).step == "create"
    assert len(keys(ui, key["project_id"])) == 1


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"label": "x" * 34}, "label"),
        ({"label": ""}, "label"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["*"]}, "scopes"),
        ({"rotate_after_days": 0}, "rotate_after_days"),
        ({"project_id": "web"}, "project_id"),
    ],
    ids=["34 characters", "no label", "no scope", "a wildcard", "no days", "no number"],
)
def test_what_is_wrong_is_known_in_the_preview(
    engine: WireEngine, ui: Ui, key: dict[str, Any], wrong: dict[str, Any], reason: str
) -> None:
    """One line an argument, and no request."""
    ui.requests()
    _, failures = engine.check({**key, **wrong})

    assert [reason in failure for failure in failures] == [True]
    assert ui.requests() == []


def test_a_label_of_33_characters_fits(engine: WireEngine, ui: Ui, key: dict[str, Any]) -> None:
    """With dash and suffix it has the 40 characters that PostHog takes."""
    engine.up("key", **{**key, "label": "x" * 33})

    assert len(keys(ui, key["project_id"])[0]["label"]) == 40


def test_a_scope_that_posthog_does_not_grant_is_its_own_error(
    engine: WireEngine, key: dict[str, Any]
) -> None:
    """Which scopes there are is the server's to say, in its own words."""
    with pytest.raises(StepFailedError, match="can not be assigned to a project secret API key"):
        engine.up("key", **{**key, "scopes": ["person:read"]})
