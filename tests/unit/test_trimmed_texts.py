from typing import Any

import pytest

from posthog_pulumi.models.project import ProjectInputs
from posthog_pulumi.models.secret_api_key import ProjectSecretApiKeyInputs
from posthog_pulumi.models.settings import normalised
from posthog_pulumi.plan.failures import checked

AROUND = "\x1c\x1d\x1e\x1f \t\n\x85\u2003"
"""Every kind of white space that Python, and so PostHog, cuts off."""


@pytest.mark.parametrize(
    "setting",
    [
        "name",
        "product_description",
        "slack_incoming_webhook",
        "feature_flag_confirmation_message",
        "session_recording_trigger_match_type_config",
    ],
)
def test_text(setting: str) -> None:
    """White space around a text goes, as PostHog would cut it off: else it would show as drift."""
    arguments = {"name": "Web", setting: f"{AROUND}a  b{AROUND}"}
    normal, problems = checked(ProjectInputs, arguments)

    assert (normal[setting], problems) == ("a  b", {})


@pytest.mark.parametrize(
    "setting",
    [
        "app_urls",
        "recording_domains",
        "person_display_name_properties",
        "live_events_columns",
        "session_recording_event_trigger_config",
    ],
)
def test_item(setting: str) -> None:
    """An item is trimmed likewise, and a blank one is refused in the preview, not by PostHog."""
    normal, _ = checked(ProjectInputs, {"name": "Web", setting: [f"{AROUND}a{AROUND}"]})
    _, problems = checked(ProjectInputs, {"name": "Web", setting: ["a", AROUND]})

    assert normal[setting] == ["a"]
    assert problems == {setting: f"{setting}[1] must not be empty"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"name": AROUND}, "name must not be empty"),
        ({"name": ["Web"]}, "name must be a string"),
        ({"name": "Web", "app_urls": [5.0]}, "app_urls[0] must be a string"),
    ],
)
def test_refused(arguments: dict[str, Any], problem: str) -> None:
    """What is blank after that counts as blank, and what is no text is still refused as such."""
    _, problems = checked(ProjectInputs, arguments)

    assert [*problems.values()] == [problem]


def test_label() -> None:
    """So is the label of a secret API key."""
    given = {"project_id": "1", "label": f"{AROUND}flags{AROUND}", "scopes": ["survey:read"]}

    assert ProjectSecretApiKeyInputs.model_validate(given).label == "flags"


def test_live() -> None:
    """A blank item that a project has all the same is kept as it is."""
    assert normalised({"live_events_columns": ["", "event"]}) == {
        "live_events_columns": ["", "event"]
    }
