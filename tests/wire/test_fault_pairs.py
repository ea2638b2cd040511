"""Pairs of the fault matrix on the wire: the provider's real process, the server's own faults."""

from collections.abc import Callable
from typing import Any

import pytest
from support.fronts import Name
from support.posthog_actions import (
    ADD_INTENT,
    RESET,
    ROTATE,
    backup,
    secret_token,
    signed_in,
    statuses,
)
from support.posthog_ui import CREATE, DELETE, LIST, READ, UPDATE, Ui
from support.wire_engine import StepFailedError, WireEngine

from posthog_pulumi import emulator
from posthog_pulumi.provider import (
    ProductIntentProvider,
    ProjectProvider,
    SecretApiKeyProvider,
    SecretTokenProvider,
)

Fault = dict[str, Any]
LATE: Fault = {"status": 504, "work_later": 2}
"""A gateway gives up at once, and PostHog is done two seconds later."""
CUT: Fault = {"drop": True, "work": True}
PAGE: Fault = {"garbage": True, "work": True}
PROXY: Fault = {"garbage": True, "work": True, "status": 502}


def of_another(ui: Ui) -> Fault:
    """The response is about another project of the organization."""
    id_ = ui.create(name="another")
    ui.requests()
    return {"body_of": f"/api/organizations/{ui.tenant.organization_id}/projects/{id_}/"}


@pytest.mark.parametrize("lost", [LATE, CUT, PAGE], ids=["late", "cut", "page"])
def test_create_is_looked_up(ui_2025: Ui, engine_2025: WireEngine, lost: Fault) -> None:
    """Where a name may be taken twice, one project is made, and it is the state's."""
    ui_2025.fault("POST", **lost)
    made = engine_2025.up("web", name="web", timezone="Europe/Berlin")

    assert ui_2025.requests().count(CREATE) == 1
    assert ui_2025.projects() == ["web"]
    assert ui_2025.project(made.id)["api_token"] == made.outputs["api_token"]
    assert engine_2025.up("web", name="web", timezone="Europe/Berlin").step == "same"


@pytest.mark.parametrize("ahead", [3, -3])
def test_a_wrong_clock_makes_no_second_project(
    ui_2025: Ui, engine_2025: WireEngine, ahead: int
) -> None:
    """Where the age of a project is not known, the error names it."""
    ui_2025.fault("POST", **CUT)
    ui_2025.fault("GET", clock_ahead=ahead, times=None)
    with pytest.raises(StepFailedError, match=r"project \d+ is the one that was made"):
        engine_2025.up("web", name="web")

    assert ui_2025.requests().count(CREATE) == 1
    assert ui_2025.projects() == ["web"]


def test_create_of_another(ui: Ui, engine: WireEngine) -> None:
    """The tokens of another project never reach the state."""
    ui.fault("POST", **of_another(ui))
    made = engine.up("web", name="web")

    assert ui.requests() == [CREATE, LIST, READ]
    assert ui.project(made.id)["name"] == "web"
    assert ui.project(made.id)["api_token"] == made.outputs["api_token"]


@pytest.mark.parametrize("lost", [LATE, PROXY, of_another], ids=["late", "proxy", "another"])
def test_update_is_looked_up(
    ui: Ui, engine: WireEngine, lost: Fault | Callable[[Ui], Fault]
) -> None:
    """A PATCH that may be going on is not sent a second time."""
    made = engine.up("web", name="web")
    ui.fault("PATCH", **(lost(ui) if callable(lost) else lost))
    ui.requests()
    changed = engine.up("web", name="web", timezone="Europe/Berlin")

    assert (changed.step, changed.id) == ("update", made.id)
    assert ui.requests().count(UPDATE) == 1
    assert ui.project(made.id)["timezone"] == "Europe/Berlin"


