import json
from typing import Any

import pytest
from pydantic import SecretStr
from support.fake_posthog import ACME, body, state

from posthog_pulumi.models.project import ProjectState, RemoteProject
from posthog_pulumi.models.settings import SETTINGS
from posthog_pulumi.properties import EXTERNAL, ROTATES_SECRET_TOKEN, SECRET_TOKENS, TOKENS, UNSET

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
ROTATING: dict[str, Any] = {
    ROTATES_SECRET_TOKEN: True,
    **dict.fromkeys(SECRET_TOKENS, "phs_1"),
}
DECLARED = ("name", *(SETTINGS.keys() & FULL), "product_description")


def external(**live: Any) -> ProjectState:
    """What is recorded of a project that a program only looks at."""
    return ProjectState.of_get(RemoteProject.model_validate(body(**live)))


def through_the_engine(outputs: dict[str, Any]) -> dict[str, Any]:
    """The wire knows no whole numbers."""
    found: dict[str, Any] = json.loads(json.dumps(outputs), parse_int=float)
    return found


@pytest.mark.parametrize(
    "recorded",
    [
        state(),
        state(DECLARED, **FULL),
        state(("timezone",), timezone="Europe/Atlantis"),
        state(**ROTATING),
        external(),
    ],
    ids=["plain", "full", "odd value", "rotating", "looked at"],
)
def test_round_trip(recorded: ProjectState) -> None:
    """What was recorded is read back as it was, though every number comes back as a float."""
    assert ProjectState.from_outputs(recorded.outputs()) == recorded
    assert ProjectState.from_outputs(through_the_engine(recorded.outputs())) == recorded


class TestOutputs:
    def test_values(self) -> None:
        """Outputs are the arguments as PostHog has them, and what PostHog adds."""
        outputs = state(DECLARED, **FULL).outputs()

        assert outputs["name"] == "Web"
        assert outputs["session_recording_sample_rate"] == 0.5
        assert outputs["organization"] == ACME
        assert (outputs["organization_id"], outputs["force_destroy"]) == ("acme", True)
        assert [outputs[name] for name in TOKENS] == ["phc_token001", "phs_current", "phs_backup"]

    def test_lean(self) -> None:
        """A setting that the program does not declare is no output, whatever its value."""
        outputs = state(surveys_opt_in=True, timezone="Europe/Berlin").outputs()

        assert outputs.keys() == {
            "name",
            "organization",
            "uuid",
            "created_at",
            "api_token",
            UNSET,
        }

    def test_declared_keys(self) -> None:
        """Where PostHog adds keys of its own, those that the program names are outputs."""
        recorded = state(("logs_settings",), logs_settings={"retention_days": 14})
        live = body(logs_settings={"retention_days": 30, "own": {"a": 1}})
        found = recorded.refreshed(RemoteProject.model_validate(live), {})

        assert found.outputs()["logs_settings"] == {"retention_days": 30}

    @pytest.mark.parametrize("recorded", [state(DECLARED), external()])
    def test_no_null(self, recorded: ProjectState) -> None:
        """The engine keeps no null, which would be unknown in every preview."""
        assert None not in recorded.outputs().values()

    def test_unset(self) -> None:
        """What has no value is listed: declared settings, and tokens."""
        recorded = state(("name", "survey_config", "surveys_opt_in"), surveys_opt_in=True)

        assert recorded.outputs()[UNSET] == [
            "secret_api_token",
            "secret_api_token_backup",
            "survey_config",
        ]

    def test_rotating(self) -> None:
        """A project that rotates its secret token leaves it, and the backup, to the child."""
        outputs = state(**ROTATING).outputs()

        assert not outputs.keys() & {*SECRET_TOKENS}
        assert outputs[UNSET] == []

    def test_nothing_volatile(self) -> None:
        """What changes by itself is no output, since it would show as a change."""
        live: dict[str, Any] = {
            "live_events_token": "eyJ",
            "updated_at": "2026",
            "ingested_event": True,
        }

        assert not state(**live).outputs().keys() & live.keys()
        assert not external(**live).outputs().keys() & live.keys()

    def test_plain_json(self) -> None:
        """Whatever is recorded is plain JSON."""
        outputs = state(DECLARED, **FULL).outputs()

        assert json.loads(json.dumps(outputs)) == outputs


class TestLookedAt:
    def test_every_setting(self) -> None:
        """A project that a program only looks at has all settings as outputs, or as unset ones."""
        outputs = external(surveys_opt_in=True).outputs()

        assert outputs["surveys_opt_in"] is True
        assert outputs.keys() | {*outputs[UNSET]} >= {*SETTINGS, *TOKENS}

    def test_manages_nothing(self) -> None:
        """A mark says so, or a refresh would take every output for a declared setting."""
        recorded = ProjectState.from_outputs(external().outputs())
        live = body(timezone="Asia/Tokyo", surveys_opt_in=True)
        refreshed = recorded.refreshed(RemoteProject.model_validate(live), {})

        assert recorded.outputs()[EXTERNAL] is True
        assert (refreshed.managed, refreshed.inputs()) == (frozenset(), {})
        assert refreshed.settings["timezone"] == "Asia/Tokyo"
        assert refreshed.settings["surveys_opt_in"] is True


class TestRefreshed:
    def test_managed(self) -> None:
        """The settings that the program declared stay managed, with a value or without."""
        recorded = ProjectState.from_outputs(state(("name", "app_urls")).outputs())
        live = body(name="Renamed", timezone="Asia/Tokyo", secret_api_token="phs_1")  # noqa: S106
        refreshed = recorded.refreshed(RemoteProject.model_validate(live), {})

        assert refreshed.managed == {"name", "app_urls"}
        assert refreshed.settings == {"name": "Renamed"}
        assert refreshed.secret_api_token == SecretStr("phs_1")


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
    shown = repr(state(DECLARED, **FULL))

    assert "phc_token001" not in shown
    assert "phs_" not in shown
