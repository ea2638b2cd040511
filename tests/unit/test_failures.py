import re
from datetime import datetime
from typing import Any

import pytest
from pydantic import BaseModel

from posthog_pulumi.models.product_intent import ProductIntentInputs
from posthog_pulumi.models.project import ProjectInputs
from posthog_pulumi.models.secret_api_key import ProjectSecretApiKeyInputs
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs
from posthog_pulumi.plan.failures import checked

RATE = "session_recording_sample_rate"
DURATION = "session_recording_minimum_duration_milliseconds"
FLAG = "session_recording_linked_flag"
IGNORED = "autocapture_exceptions_errors_to_ignore"
GROUPS = "session_recording_url_trigger_config"
TWO = {"version": 2.0, "groups": [{"sampleRate": float("inf")}]}
TWO_GROUPS = "session_recording_trigger_groups['groups']"
MATCH = "session_recording_trigger_match_type_config"


def found(**arguments: Any) -> dict[str, str]:
    """What is wrong with the arguments of a project."""
    return checked(ProjectInputs, {"name": "Web", **arguments})[1]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("base_currency", "euro", "base_currency must be an ISO 4217 code, such as EUR"),
        *[
            (setting, value, f"{setting} must hold finite numbers only")
            for setting in ("extra_settings", "modifiers", "survey_config")
            for value in ({"a": float("nan")}, {"a": [{"b": float("-inf")}]})
        ],
        ("extra_settings", float("inf"), "extra_settings must hold finite numbers only"),
        (GROUPS, [{"a": float("nan")}], f"{GROUPS} must hold finite numbers only"),
        ("session_recording_trigger_groups", TWO, f"{TWO_GROUPS} must hold finite numbers only"),
        ("nmae", "Web", "nmae is not an argument of PostHogProject; did you mean name?"),
        ("colour", "red", "colour is not an argument of PostHogProject; the docs list them"),
        ("name", "", "name must not be empty"),
        ("name", "  ", "name must not be empty"),
        ("name", "x" * 201, "name must have at most 200 characters"),
        ("name", 3.0, "name must be a string"),
        ("organization_id", " ", "organization_id must not be empty"),
        ("organization_id", 5.0, "organization_id must be a string"),
        ("force_destroy", "yes", "force_destroy must be true or false"),
        ("surveys_opt_in", 1.0, "surveys_opt_in must be true or false"),
        ("timezone", 3.0, "timezone must be a string"),
        ("timezone", "Mars", "timezone must be an IANA time zone, such as Europe/Berlin"),
        (
            "timezone",
            "europe/berlin",
            "timezone must be an IANA time zone; did you mean Europe/Berlin?",
        ),
        (
            "timezone",
            "Europe/Berln",
            "timezone must be an IANA time zone; did you mean Europe/Berlin?",
        ),
        (
            "path_cleaning_filters",
            [{"regexp": "a", "alias": "b"}],
            "path_cleaning_filters[0]['regexp'] is not known",
        ),
        (RATE, -0.1, f"{RATE} must be at least 0"),
        (RATE, 1.5, f"{RATE} must be at most 1"),
        (RATE, 0.123, f"{RATE} must have at most two decimal places"),
        (RATE, "half", f"{RATE} must be a number"),
        (RATE, True, f"{RATE} must be a number"),
        (RATE, [0.5], f"{RATE} must be a number"),
        (DURATION, 1.5, f"{DURATION} must be a whole number"),
        (DURATION, "1000", f"{DURATION} must be a whole number"),
        (DURATION, 30_001.0, f"{DURATION} must be at most 30000"),
        (DURATION, -1.0, f"{DURATION} must be at least 0"),
        ("week_start_day", True, "week_start_day must be a whole number"),
        ("app_urls", "https://a.example", "app_urls must be a list"),
        ("app_urls", ["https://a.example", ""], "app_urls[1] must not be empty"),
        ("app_urls", ["x" * 201], "app_urls[0] must have at most 200 characters"),
        ("app_urls", [None], "app_urls[0] must be a string"),
        (FLAG, {"id": 1.0}, f"{FLAG}['key'] is required"),
        (FLAG, {"id": 1.0, "key": "a", "kind": "b"}, f"{FLAG}['kind'] is not known"),
        (FLAG, "a", f"{FLAG} must be an object"),
        (
            "session_replay_config",
            {"ai_config": {"opt_in": "x"}},
            "session_replay_config['ai_config']['opt_in'] must be true or false",
        ),
        ("survey_config", [1.0], "survey_config must be an object"),
        ("test_account_filters", [1.0], "test_account_filters[0] must be an object"),
        ("business_model", "b2x", "business_model must be 'b2b', 'b2c' or 'other'"),
        (MATCH, "x" * 25, f"{MATCH} must have at most 24 characters"),
        (IGNORED, ["x" * 300], f"{IGNORED} must be at most 300 characters long as JSON"),
        ("path_cleaning_filters", [{}], "path_cleaning_filters[0]['regex'] is required"),
    ],
)
def test_message(name: str, value: Any, message: str) -> None:
    """Each mistake that can be known early is one sentence that names the place."""
    assert found(**{name: value}) == {name: message}


