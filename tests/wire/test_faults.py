import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.fronts import Name
from support.posthog_ui import CREATE, DELETE, LIST, READ, UPDATE, Ui
from support.wire_engine import StepFailedError, WireEngine, account

from posthog_pulumi.provider import ProjectProvider

FAILED = {"status": 500}
AFTER: dict[str, Any] = {"drop": True, "work": True}
HTML = {"garbage": True, "status": 502, "work": True}


@pytest.mark.parametrize(
    "fault", [FAILED, AFTER, HTML], ids=["failed", "cut after the work", "HTML"]
)
def test_a_lost_create_makes_one_project(engine: WireEngine, ui: Ui, fault: dict[str, Any]) -> None:
    """The project is looked for by its name, and only made again if it is certainly not there."""
    ui.fault("POST", **fault)
    made = engine.up("web", name="web")
    sent = ui.requests()

    assert made.step == "create"
    assert sent[:2] == [CREATE, LIST]
    assert ui.projects() == ["web"]


def test_a_create_that_keeps_failing_makes_none(engine: WireEngine, ui: Ui) -> None:
    """After three tries the error is PostHog's, nothing is recorded and nothing is there."""
    ui.fault("POST", status=500, times=None)
    with pytest.raises(StepFailedError, match=r"project 'web' was not created: PostHog failed"):
        engine.up("web", name="web")

    assert ui.requests().count(CREATE) == 3
    assert (engine.state, ui.projects()) == ({}, [])


def test_a_lost_create_does_not_adopt_another_project(engine_2025: WireEngine) -> None:
    """Where names are not unique, an older project of the same name is not taken for ours."""
    first = engine_2025.up("first", name="web")
    second = engine_2025.up("second", name="web")

    assert first.id != second.id


@pytest.mark.parametrize(
    ("fault", "sent"),
    [(FAILED, [UPDATE, UPDATE]), (AFTER, [UPDATE, READ]), (HTML, [UPDATE, READ])],
    ids=["failed", "cut after the work", "HTML"],
)
def test_a_lost_update(engine: WireEngine, ui: Ui, fault: dict[str, Any], sent: list[str]) -> None:
    """One that failed is sent again; one that may be going on is looked for instead."""
    made = engine.up("web", name="web")
    ui.fault("PATCH", **fault)
    ui.requests()
    changed = engine.up("web", name="Website")

    assert (changed.step, changed.id) == ("update", made.id)
    assert ui.requests() == sent
    assert ui.projects() == ["Website"]


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        (FAILED, [READ, DELETE, READ, DELETE]),
        (AFTER, [READ, DELETE, READ]),
        (HTML, [READ, DELETE, READ]),
    ],
    ids=["failed", "cut after the work", "HTML"],
)
def test_a_lost_delete(engine: WireEngine, ui: Ui, fault: dict[str, Any], sent: list[str]) -> None:
    """The data guard looks again before a second request; what is pending deletion is deleted."""
    engine.up("web", name="web")
    ui.fault("DELETE", **fault)
    ui.requests()
    engine.destroy("web")

    assert ui.requests() == sent
    assert (engine.state, ui.projects()) == ({}, [])


def test_a_failed_follow_up_is_a_warning(ui: Ui, front: Name) -> None:
    """Once the project exists it is recorded; the next `up` does what is left."""
    filters = [{"key": "email", "type": "person", "value": "@a.example", "operator": "exact"}]
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:
        ui.fault("PATCH", status=400, body={"detail": "Not today."})
        made = engine.up("web", name="web", test_account_filters=filters)
        later = engine.up("web", name="web", test_account_filters=filters)

    assert (made.step, later.step) == ("create", "update")
    assert re.search(r"(warning|error): project 'web'", engine.stderr)
    assert "was created, but not all of it was set" in engine.stderr
    assert ui.projects() == ["web"]


def test_a_value_that_posthog_changes_is_a_warning_after_create(ui: Ui, front: Name) -> None:
    """The setting is named, and no value that may be a secret."""
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:
        made = engine.up("web", name="web", slack_incoming_webhook="https://hooks.slack.com/a")

    assert made.step == "create"
    assert re.search(r"(warning|error): project 'web' \(\d+\): PostHog took", engine.stderr)
    assert "slack_incoming_webhook is not as sent" in engine.stderr


def test_a_value_that_posthog_ignores_is_an_error_on_update(engine: WireEngine) -> None:
    """The state keeps the old values, so the change stays in sight."""
    engine.up("web", name="web")
    with pytest.raises(StepFailedError, match="default_data_theme is 1 and not 5"):
        engine.up("web", name="web", default_data_theme=5)

    assert engine.diff("web", {"name": "web", "default_data_theme": 5}).changes == 2


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_refresh_that_fails_keeps_the_resource(engine: WireEngine, ui: Ui, status: int) -> None:
    """Only a definite 404 means gone; a broken key must not empty the state."""
    engine.up("web", name="web")
    ui.fault("GET", status=status, times=None)
    with pytest.raises(StepFailedError, match=f"project 'web' .* was not read.* {status}"):
        engine.refresh("web")

    assert "web" in engine.state


def test_throttling_is_waited_out_and_announced(ui: Ui, front: Name) -> None:
    """A wait longer than five seconds is announced, so that nobody thinks it hangs."""
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:
        ui.fault("POST", status=429, headers={"Retry-After": "6"})
        made = engine.up("web", name="web")

    assert made.step == "create"
    assert ui.requests() == [CREATE, CREATE]
    assert "posthog: Rate limited by PostHog; retrying in 6 s" in engine.stderr


def test_debug_lines(ui: Ui, front: Name) -> None:
    """A line a request: method, path, status, milliseconds, attempt; nothing secret."""
    with WireEngine(
        ProjectProvider(), account(ui), {"POSTHOG_PULUMI_LOG": "debug"}, front=front
    ) as engine:
        made = engine.up("web", name="web")
    organization = ui.tenant.organization_id
    line = rf"posthog: POST /api/organizations/{organization}/projects/ 201 \d+ ms attempt 1\n"

    assert re.fullmatch(line, engine.stderr)
    assert made.outputs["api_token"] not in engine.stderr


def test_a_quiet_run_prints_nothing(ui: Ui, front: Name) -> None:
    """Without a reason there is no line under the stack."""
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:
        engine.up("web", name="web")
        engine.refresh("web")
        engine.destroy("web")

    assert engine.stderr == ""


def test_sixteen_at_once(engine: WireEngine, ui: Ui) -> None:
    """Sixteen creates through one process make sixteen projects with sixteen requests."""
    names = [f"web {number:02}" for number in range(16)]
    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda name: engine.up(name, name=name), names))

    assert len({up.id for up in made}) == 16
    assert ui.requests() == [CREATE] * 16
    assert ui.projects() == names


def test_lost_responses_among_sixteen(engine: WireEngine, ui: Ui) -> None:
    """Of sixteen creates at once, four lose their response, and there are sixteen projects."""
    names = [f"web {number:02}" for number in range(16)]
    ui.fault("POST", **AFTER, times=4)
    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda name: engine.up(name, name=name), names))

    assert len({up.id for up in made}) == 16
    assert ui.projects() == names
