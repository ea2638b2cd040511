import json
from typing import Any

import pytest
from pulumi.dynamic.dynamic import serialize_provider
from support.fronts import Name
from support.posthog_actions import backup, press, secret_token, signed_in
from support.posthog_ui import READ, Ui
from support.wire_engine import UNKNOWN, StepFailedError, WireEngine

from posthog_pulumi.provider import ProjectProvider

MOST_BYTES = 400
"""Of a project's outputs as JSON, three settings declared; all of its settings take 2,800."""


def test_the_provider_is_pickled_by_its_path() -> None:
    """The state names the installed class and holds nothing of it, whatever its version."""
    pickled = serialize_provider(ProjectProvider())

    assert (
        pickled
        == "gASVMgAAAAAAAACMF3Bvc3Rob2dfcHVsdW1pLnByb3ZpZGVylIwPUHJvamVjdFByb3ZpZGVylJOUKYGULg=="
    )


def test_numbers_stay_whole_on_their_way(engine: WireEngine, ui: Ui) -> None:
    """The wire knows only floats, and PostHog is sent whole numbers all the same."""
    made = engine.up(
        "web",
        name="web",
        week_start_day=1.0,
        session_recording_linked_flag={"id": 7.0, "key": "beta"},
        extra_settings={"deep": [1.0, 2.5]},
    )
    live = ui.project(made.id)

    assert repr(live["week_start_day"]) == "1"
    assert repr(live["session_recording_linked_flag"]) == "{'id': 7, 'key': 'beta'}"
    assert repr(live["extra_settings"]["deep"]) == "[1, 2.5]"


def test_outputs_echo_every_input(engine: WireEngine) -> None:
    """Refresh and destroy get outputs only, so those hold what the program declared."""
    arguments: dict[str, Any] = {
        "name": "web",
        "force_destroy": True,
        "organization_id": "@current",
        "session_recording_sample_rate": 0.5,
        "app_urls": ["https://a.example"],
    }
    made = engine.up("web", **arguments)

    assert made.outputs.items() >= arguments.items()


def test_no_output_is_null(engine: WireEngine) -> None:
    """A null would be unknown in each preview, so a value that is not there is left out."""
    made = engine.up("web", name="web")
    refreshed = engine.refresh("web")

    assert None not in made.outputs.values()
    assert made.outputs["__unset"] == ["secret_api_token", "secret_api_token_backup"]
    assert refreshed == made.outputs


def test_outputs_are_lean(engine: WireEngine, ui: Ui) -> None:
    """The state grows by what the program declares, and not by all that PostHog has."""
    made = engine.up("web", name="web", timezone="Europe/Berlin", session_recording_opt_in=True)
    ui.change(made.id, surveys_opt_in=True)
    refreshed = engine.refresh("web")

    assert len(json.dumps(made.outputs)) <= MOST_BYTES
    assert refreshed == made.outputs


def test_a_rotating_project_leaves_its_secret_token_to_the_child(ui: Ui, front: Name) -> None:
    """It records neither the token nor its backup, so a rotation is no drift of the project."""
    with WireEngine(ProjectProvider(), signed_in(ui), front=front) as engine:
        made = engine.up("web", name="web", __rotates_secret_token=True)
        press(ui, made.id, "rotate_secret_token", "rotate_secret_token")
        refreshed = engine.refresh("web")
        learned = engine.up("web", name="web").outputs

    assert refreshed == made.outputs
    assert not {"secret_api_token", "secret_api_token_backup"} & made.outputs.keys()
    assert (learned["secret_api_token"], learned["secret_api_token_backup"]) == (
        secret_token(ui, made.id),
        backup(ui, made.id),
    )


def test_only_declared_keys_are_outputs_where_posthog_adds_its_own(
    engine: WireEngine, ui: Ui
) -> None:
    """A key that the program does not name is not managed, so its change is no drift."""
    declared: dict[str, Any] = {"events": []}
    made = engine.up("web", name="web", revenue_analytics_config=declared)
    ui.change(made.id, revenue_analytics_config={**declared, "goals": [{"name": "Sales"}]})

    assert made.outputs["revenue_analytics_config"] == declared
    assert engine.refresh("web") == made.outputs


def test_nothing_volatile_is_an_output(engine: WireEngine) -> None:
    """Values that change by themselves would show as drift, and one of them is a key."""
    volatile = {"updated_at", "live_events_token", "ingested_event", "effective_membership_level"}

    assert volatile & engine.up("web", name="web").outputs.keys() == set()


