import re
from typing import Any

import pytest
from support.emulator_api import Api, refusal

TAKEN = 'There is already a project called "{}" in this organization. Choose a different name.'
DOCUMENTED = (
    "id organization name product_description created_at effective_membership_level "
    "has_group_types group_types live_events_token updated_at uuid api_token app_urls "
    "slack_incoming_webhook anonymize_ips completed_snippet_onboarding ingested_event "
    "test_account_filters test_account_filters_default_checked path_cleaning_filters is_demo "
    "timezone data_attributes person_display_name_properties correlation_config "
    "autocapture_opt_out autocapture_exceptions_opt_in autocapture_web_vitals_opt_in "
    "autocapture_web_vitals_allowed_metrics autocapture_exceptions_errors_to_ignore "
    "capture_console_log_opt_in capture_performance_opt_in session_recording_opt_in "
    "session_recording_sample_rate session_recording_minimum_duration_milliseconds "
    "session_recording_linked_flag session_recording_network_payload_capture_config "
    "session_recording_masking_config session_replay_config survey_config access_control "
    "week_start_day primary_dashboard live_events_columns recording_domains "
    "person_on_events_querying_enabled inject_web_apps extra_settings modifiers "
    "default_modifiers has_completed_onboarding_for surveys_opt_in heatmaps_opt_in "
    "product_intents flags_persistence_default secret_api_token secret_api_token_backup"
)


class TestCreate:
    def test_body(self, api_2025: Api) -> None:
        """The older server shows exactly the documented keys."""
        assert set(api_2025.make()) == set(DOCUMENTED.split())

    def test_read_back(self, api: Api) -> None:
        """The response is what a following read says."""
        made = api.make(name=" Web ", timezone="Europe/Berlin")

        assert api.get(made) == made
        assert made["name"] == "Web"

    @pytest.mark.parametrize("sent", [{"organization": "x"}, {"id": 9}, {"unknown": 1}])
    def test_ignored(self, either_api: Api, sent: dict[str, Any]) -> None:
        """Unknown and read-only names are ignored."""
        assert either_api.make(**sent)["organization"] == either_api.tenant.organization_id

    def test_default_names(self, api: Api, api_2025: Api) -> None:
        """Since 2026 a project without a name gets the first free one."""
        names = [each.make()["name"] for each in (api, api, api, api_2025, api_2025)]

        assert names == [
            "Default project",
            "Default project 2",
            "Default project 3",
            "Default project",
            "Default project",
        ]

    def test_taken_name(self, api: Api, api_2025: Api) -> None:
        """Since 2026 a name is taken whatever its case."""
        api.make(name="Web")
        api_2025.make(name="Web")
        response = api.key.post(api.projects, json={"name": " wEB "})

        assert refusal(response) == (409, "conflict", TAKEN.format("wEB"), None)
        assert response.json()["type"] == "server_error"
        assert api_2025.make(name="Web")["name"] == "Web"

    def test_overrides(self, api: Api, api_2025: Api) -> None:
        """What the server overrides at create is not what was sent."""
        sent = {"test_account_filters": [], "anonymize_ips": True, "extra_settings": {"a": 1}}
        newer, older = api.make(**sent), api_2025.make(**sent)

        assert newer["test_account_filters"][0]["type"] == "cohort"
        assert older["test_account_filters"][0]["key"] == "$host"
        assert (newer["anonymize_ips"], older["anonymize_ips"]) == (True, False)
        assert newer["extra_settings"] == {"a": 1, "recorder_script": "posthog-recorder"}
        assert older["extra_settings"] == {"a": 1}

    @pytest.mark.parametrize("dashboard", [None, 1])
    def test_dashboard(self, either_api: Api, dashboard: int | None) -> None:
        """A dashboard cannot be named at create, not even as null."""
        response = either_api.key.post(either_api.projects, json={"primary_dashboard": dashboard})

        assert refusal(response) == (
            400,
            "invalid_input",
            "Primary dashboard cannot be set on project creation.",
            "primary_dashboard",
        )

    def test_becomes_current(self, either_api: Api) -> None:
        """A new project is its creator's current one."""
        made = either_api.make()

        assert either_api.get("@current")["id"] == made["id"]

    def test_tokens(self, api: Api, api_2025: Api) -> None:
        """API tokens have the length and alphabet of their server; there is no secret token."""
        newer, older = api.make(), api_2025.make()

        assert re.fullmatch(r"phc_[2-9A-HJ-NP-Za-km-z]{44}", newer["api_token"])
        assert re.fullmatch(r"phc_[0-9A-Za-z]{43}", older["api_token"])
        assert newer["secret_api_token"] is None

    def test_plan_limit(self, api: Api, api_2025: Api) -> None:
        """The plan limits projects, those waiting for deletion included."""
        for each in (api, api_2025):
            each.make()
            path = f"organizations/{each.tenant.organization_id}"
            each.tenant.control.send("PATCH", path, {"project_limit": 1})
        api.key.delete(api.path("@current"))
        responses = [each.key.post(each.projects, json={}) for each in (api, api_2025)]

        assert [refusal(response)[:2] for response in responses] == [(403, "permission_denied")] * 2
        assert responses[0].json()["detail"].startswith("You have reached the maximum limit")
        assert responses[1].json()["detail"].startswith("You must upgrade your PostHog plan")

    def test_second_demo(self, either_api: Api) -> None:
        """An organization has one demo project, which has no dashboard."""
        first = either_api.make(is_demo=True, name="Demo")
        second = either_api.key.post(either_api.projects, json={"is_demo": True})

        assert first["primary_dashboard"] is None
        assert second.status_code == 403

    def test_form(self, either_api: Api) -> None:
        """In a form, a box that is not ticked is left out: a boolean is off, or null if it may."""
        response = either_api.key.post(
            either_api.projects, data={"name": "Web", "app_urls": ["a", "b"], "timezone": "UTC"}
        )
        made = response.json()
        off = ("anonymize_ips", "completed_snippet_onboarding", "session_recording_opt_in")
        null = ("capture_console_log_opt_in", "flags_persistence_default", "heatmaps_opt_in")

        assert response.status_code == 201
        assert (made["name"], made["app_urls"]) == ("Web", ["a", "b"])
        assert {made[name] for name in off} == {False}
        assert {made[name] for name in null} == {None}
        assert made["data_attributes"] == ["data-attr"]

    def test_ticked(self, either_api: Api) -> None:
        """What is ticked is on; a change leaves alone what its form leaves out."""
        made = either_api.key.post(
            either_api.projects, data={"capture_performance_opt_in": "true"}
        ).json()
        changed = either_api.key.patch(either_api.path(made), data={"timezone": "Asia/Tokyo"})

        assert made["capture_performance_opt_in"] is True
        assert changed.json()["capture_performance_opt_in"] is True

    @pytest.mark.parametrize("body", [b"{", b"[1]"], ids=["broken", "no object"])
    def test_malformed(self, either_api: Api, body: bytes) -> None:
        """A body that is no JSON object is refused."""
        headers = {"Content-Type": "application/json"}
        response = either_api.key.post(either_api.projects, content=body, headers=headers)

        assert response.status_code == 400
