from typing import Any

import pytest
from support.emulator_api import Api, refusal

KEPT: dict[str, tuple[str, Any, Any]] = {
    "a fraction is padded to two places": ("session_recording_sample_rate", 0.5, "0.50"),
    "a fraction may be a string": ("session_recording_sample_rate", "1", "1.00"),
    "an empty fraction is null": ("session_recording_sample_rate", "", None),
    "text is trimmed": ("product_description", "  our site ", "our site"),
    "empty text stays empty": ("product_description", "", ""),
    "a number for text becomes text": ("product_description", 5, "5"),
    "a boolean may be written": ("anonymize_ips", "true", True),
    "an empty nullable boolean is null": ("heatmaps_opt_in", "", None),
    "an old time zone name is kept": ("timezone", "US/Pacific", "US/Pacific"),
    "a week may start with a written number": ("week_start_day", "1", 1),
    "an integer may be written": ("session_recording_minimum_duration_milliseconds", "9", 9),
    "items are trimmed, ordered and doubled": ("app_urls", [" b ", "a", "a"], ["b", "a", "a"]),
    "null domains stay null": ("recording_domains", None, None),
    "empty domains stay empty": ("recording_domains", [], []),
    "any JSON is echoed": ("correlation_config", {"a": [1, None]}, {"a": [1, None]}),
    "filters are echoed": (
        "test_account_filters",
        [{"key": "email", "type": "person", "value": "@x"}],
        [{"key": "email", "type": "person", "value": "@x"}],
    ),
    "errors to ignore can be emptied": ("autocapture_exceptions_errors_to_ignore", [], []),
}

REFUSED: dict[str, tuple[dict[str, Any], str, str, str | None]] = {
    "a name may not be blank": ({"name": "  "}, "blank", "This field may not be blank.", "name"),
    "a name may not be null": ({"name": None}, "null", "This field may not be null.", "name"),
    "a name has an end": (
        {"name": "x" * 201},
        "max_length",
        "Ensure this field has no more than 200 characters.",
        "name",
    ),
    "a time zone is known": (
        {"timezone": "Europe/berlin"},
        "invalid_choice",
        '"Europe/berlin" is not a valid choice.',
        "timezone",
    ),
    "an item may not be blank": (
        {"app_urls": ["https://a", ""]},
        "blank",
        "This field may not be blank.",
        "app_urls__1",
    ),
    "addresses may not be null": (
        {"app_urls": None},
        "null",
        "This field may not be null.",
        "app_urls",
    ),
    "a fraction is a number": (
        {"session_recording_sample_rate": "half"},
        "invalid_input",
        "A valid number is required.",
        "session_recording_sample_rate",
    ),
    "a fraction is at most one": (
        {"session_recording_sample_rate": 1.5},
        "max_value",
        "Ensure this value is less than or equal to 1.",
        "session_recording_sample_rate",
    ),
    "a fraction has two places": (
        {"session_recording_sample_rate": 0.125},
        "max_decimal_places",
        "Ensure that there are no more than 2 decimal places.",
        "session_recording_sample_rate",
    ),
    "a fraction has one digit before the point": (
        {"session_recording_sample_rate": 10},
        "max_whole_digits",
        "Ensure that there are no more than 1 digits before the decimal point.",
        "session_recording_sample_rate",
    ),
    "a duration ends at thirty seconds": (
        {"session_recording_minimum_duration_milliseconds": 30001},
        "max_value",
        "Ensure this value is less than or equal to 30000.",
        "session_recording_minimum_duration_milliseconds",
    ),
    "a linked flag has two or three keys": (
        {"session_recording_linked_flag": {"id": 1}},
        "invalid_input",
        (
            "Must provide a dictionary with only 'id' and 'key' keys. "
            "_or_ only 'id', 'key', and 'variant' keys."
        ),
        "session_recording_linked_flag",
    ),
    "an object setting is no list": (
        {"session_replay_config": []},
        "invalid_input",
        "Must provide a dictionary or None.",
        "session_replay_config",
    ),
    "errors to ignore are a list, never null": (
        {"autocapture_exceptions_errors_to_ignore": None},
        "invalid_input",
        "Must provide a list for field: autocapture_exceptions_errors_to_ignore.",
        None,
    ),
    "errors to ignore are short": (
        {"autocapture_exceptions_errors_to_ignore": ["x" * 300]},
        "invalid_input",
        (
            "Field autocapture_exceptions_errors_to_ignore must be less than 300 characters. "
            "Complex config should be provided in posthog-js initialization."
        ),
        None,
    ),
    "masking of inputs is on or off": (
        {"session_recording_masking_config": {"maskAllInputs": "yes"}},
        "invalid_input",
        "maskAllInputs must be a boolean.",
        "session_recording_masking_config",
    ),
    "a masking selector is text": (
        {"session_recording_masking_config": {"maskTextSelector": 1}},
        "invalid_input",
        "maskTextSelector must be a string.",
        "session_recording_masking_config",
    ),
    "a blocking selector is text, never null": (
        {"session_recording_masking_config": {"blockSelector": None}},
        "invalid_input",
        "blockSelector must be a string.",
        "session_recording_masking_config",
    ),
    "a replay setting is known": (
        {"session_replay_config": {"record_sound": True}},
        "invalid_input",
        (
            "Must provide a dictionary with only known keys. "
            "One or more of record_canvas, ai_config."
        ),
        "session_replay_config",
    ),
    "a dashboard exists": (
        {"primary_dashboard": 999999999},
        "does_not_exist",
        'Invalid pk "999999999" - object does not exist.',
        "primary_dashboard",
    ),
    "fields are checked in the server's order, and only the first is named": (
        {"timezone": "x", "name": ""},
        "blank",
        "This field may not be blank.",
        "name",
    ),
}


@pytest.mark.parametrize(("name", "sent", "kept"), KEPT.values(), ids=KEPT)
def test_kept(either_api: Api, name: str, sent: Any, kept: Any) -> None:
    """A setting is given back in PostHog's own form, at once and later."""
    project = either_api.make()
    response = either_api.change(project, **{name: sent})

    assert response.json()[name] == kept
    assert either_api.get(project)[name] == kept


@pytest.mark.parametrize(("sent", "code", "detail", "attr"), REFUSED.values(), ids=REFUSED)
def test_refused(
    either_api: Api, sent: dict[str, Any], code: str, detail: str, attr: str | None
) -> None:
    """A wrong value is refused with PostHog's words, and nothing is changed."""
    project = either_api.make()
    response = either_api.change(project, **sent, inject_web_apps=True)

    assert refusal(response) == (400, code, detail, attr)
    assert either_api.get(project)["inject_web_apps"] is None
