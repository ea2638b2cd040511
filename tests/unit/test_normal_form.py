from typing import Any

import pytest
from support.fake_posthog import wanted

from posthog_pulumi.models.settings import managed_part, normalised

FLAG = "session_recording_linked_flag"


class TestNormalForm:
    @pytest.mark.parametrize(
        ("name", "live", "normal"),
        [
            ("session_recording_sample_rate", "0.50", 0.5),
            ("session_recording_sample_rate", "1.00", 1.0),
            ("session_recording_sample_rate", 0.5, 0.5),
            ("session_recording_minimum_duration_milliseconds", 2000.0, 2000),
            ("week_start_day", 1.0, 1),
            ("timezone", " Europe/Berlin ", "Europe/Berlin"),
            ("product_description", "  text\n", "text"),
            ("app_urls", [" https://a.example "], ["https://a.example"]),
            (
                FLAG,
                {"id": 3.0, "key": " beta "},
                {"id": 3, "key": "beta"},
            ),
            (
                FLAG,
                {"id": 3, "key": "beta", "variant": None},
                {"id": 3, "key": "beta"},
            ),
            (
                "session_replay_config",
                {"record_canvas": True, "ai_config": None},
                {"record_canvas": True},
            ),
            ("survey_config", {"a": {"b": 1.0, "c": None}}, {"a": {"b": 1}}),
            ("extra_settings", [1.0, {"a": None}, None], [1, {}, None]),
            ("test_account_filters", [{"value": 2.0, "type": None}], [{"value": 2}]),
        ],
    )
    def test_normalised(self, name: str, live: Any, normal: Any) -> None:
        """PostHog's spelling of a value, or the wire's, is no difference."""
        assert repr(normalised({name: live})) == repr({name: normal})

    @pytest.mark.parametrize(
        ("name", "live"),
        [
            ("timezone", "Europe/Atlantis"),
            ("session_recording_sample_rate", "2.00"),
            ("app_urls", ["https://a.example", ""]),
            (FLAG, {"id": 3, "key": "beta", "new": True}),
            ("survey_config", "odd"),
            ("name", ""),
        ],
    )
    def test_odd_values_are_kept(self, name: str, live: Any) -> None:
        """A value that no program could declare is shown as it is, and hides no other."""
        found = normalised({name: live, "surveys_opt_in": True})

        assert found == {name: live, "surveys_opt_in": True}

    def test_odd_and_null(self) -> None:
        """What has no value is left out, also beside an odd value, as is what is no setting."""
        live = {"timezone": "Europe/Atlantis", "survey_config": None, "id": 3, "updated_at": "x"}

        assert normalised(live) == {"timezone": "Europe/Atlantis"}

    def test_declared(self) -> None:
        """A program declares what it names; null and left out are the same."""
        found = wanted(name=" Web ", timezone=None, session_recording_sample_rate="0.50")

        assert found.declared() == {"name": "Web", "session_recording_sample_rate": 0.5}

    @pytest.mark.parametrize(
        ("name", "live", "declared", "managed"),
        [
            ("timezone", "UTC", "Europe/Berlin", "UTC"),
            ("survey_config", {"a": 1, "b": 2}, {"a": 1}, {"a": 1, "b": 2}),
            ("logs_settings", {"a": 1, "b": 2}, {"a": 0}, {"a": 1}),
            ("logs_settings", {"b": 2}, {"a": 0}, {}),
            ("logs_settings", None, {"a": 0}, None),
        ],
    )
    def test_managed_part(self, name: str, live: Any, declared: Any, managed: Any) -> None:
        """Where PostHog adds keys of its own, only those that the program names are managed."""
        assert managed_part(name, live, declared) == managed


ACCEPTED = [
    ("session_recording_sample_rate", 0.29),
    ("session_recording_sample_rate", "0.50"),
    ("session_recording_sample_rate", 0),
    ("session_recording_sample_rate", 1.0),
    ("session_recording_minimum_duration_milliseconds", 0.0),
    ("session_recording_minimum_duration_milliseconds", 30_000),
    ("week_start_day", 0.0),
    ("timezone", "US/Pacific"),
    ("base_currency", "EUR"),
    ("business_model", "b2b"),
    ("app_urls", []),
    ("app_urls", ["https://*.example.com"]),
    ("path_cleaning_filters", [{"regex": "/x"}, {"regex": "/y", "alias": "y"}]),
    ("extra_settings", "anything"),
    ("extra_settings", [1, {"a": None}]),
    ("autocapture_exceptions_errors_to_ignore", ["x" * 290]),
    ("session_recording_trigger_groups", {"version": 2.0, "groups": []}),
    ("session_replay_config", {"ai_config": {"opt_in": True}}),
    ("product_description", ""),
]


@pytest.mark.parametrize(("name", "value"), ACCEPTED)
def test_accepted(name: str, value: Any) -> None:
    """What PostHog takes can be declared."""
    assert name in wanted(**{name: value}).declared()
