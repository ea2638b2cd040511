from typing import Any

import pytest
from support.posthog_ui import Ui
from support.wire_engine import WireEngine

SECRET = "Hidden-4711"  # noqa: S105 - a value that no message may show

BAD: list[tuple[str, Any, str]] = [
    ("name", "", "name must not be empty"),
    ("name", "   ", "name must not be empty"),
    ("name", "x" * 201, "name must have at most 200 characters"),
    ("name", 7.0, "name must be a string"),
    ("colour", SECRET, "colour is not an argument of PostHogProject; the docs list them"),
    ("timezone", SECRET, "timezone must be an IANA time zone, such as Europe/Berlin"),
    (
        "timezone",
        "europe/berlin",
        "timezone must be an IANA time zone; did you mean Europe/Berlin?",
    ),
    ("week_start_day", 2.0, "week_start_day must be at most 1"),
    ("week_start_day", 0.5, "week_start_day must be a whole number"),
    ("week_start_day", True, "week_start_day must be a whole number"),
    ("surveys_opt_in", SECRET, "surveys_opt_in must be true or false"),
    ("surveys_opt_in", 1.0, "surveys_opt_in must be true or false"),
    ("product_description", "x" * 1001, "product_description must have at most 1000 characters"),
    ("app_urls", SECRET, "app_urls must be a list"),
    ("app_urls", ["https://a.example", ""], "app_urls[1] must not be empty"),
    ("app_urls", ["x" * 201], "app_urls[0] must have at most 200 characters"),
    ("base_currency", "euro", "base_currency must be an ISO 4217 code, such as EUR"),
    ("business_model", SECRET, "business_model must be 'b2b', 'b2c' or 'other'"),
    ("session_recording_sample_rate", 1.5, "session_recording_sample_rate must be at most 1"),
    ("session_recording_sample_rate", -0.1, "session_recording_sample_rate must be at least 0"),
    (
        "session_recording_sample_rate",
        0.123,
        "session_recording_sample_rate must have at most two decimal places",
    ),
    ("session_recording_sample_rate", SECRET, "session_recording_sample_rate must be a number"),
    (
        "session_recording_minimum_duration_milliseconds",
        30001.0,
        "session_recording_minimum_duration_milliseconds must be at most 30000",
    ),
    (
        "session_recording_linked_flag",
        {"id": 1.0, "key": "a", "colour": SECRET},
        "session_recording_linked_flag['colour'] is not known",
    ),
    (
        "session_recording_linked_flag",
        {"key": SECRET},
        "session_recording_linked_flag['id'] is required",
    ),
    (
        "session_replay_config",
        {"ai_config": {"opt_in": SECRET}},
        "session_replay_config['ai_config']['opt_in'] must be true or false",
    ),
    ("survey_config", [SECRET], "survey_config must be an object"),
    ("path_cleaning_filters", [{"alias": "a"}], "path_cleaning_filters[0]['regex'] is required"),
    ("organization_id", "", "organization_id must not be empty"),
    ("force_destroy", SECRET, "force_destroy must be true or false"),
]


@pytest.mark.parametrize(
    ("argument", "value", "words"), BAD, ids=[f"{name} {value!s:.12}" for name, value, _ in BAD]
)
def test_a_wrong_argument_is_named(
    shared_engine: WireEngine, argument: str, value: Any, words: str
) -> None:
    """A sentence for the argument, which neither shows its value nor asks PostHog."""
    _, failures = shared_engine.check({"name": "web", argument: value})

    assert failures == [words]
    assert SECRET not in failures[0]


def test_every_wrong_argument_has_its_sentence(engine: WireEngine, ui: Ui) -> None:
    """All of them are named at once, and nothing is sent."""
    _, failures = engine.check({"name": "", "timezone": SECRET, "week_start_day": 5.0})

    assert sorted(failures) == [
        "name must not be empty",
        "timezone must be an IANA time zone, such as Europe/Berlin",
        "week_start_day must be at most 1",
    ]
    assert ui.requests() == []


def test_a_missing_name_is_required(shared_engine: WireEngine) -> None:
    """The class gives the resource's name, so this is for those who build their own."""
    assert shared_engine.check({})[1] == ["name is required"]
