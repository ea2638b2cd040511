"""Settings that have a schema on servers since 2026, where older ones took anything."""

from typing import Any

import pytest
from support.emulator_api import Api, refusal

FILTERS = "Must provide an array of valid property filters."
GROUP: dict[str, Any] = {"id": "g", "sampleRate": 0.5, "conditions": {"matchType": "all"}}


def groups(*several: dict[str, Any]) -> dict[str, Any]:
    """Recording triggers of these groups."""
    return {"session_recording_trigger_groups": {"version": 2, "groups": [*several]}}


KEPT: dict[str, tuple[str, Any]] = {
    "a modifier may be a fraction": ("modifiers", {"bounceRateDurationSeconds": 1.5}),
    "a modifier may be null": ("modifiers", {"bounceRateDurationSeconds": None}),
    "a filter may have any known operator": (
        "test_account_filters",
        [{"key": "email", "type": "person", "operator": "is_not_set"}],
    ),
    "trigger groups are echoed": (
        "session_recording_trigger_groups",
        {"version": 2, "groups": [GROUP, GROUP | {"minDurationMs": 30000}]},
    ),
    "path rules are echoed": (
        "path_cleaning_filters",
        [{"regex": "(a)", "alias": r"\1 \\9"}, {"regex": "b"}],
    ),
}

REFUSED: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "access control is over": (
        {"access_control": True},
        (
            "The 'access_control' field has been deprecated and is no longer supported. "
            "Please use the new access control system instead. "
            "For more information, visit: https://posthog.com/docs/settings/access-control"
        ),
        "access_control",
    ),
    "modifiers are known": ({"modifiers": {"x": 1}}, "Invalid modifier key.", "modifiers"),
    "a modifier has its end": (
        {"modifiers": {"bounceRateDurationSeconds": 120.5}},
        "Must be between 1 and 120 seconds.",
        "modifiers__bounceRateDurationSeconds",
    ),
    "a modifier has its beginning": (
        {"modifiers": {"bounceRateDurationSeconds": 0}},
        "Must be between 1 and 120 seconds.",
        "modifiers__bounceRateDurationSeconds",
    ),
    "a modifier has its type": (
        {"modifiers": {"bounceRateDurationSeconds": "9"}},
        "Must be a number.",
        "modifiers__bounceRateDurationSeconds",
    ),
    "a linked flag has a number": (
        {"session_recording_linked_flag": {"id": "x", "key": "y"}},
        "Must provide an integer 'id'.",
        "session_recording_linked_flag",
    ),
    "an address has five stars at most": (
        {"app_urls": ["https://*.*.*.*.*.*.example.com"]},
        "Each URL can include up to 5 wildcards. Remove the extra ones from this entry.",
        "app_urls",
    ),
    "a filter has a key": ({"test_account_filters": [{"x": 1}]}, FILTERS, "test_account_filters"),
    "a filter's operator is known": (
        {"test_account_filters": [{"key": "email", "type": "person", "operator": "like"}]},
        FILTERS,
        "test_account_filters",
    ),
    "a filter's type is known": (
        {"test_account_filters": [{"key": "email", "type": "animal"}]},
        FILTERS,
        "test_account_filters",
    ),
    "a filter's operator is text": (
        {"test_account_filters": [{"key": "email", "type": "person", "operator": ["exact"]}]},
        FILTERS,
        "test_account_filters",
    ),
    "filters are a list": ({"test_account_filters": {}}, FILTERS, "test_account_filters"),
    "a path's regex can be read": (
        {"path_cleaning_filters": [{"regex": "(", "alias": "x"}]},
        "Invalid path cleaning regex '(': missing ), unterminated subpattern at position 0",
        "path_cleaning_filters",
    ),
    "a path has a regex": (
        {"path_cleaning_filters": [{"alias": "x"}]},
        "A path cleaning rule needs a regex. Remove the rule or give it one.",
        "path_cleaning_filters",
    ),
    "an alias uses groups that there are": (
        {"path_cleaning_filters": [{"regex": "(a)", "alias": r"\\2 \1 \2"}]},
        (
            r"The alias '\\2 \1 \2' references capture group \2, but its regex has 1 capture "
            "group(s). Add the group to the regex or fix the reference."
        ),
        "path_cleaning_filters",
    ),
    "a trigger group says how its conditions match": (
        {
            "session_recording_trigger_groups": {
                "version": 2,
                "groups": [GROUP | {"conditions": {}}],
            }
        },
        "Group 0: missing required field 'matchType'.",
        "session_recording_trigger_groups",
    ),
    "a trigger group has a rate": (
        groups({"id": "g", "conditions": {}}),
        "Group 0: missing required field 'sampleRate'.",
        "session_recording_trigger_groups",
    ),
    "a rate is at most one": (
        groups(GROUP | {"sampleRate": 2}),
        "Group 0: invalid sampleRate '2'. Must be a number between 0 and 1.",
        "session_recording_trigger_groups",
    ),
    "groups are of version 2": (
        {"session_recording_trigger_groups": {"version": 1, "groups": []}},
        "Invalid version: 1. Only version 2 is supported.",
        "session_recording_trigger_groups",
    ),
    "conditions match in one of two ways": (
        groups(GROUP, GROUP | {"conditions": {"matchType": "most"}}),
        "Group 1: invalid matchType 'most'. Must be 'any' or 'all'.",
        "session_recording_trigger_groups",
    ),
    "a currency is known": (
        {"base_currency": "XXX"},
        '"XXX" is not a valid choice.',
        "base_currency",
    ),
}


@pytest.mark.parametrize(("name", "sent"), KEPT.values(), ids=KEPT)
def test_kept(api: Api, name: str, sent: Any) -> None:
    """What the schema allows is given back as it was sent."""
    assert api.change(api.make(), **{name: sent}).json()[name] == sent


@pytest.mark.parametrize(("sent", "detail", "attr"), REFUSED.values(), ids=REFUSED)
def test_refused(api: Api, sent: dict[str, Any], detail: str, attr: str | None) -> None:
    """Servers since 2026 have a schema where older ones took anything."""
    response = api.change(api.make(), **sent)

    status, _code, *told = refusal(response)

    assert (status, *told) == (400, detail, attr)
