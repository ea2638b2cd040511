from typing import Any

import pytest

from posthog_pulumi.plan.project import not_applied, patches, to_clear_again

REPLAY = "session_replay_config"


class TestPatches:
    @pytest.mark.parametrize(
        ("live", "body"),
        [
            ({}, {"timezone": "UTC"}),
            ({}, {"survey_config": {"a": 1}}),
            ({"survey_config": {"a": 1}}, {"survey_config": {"a": 2, "b": 3}}),
            ({"survey_config": {"a": {"x": 1}}}, {"survey_config": {"a": {"y": 1}}}),
            ({"survey_config": {"a": 1}}, {"survey_config": None}),
            ({"extra_settings": {"a": 1}}, {"extra_settings": {}}),
            ({"logs_settings": {"a": 1, "own": 2}}, {"logs_settings": {"a": 2}}),
            (
                {REPLAY: {"ai_config": {"opt_in": True}}},
                {REPLAY: {"ai_config": {"opt_in": False}, "record_canvas": True}},
            ),
            (
                {REPLAY: {"ai_config": {"preferred_events": ["a", "b"]}}},
                {REPLAY: {"ai_config": {"preferred_events": ["a"]}}},
            ),
        ],
    )
    def test_one(self, live: dict[str, Any], body: dict[str, Any]) -> None:
        """One request will do where none of the stored keys must go."""
        assert list(patches(live, body)) == [body]

    @pytest.mark.parametrize(
        ("live", "body"),
        [
            ({"survey_config": {"a": 1, "b": 2}}, {"survey_config": {"a": 1}}),
            ({"modifiers": {"a": 1}}, {"modifiers": {}}),
            ({REPLAY: {"record_canvas": True}}, {REPLAY: {"ai_config": {"opt_in": True}}}),
            (
                {REPLAY: {"ai_config": {"opt_in": True, "preferred_events": []}}},
                {REPLAY: {"ai_config": {"opt_in": True}}},
            ),
        ],
    )
    def test_cleared_first(self, live: dict[str, Any], body: dict[str, Any]) -> None:
        """PATCH merges, so a key that must go is cleared with its whole setting first."""
        assert list(patches(live, {**body, "timezone": "UTC"})) == [
            dict.fromkeys(body),
            {**body, "timezone": "UTC"},
        ]

    def test_none(self) -> None:
        """Nothing to change is no request."""
        assert list(patches({"survey_config": {"a": 1}}, {})) == []

    def test_to_clear_again(self) -> None:
        """A key that nobody knew of shows in the response, and is cleared after all."""
        live = {"survey_config": {"a": 1, "unseen": 2}, "timezone": "Europe/Berlin"}
        sent = {"survey_config": {"a": 1}, "timezone": "UTC"}

        assert to_clear_again(live, sent) == {"survey_config": {"a": 1}}


class TestIgnored:
    def test_not_applied(self) -> None:
        """What PostHog took but did not keep is named; null and left out are the same."""
        live = {"timezone": "UTC", "logs_settings": {"a": 1, "own": 2}}
        sent = {"timezone": "Mars", "logs_settings": {"a": 1}, "survey_config": None}

        assert not_applied(live, sent) == {"timezone": "Mars"}
