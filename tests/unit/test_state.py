import json
from typing import Any

import pytest
from support.fake_posthog import ACME, state

from posthog_pulumi.models.project import ProjectState
from posthog_pulumi.models.settings import SETTINGS
from posthog_pulumi.properties import MANAGED, TOKENS, UNSET

FULL: dict[str, Any] = {
    "session_recording_sample_rate": "0.50",
    "session_recording_minimum_duration_milliseconds": 2000,
    "session_recording_linked_flag": {"id": 3, "key": "beta"},
    "survey_config": {"a": {"b": 1}},
    "app_urls": [],
    "secret_api_token": "phs_current",
    "secret_api_token_backup": "phs_backup",
    "organization_id": "acme",
    "force_destroy": True,
}


def through_the_engine(outputs: dict[str, Any]) -> dict[str, Any]:
    """The wire knows no whole numbers."""
    found: dict[str, Any] = json.loads(json.dumps(outputs), parse_int=float)
    return found


@pytest.mark.parametrize("live", [{}, FULL, {"timezone": "Europe/Atlantis"}])
def test_round_trip(live: dict[str, Any]) -> None:
    """What was recorded is read back as it was, though every number comes back as a float."""
    recorded = state(("name", "app_urls"), **live)

    assert ProjectState.from_outputs(recorded.outputs()) == recorded
    assert ProjectState.from_outputs(through_the_engine(recorded.outputs())) == recorded


class TestOutputs:
    def test_values(self) -> None:
        """Outputs are the arguments as PostHog has them, and what PostHog adds."""
        outputs = state(**FULL).outputs()

        assert outputs["name"] == "Web"
        assert outputs["session_recording_sample_rate"] == 0.5
        assert outputs["organization"] == ACME
        assert (outputs["organization_id"], outputs["force_destroy"]) == ("acme", True)
        assert [outputs[name] for name in TOKENS] == ["phc_token001", "phs_current", "phs_backup"]

    def test_no_null(self) -> None:
        """The engine keeps no null, which would be unknown in every preview."""
        outputs = state(survey_config=None, surveys_opt_in=None).outputs()

        assert None not in outputs.values()
        assert "survey_config" not in outputs

    def test_unset(self) -> None:
        """What has no value is listed, so that a program sees None and not unknown."""
        outputs = state(surveys_opt_in=True, secret_api_token="phs_current").outputs()  # noqa: S106
        listed = set(outputs[UNSET])

        assert {"survey_config", "secret_api_token_backup", "organization_id"} <= listed
        assert not listed & outputs.keys()
        assert listed | outputs.keys() >= {*SETTINGS, *TOKENS}

    def test_nothing_volatile(self) -> None:
        """What changes by itself is no output, since it would show as a change."""
        live: dict[str, Any] = {
            "live_events_token": "eyJ",
            "updated_at": "2026",
            "ingested_event": True,
        }
        outputs = state(**live).outputs()

        assert not outputs.keys() & live.keys()

    def test_managed(self) -> None:
        """The settings that the program declared are remembered, in order."""
        assert state(("timezone", "name", "app_urls")).outputs()[MANAGED] == [
            "app_urls",
            "name",
            "timezone",
        ]

    def test_plain_json(self) -> None:
        """Whatever is recorded is plain JSON."""
        outputs = state(**FULL).outputs()

        assert json.loads(json.dumps(outputs)) == outputs


class TestInputs:
    def test_managed_only(self) -> None:
        """A refresh shows the live values of what the program declares, and of nothing else."""
        recorded = state(("name", "surveys_opt_in"), timezone="UTC", force_destroy=True)

        assert recorded.inputs() == {"name": "Web", "force_destroy": True}

    def test_live_values(self) -> None:
        """They are the values that PostHog has."""
        assert state(("timezone",), timezone="Europe/Berlin").inputs() == {
            "timezone": "Europe/Berlin"
        }


def test_tokens_are_not_shown() -> None:
    """A state in a traceback gives no token away."""
    shown = repr(state(**FULL))

    assert "phc_token001" not in shown
    assert "phs_" not in shown