def test_tokens_travel_as_secrets(engine: WireEngine) -> None:
    """The provider marks them itself, with no help from the program's options."""
    made = engine.up("web", name="web", conversations_settings={"widget_color": "#1d4aff"})
    changed = engine.up("web", name="Web", conversations_settings={"widget_color": "#1d4aff"})

    assert made.secrets == changed.secrets == {"api_token", "conversations_settings"}


def test_refreshed_inputs_are_the_managed_settings(engine: WireEngine, ui: Ui) -> None:
    """Only what the program declared is given back as inputs, with the value it has now."""
    made = engine.up("web", name="web", timezone="Europe/Berlin")
    ui.change(made.id, timezone="UTC", surveys_opt_in=True)
    outputs = engine.refresh("web")

    assert engine.state["web"].inputs == {"name": "web", "timezone": "UTC"}
    assert outputs is not None
    assert "surveys_opt_in" not in outputs


@pytest.mark.parametrize(
    ("inputs", "changes"),
    [
        ({"name": "web"}, 1),
        ({"name": " web "}, 1),
        ({"name": "Website"}, 2),
        ({"name": "web", "timezone": "UTC"}, 2),
        ({"name": UNKNOWN}, 2),
    ],
    ids=["equal", "equal when trimmed", "another value", "named for the first time", "unknown"],
)
def test_diff_is_explicit(engine: WireEngine, inputs: dict[str, Any], changes: int) -> None:
    """It says none (1) or some (2), never unsure (0), and never asks for a replacement."""
    engine.up("web", name="web")
    response = engine.diff("web", engine.check(inputs)[0])

    assert (response.changes, list(response.replaces)) == (changes, [])


def test_unknown_values_pass_the_check_untouched(engine: WireEngine) -> None:
    """At any depth, a value that is not computed yet counts as valid."""
    inputs = {"name": UNKNOWN, "app_urls": ["https://a.example", UNKNOWN], "timezone": "UTC"}

    assert engine.check(inputs) == (inputs, [])


def test_values_are_normalised_before_they_are_compared(engine: WireEngine) -> None:
    """Another spelling of the same value is no change."""
    engine.up("web", name="web", session_recording_sample_rate=0.5, app_urls=["https://a.example"])
    again = engine.up(
        "web", name=" web ", session_recording_sample_rate="0.50", app_urls=[" https://a.example"]
    )

    assert again.step == "same"


@pytest.mark.parametrize(
    ("setting", "first", "second"),
    [
        ("survey_config", {"a": 1, "b": {"c": 2}}, {"b": {"d": 3}}),
        ("session_replay_config", {"record_canvas": True, "ai_config": {"opt_in": True}}, {}),
        ("modifiers", {"bounceRateDurationSeconds": 20}, {"personsJoinMode": "left"}),
    ],
)
def test_merged_settings_end_up_exactly_as_declared(
    engine: WireEngine, ui: Ui, setting: str, first: Any, second: Any
) -> None:
    """Keys that the program drops are gone, although PATCH merges."""
    made = engine.up("web", name="web", **{setting: first})
    changed = engine.up("web", name="web", **{setting: second})
    again = engine.up("web", name="web", **{setting: second})

    assert (changed.step, again.step) == ("update", "same")
    assert ui.project(made.id)[setting] == second


def test_keys_that_posthog_merged_meanwhile_go_too(engine: WireEngine, ui: Ui) -> None:
    """A key added in the UI since the last refresh does not survive a change of the setting."""
    made = engine.up("web", name="web", survey_config={"a": 1})
    ui.change(made.id, survey_config={"added": True})
    engine.up("web", name="web", survey_config={"a": 2})

    assert ui.project(made.id)["survey_config"] == {"a": 2}


def test_get_tells_a_missing_project_from_a_refreshed_one(engine: WireEngine, ui: Ui) -> None:
    """`.get()` has only inputs: it finds a project, or raises instead of reading it as gone."""
    id_ = ui.create(name="By hand")
    found = engine.get(id_)

    assert (found["name"], found["__external"]) == ("By hand", True)
    with pytest.raises(StepFailedError, match="project 999999 was not found"):
        engine.get("999999")


def test_gone_means_gone_everywhere(engine: WireEngine, ui: Ui) -> None:
    """404 where it was is not enough: the project is looked for in the other organizations too."""
    made = engine.up("web", name="web")
    ui.remove(made.id)
    ui.requests()
    gone = engine.refresh("web")

    assert gone is None
    assert ui.requests()[:2] == [READ, "GET /api/organizations/"]