@pytest.mark.parametrize("lost", [LATE, CUT], ids=["late", "cut"])
def test_delete_is_looked_up(ui: Ui, engine: WireEngine, lost: Fault) -> None:
    """Nor is a DELETE."""
    engine.up("web", name="web", force_destroy=True)
    ui.fault("DELETE", **lost)
    ui.requests()
    engine.destroy("web")

    assert ui.requests().count(DELETE) == 1
    assert (engine.state, ui.projects()) == ({}, [])


def test_a_refresh_that_is_shown_another_keeps_the_state(ui: Ui, engine: WireEngine) -> None:
    """The response of another project is an error, and so is a redirect, which is not followed."""
    made = engine.up("web", name="web")
    ui.fault("GET", **of_another(ui))
    ui.fault("GET", status=302, headers={"Location": "https://elsewhere.example/api/"})
    with pytest.raises(StepFailedError, match=f"it is about another id than {made.id}"):
        engine.refresh("web")
    with pytest.raises(StepFailedError, match=r"the host redirects to elsewhere\.example"):
        engine.refresh("web")

    assert engine.refresh("web") == made.outputs


def test_a_slow_body_is_waited_for(ui: Ui, engine: WireEngine) -> None:
    """A body that comes byte by byte is read to its end."""
    made = engine.up("web", name="web")
    ui.fault("GET", drip=0.0002)

    assert engine.refresh("web") == made.outputs


def test_the_reset_of_a_token_is_looked_up(ui: Ui, front: Name) -> None:
    """It is done once, however late, and the state has the token that works."""
    with WireEngine(ProjectProvider(), signed_in(ui), front=front) as engine:
        made = engine.up("web", name="web", rotate_api_token_when_changed={"q": 1})
        ui.fault("PATCH", "reset_token", **LATE)
        ui.requests()
        reset = engine.up("web", name="web", rotate_api_token_when_changed={"q": 2})

    assert ui.requests().count(RESET) == 1
    assert reset.outputs["api_token"] == ui.project(made.id)["api_token"]
    assert reset.outputs["api_token"] != made.outputs["api_token"]


@pytest.mark.parametrize("lost", [LATE, PAGE], ids=["late", "page"])
def test_a_rotation_is_looked_up(ui: Ui, lost: Fault, front: Name) -> None:
    """One rotation is one rotation: nothing is pushed out of the backup."""
    project = ui.create(name="By hand")
    ui.fault("PATCH", "rotate_secret_token", **lost)
    with WireEngine(SecretTokenProvider(), signed_in(ui), front=front) as engine:
        made = engine.up("token", project_id=project)

    assert ui.requests().count(ROTATE) == 1
    assert made.outputs["token"] == secret_token(ui, project)
    assert backup(ui, project) is None
    assert statuses(ui, project, made.outputs["token"]) == [200]


def test_a_lost_key_is_made_again(ui: Ui, front: Name) -> None:
    """A key whose value nobody knows is deleted, and the state has one that works."""
    project = ui.create(name="By hand")
    path = f"/api/projects/{project}/project_secret_api_keys"
    ui.tenant.control.fault(emulator.Fault(method="POST", path=path, **CUT))
    with WireEngine(SecretApiKeyProvider(), signed_in(ui), front=front) as engine:
        made = engine.up("key", project_id=project, label="flags", scopes=["feature_flag:read"])

    assert [line.split()[0] for line in ui.requests()] == ["POST", "GET", "DELETE", "POST"]
    assert statuses(ui, project, made.outputs["value"]) == [200]


def test_an_intent_is_looked_up(ui: Ui, front: Name) -> None:
    """It counts once."""
    project = ui.create(name="By hand")
    ui.fault("PATCH", "add_product_intent", **LATE)
    with WireEngine(ProductIntentProvider(), signed_in(ui), front=front) as engine:
        engine.up("intent", project_id=project, product_type="surveys")

    assert ui.requests().count(ADD_INTENT) == 1
    assert [item["product_type"] for item in ui.project(project)["product_intents"]] == ["surveys"]
