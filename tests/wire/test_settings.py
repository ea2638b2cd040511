from typing import Any

import pytest
from support.fronts import Name
from support.posthog_ui import Ui
from support.setting_values import GOOD
from support.wire_engine import StepFailedError, WireEngine, account

from posthog_pulumi.emulator import Tenant
from posthog_pulumi.models.settings import SETTINGS
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from posthog_pulumi.provider import ProjectProvider

IGNORED_ERRORS = "autocapture_exceptions_errors_to_ignore"
CURRENT = {name: GOOD[name] for name in GOOD if SETTINGS[name].only_on != "docs-2025"}
MID_2025 = {name: GOOD[name] for name in GOOD if SETTINGS[name].only_on != "current"}
WITH_DEFAULT = [
    name
    for name in GOOD
    if SETTINGS[name].default is not LEFT_ALONE and name not in {"is_demo", IGNORED_ERRORS}
]


def test_every_setting_is_emulated(ui: Ui, ui_2025: Ui) -> None:
    """A new project has every setting that we say its server has."""
    new = {"current": ui.project(ui.create()), "docs-2025": ui_2025.project(ui_2025.create())}
    missing = [
        (name, server)
        for name, setting in SETTINGS.items()
        for server, project in new.items()
        if setting.only_on in {None, server} and name not in project
    ]

    assert missing == [], "add an entry to posthog_pulumi/emulator/settings/"


@pytest.mark.parametrize(("setting", "value"), CURRENT.items(), ids=CURRENT)
def test_a_setting_arrives_and_stays(shared_engine: WireEngine, setting: str, value: Any) -> None:
    """Each setting is created, reads back as declared, and a second `up` finds nothing to do."""
    arguments = {"name": f"With {setting}", setting: value}
    made = shared_engine.up(setting, **arguments)
    again = shared_engine.up(setting, **arguments)
    refreshed = shared_engine.refresh(setting)
    after = shared_engine.up(setting, **arguments)

    assert (made.step, again.step, after.step) == ("create", "same", "same")
    assert made.outputs[setting] == value
    assert refreshed == made.outputs


@pytest.mark.parametrize(("setting", "value"), MID_2025.items(), ids=MID_2025)
def test_a_setting_arrives_in_mid_2025(
    shared_engine_2025: WireEngine, setting: str, value: Any
) -> None:
    """The same on a server of mid-2025, which lacks the newer settings."""
    arguments = {"name": f"With {setting}", setting: value}
    made = shared_engine_2025.up(setting, **arguments)
    refreshed = shared_engine_2025.refresh(setting)
    after = shared_engine_2025.up(setting, **arguments)

    assert (made.step, after.step) == ("create", "same")
    assert made.outputs[setting] == value
    assert refreshed == made.outputs


def dropped(engine: WireEngine, ui: Ui, setting: str) -> tuple[list[str], Any, Any]:
    """The steps, the value that it has then, and that of a project that never had another."""
    name = f"Without {setting}"
    made = engine.up(name, name=name, **{setting: GOOD[setting]})
    steps = [engine.up(name, name=name).step for _ in range(2)]
    fresh = ui.project(ui.create(name=f"Beside {setting}"))
    return steps, ui.project(made.id)[setting], fresh[setting]


@pytest.mark.parametrize("setting", [name for name in WITH_DEFAULT if name in CURRENT])
def test_a_dropped_setting_goes_back(
    shared_engine: WireEngine, shared_ui: Ui, setting: str
) -> None:
    """A setting that the program no longer names has the value of a fresh project again."""
    steps, value, fresh = dropped(shared_engine, shared_ui, setting)

    assert steps == ["update", "same"]
    assert value == fresh


@pytest.mark.parametrize("setting", [name for name in WITH_DEFAULT if name in MID_2025])
def test_a_dropped_setting_goes_back_in_mid_2025(
    shared_engine_2025: WireEngine, shared_ui_2025: Ui, setting: str
) -> None:
    """The same on a server of mid-2025, where some settings are null that are empty since."""
    steps, value, fresh = dropped(shared_engine_2025, shared_ui_2025, setting)

    assert steps == ["update", "same"]
    assert (value or None) == (fresh or None)


def test_ignored_errors_go_back_to_an_empty_list(shared_engine: WireEngine, shared_ui: Ui) -> None:
    """PostHog takes no null for them once they were set, and an empty list ignores nothing too."""
    made = shared_engine.up("errors", name="Errors", **{IGNORED_ERRORS: ["ResizeObserver.*"]})
    dropped = shared_engine.up("errors", name="Errors")

    assert dropped.step == "update"
    assert shared_ui.project(made.id)[IGNORED_ERRORS] == []


def test_a_demo_project_becomes_a_plain_one(engine: WireEngine, ui: Ui) -> None:
    """An organization has one demo project; dropping the argument ends that."""
    made = engine.up("demo", name="Demo", is_demo=True)
    dropped = engine.up("demo", name="Demo")

    assert dropped.step == "update"
    assert ui.project(made.id)["is_demo"] is False


def test_a_dashboard_is_set_in_a_second_request(engine: WireEngine, ui: Ui) -> None:
    """PostHog refuses a dashboard at creation, and knows only those of the project."""
    made = engine.up("web", name="web")
    dashboard = ui.tenant.control.send("POST", f"projects/{made.id}/dashboards")["id"]
    chosen = engine.up("web", name="web", primary_dashboard=dashboard)
    again = engine.up("web", name="web", primary_dashboard=dashboard)

    assert (chosen.step, again.step) == ("update", "same")
    assert chosen.outputs["primary_dashboard"] == dashboard


def test_a_theme_needs_a_plan_that_has_them(posthog: Tenant, front: Name) -> None:
    """With such a plan the theme is kept; without, PostHog shows its own whatever is sent."""
    rich = Ui(posthog.new_tenant(organization={"data_color_themes": True}))
    with WireEngine(ProjectProvider(), account(rich), front=front) as engine:
        engine.up("web", name="web", default_data_theme=3)
        again = engine.up("web", name="web", default_data_theme=3)

    assert again.step == "same"
    assert again.outputs["default_data_theme"] == 3


def test_proactive_tasks_are_refused_outside_posthog(engine: WireEngine) -> None:
    """PostHog's words for it reach the user, and nothing is made."""
    with pytest.raises(StepFailedError, match="403"):
        engine.up("web", name="web", proactive_tasks_enabled=True)