def test_name_is_required() -> None:
    """A project has a name; the resource's name is put in by the program's side."""
    assert checked(ProjectInputs, {})[1] == {"name": "name is required"}


def test_one_for_each_argument() -> None:
    """All wrong arguments are named at once, each with its first problem."""
    reasons = found(name="", app_urls=["", 5.0], nmae=1.0, timezone="UTC")

    assert sorted(reasons) == ["app_urls", "name", "nmae"]
    assert reasons["app_urls"] == "app_urls[0] must not be empty"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slack_incoming_webhook", "https://hooks.hidden.example/" + "x" * 500),
        ("slack_incoming_webhook", ["hidden"]),
        ("conversations_settings", "hidden"),
        ("timezone", "hidden"),
        ("business_model", "hidden"),
        ("base_currency", "hidden"),
        (FLAG, {"id": "hidden", "key": "a"}),
        (RATE, "hidden"),
    ],
)
def test_values_are_not_repeated(name: str, value: Any) -> None:
    """A value that may be a secret is in no message."""
    reasons = found(**{name: value})

    assert list(reasons) == [name]
    assert "hidden" not in reasons[name]


@pytest.mark.parametrize(
    ("arguments", "unknown"),
    [({}, ["name"]), ({"name": "Web"}, ["timezone", "organization_id"]), ({"name": "Web"}, [])],
)
def test_nothing_wrong(arguments: dict[str, Any], unknown: list[str]) -> None:
    """An argument that is not computed yet passes, also one that is required."""
    assert checked(ProjectInputs, arguments, unknown)[1] == {}


class _Dated(BaseModel):
    until: datetime


def test_words_of_our_own() -> None:
    """A mistake that nobody thought of is a sentence all the same, and none of the library's."""
    assert checked(_Dated, {"until": "hidden"})[1] == {
        "until": "until has a value that does not fit"
    }


MODELS = [
    ProjectInputs,
    ProjectSecretTokenInputs,
    ProjectSecretApiKeyInputs,
    ProductIntentInputs,
]
ODD = [True, 5.5, -7.0, 1e300, float("nan"), "odd " * 300, "", [], [{}], [["x"]], {}, {"x": {}}]
"""Values of which each argument refuses some."""


def all_of(model: type[BaseModel], value: Any) -> dict[str, Any]:
    """The same value for each argument that a program may give."""
    return {name: value for name, field in model.model_fields.items() if field.alias is None}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_no_words_of_the_library(model: type[BaseModel], value: Any) -> None:
    """Whatever is wrong with an argument, the sentence is ours, on one line."""
    text = " ".join(checked(model, all_of(model, value))[1].values())

    assert text
    assert re.search(r"Input should|\[type=|https?:|does not fit|odd |\n", text) is None


def test_known_beside_unknown() -> None:
    """What is known is checked although something else is not computed yet."""
    assert list(checked(ProjectInputs, {"timezone": "Mars"}, ["name"])[1]) == ["timezone"]
