from typing import Any

import pytest

from posthog_pulumi.plan.differences import differences

WEBHOOK = "https://hooks.hidden.example"


@pytest.mark.parametrize(
    ("name", "kept", "sent", "text"),
    [
        ("timezone", "UTC", "Asia/Tokyo", "timezone is 'UTC' and not 'Asia/Tokyo'"),
        ("base_currency", "USD", "EUR", "base_currency is 'USD' and not 'EUR'"),
        ("business_model", None, "b2b", "business_model is None and not 'b2b'"),
        ("surveys_opt_in", False, True, "surveys_opt_in is False and not True"),
        ("session_recording_sample_rate", 0.5, 1.0, "session_recording_sample_rate is 0.5 and"),
        ("product_description", "old", "new", "product_description is not as sent"),
        ("product_description", None, "new", "product_description is not as sent"),
        ("slack_incoming_webhook", "", WEBHOOK, "slack_incoming_webhook is not as sent"),
        ("app_urls", None, ["https://a.example"], "app_urls is not as sent"),
        ("app_urls", ["a", "b"], ["a", "c"], "app_urls is not as sent ([1])"),
        ("app_urls", ["a"], ["a", "b"], "app_urls is not as sent"),
        ("extra_settings", "a", {"a": 1}, "extra_settings is not as sent"),
        ("extra_settings", {}, {"a": [{"b": 1}]}, "extra_settings is not as sent (a)"),
        ("extra_settings", {"a": [{}]}, {"a": [{"b": 1}]}, "extra_settings is not as sent (a[0].b"),
        (
            "survey_config",
            {"appearance": {"color": "red", "font": "a"}, "kept": 1},
            {"appearance": {"color": "teal", "font": "a"}},
            "survey_config is not as sent (appearance.color, kept)",
        ),
        (
            "conversations_settings",
            {"widget_color": "red", "widget_public_token": "hidden"},
            {"widget_color": "teal"},
            "conversations_settings is not as sent (widget_color)",
        ),
    ],
)
def test_one(name: str, kept: Any, sent: Any, text: str) -> None:
    """A value that could be a secret is not shown, only where it differs."""
    assert differences({name: kept}, {name: sent}).startswith(text)


def test_all() -> None:
    """Every setting is named, in order; one that PostHog does not have counts as null."""
    sent = {"timezone": "Asia/Tokyo", "app_urls": [], "surveys_opt_in": True}

    assert differences({"timezone": "UTC"}, sent) == (
        "app_urls is not as sent, surveys_opt_in is None and not True,"
        " timezone is 'UTC' and not 'Asia/Tokyo'"
    )


def test_many_places() -> None:
    """Only the first few places are named, so that the line stays readable."""
    sent = {f"k{number}": number for number in range(9)}

    assert differences({}, {"modifiers": sent}) == "modifiers is not as sent"
    assert differences({"modifiers": {}}, {"modifiers": sent}) == (
        "modifiers is not as sent (k0, k1, k2, k3, k4, …)"
    )
