import re
from pathlib import Path
from typing import Any

import pytest
from emulator_api import Api, refusal

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
SHORT = (
    "id uuid organization api_token name completed_snippet_onboarding "
    "has_completed_onboarding_for ingested_event is_demo timezone access_control"
)


class TestCreate:
    def test_body(self, then: Api) -> None:
        """The older server answers exactly the documented keys."""
        assert set(then.make()) == set(DOCUMENTED.split())

    def test_read_back(self, now: Api) -> None:
        """The answer is what a following read says."""
        made = now.make(name=" Web ", timezone="Europe/Berlin")

        assert now.get(made) == made
        assert made["name"] == "Web"

    @pytest.mark.parametrize("sent", [{"organization": "x"}, {"id": 9}, {"unknown": 1}])
    def test_ignored(self, either: Api, sent: dict[str, Any]) -> None:
        """Unknown and read-only names are ignored."""
        assert either.make(**sent)["organization"] == either.tenant.organization_id

    def test_default_names(self, now: Api, then: Api) -> None:
        """Today a project without a name gets the first free one."""
        names = [api.make()["name"] for api in (now, now, now, then, then)]

        assert names == [
            "Default project",
            "Default project 2",
            "Default project 3",
            "Default project",
            "Default project",
        ]

    def test_taken_name(self, now: Api, then: Api) -> None:
        """Today a name is taken whatever its case; once it was not."""
        now.make(name="Web")
        then.make(name="Web")
        answer = now.key.post(now.projects, json={"name": " wEB "})

        assert refusal(answer) == (409, "conflict", TAKEN.format("wEB"), None)
        assert answer.json()["type"] == "server_error"
        assert then.make(name="Web")["name"] == "Web"

    def test_overrides(self, now: Api, then: Api) -> None:
        """What the server overrides at create is not what was sent."""
        sent = {"test_account_filters": [], "anonymize_ips": True, "extra_settings": {"a": 1}}
        today, once = now.make(**sent), then.make(**sent)

        assert today["test_account_filters"][0]["type"] == "cohort"
        assert once["test_account_filters"][0]["key"] == "$host"
        assert (today["anonymize_ips"], once["anonymize_ips"]) == (True, False)
        assert today["extra_settings"] == {"a": 1, "recorder_script": "posthog-recorder"}
        assert once["extra_settings"] == {"a": 1}

    @pytest.mark.parametrize("dashboard", [None, 1])
    def test_dashboard(self, either: Api, dashboard: int | None) -> None:
        """A dashboard cannot be named at create, not even as null."""
        answer = either.key.post(either.projects, json={"primary_dashboard": dashboard})

        assert refusal(answer) == (
            400,
            "invalid_input",
            "Primary dashboard cannot be set on project creation.",
            "primary_dashboard",
        )

    def test_becomes_current(self, either: Api) -> None:
        """A new project is its creator's current one."""
        made = either.make()

        assert either.get("@current")["id"] == made["id"]

    def test_tokens(self, now: Api, then: Api) -> None:
        """API tokens have the length and alphabet of their server; there is no secret token."""
        today, once = now.make(), then.make()

        assert re.fullmatch(r"phc_[2-9A-HJ-NP-Za-km-z]{44}", today["api_token"])
        assert re.fullmatch(r"phc_[0-9A-Za-z]{43}", once["api_token"])
        assert today["secret_api_token"] is None

    def test_plan_limit(self, now: Api, then: Api) -> None:
        """The plan limits projects, those waiting for deletion included."""
        for api in (now, then):
            api.make()
            path = f"organizations/{api.tenant.organization_id}"
            api.emulator.control("PATCH", path, {"project_limit": 1})
        now.key.delete(now.path("@current"))
        answers = [api.key.post(api.projects, json={}) for api in (now, then)]

        assert [refusal(answer)[:2] for answer in answers] == [(403, "permission_denied")] * 2
        assert answers[0].json()["detail"].startswith("You have reached the maximum limit")
        assert answers[1].json()["detail"].startswith("You must upgrade your PostHog plan")

    def test_second_demo(self, either: Api) -> None:
        """An organization has one demo project, which has no dashboard."""
        first = either.make(is_demo=True, name="Demo")
        second = either.key.post(either.projects, json={"is_demo": True})

        assert first["primary_dashboard"] is None
        assert second.status_code == 403

    @pytest.mark.parametrize("body", [b"{", b"[1]"], ids=["broken", "no object"])
    def test_malformed(self, either: Api, body: bytes) -> None:
        """A body that is no JSON object is refused."""
        headers = {"Content-Type": "application/json"}
        answer = either.key.post(either.projects, content=body, headers=headers)

        assert answer.status_code == 400


class TestUpdate:
    def test_rename(self, now: Api) -> None:
        """A free name is taken over; one's own is always accepted; another's is refused."""
        first, second = now.make(name="One"), now.make(name="Two")

        assert now.change(first, name="ONE").status_code == 200
        assert refusal(now.change(second, name="one"))[:2] == (409, "conflict")

    def test_nothing(self, either: Api) -> None:
        """An empty body changes nothing."""
        project = either.make()

        assert either.change(project).json()["updated_at"] == project["updated_at"]

    def test_updated_at(self, now: Api, then: Api) -> None:
        """Today a new name moves `updated_at`; once it did not."""
        moved = []
        for api in (now, then):
            project = api.make()
            renamed = api.change(project, name="Other").json()
            moved.append(renamed["updated_at"] != project["updated_at"])

        assert moved == [True, False]

    def test_own_dashboard(self, either: Api) -> None:
        """A dashboard of another project is refused, one's own is taken."""
        project, other = either.make(name="One"), either.make(name="Two")
        own = either.emulator.control("POST", f"projects/{project['id']}/dashboards")["id"]

        assert either.change(project, primary_dashboard=own).json()["primary_dashboard"] == own
        assert refusal(either.change(project, primary_dashboard=other["primary_dashboard"])) == (
            400,
            "invalid_input",
            "Dashboard does not belong to this team.",
            "primary_dashboard",
        )

    def test_put(self, either: Api) -> None:
        """PUT is not served, and says so."""
        answer = either.key.put(either.path(either.make()), json={})

        assert refusal(answer)[:2] == (501, "not_implemented")


class TestDelete:
    def test_pending(self, now: Api) -> None:
        """Today a deleted project is still read, until its deletion ends."""
        project = now.make(name="Web")
        first = now.key.delete(now.path(project))
        pending = now.get(project)
        second = now.key.delete(now.path(project))
        now.emulator.control("POST", f"projects/{project['id']}/finish-deletion")

        assert (first.status_code, first.content) == (204, b"")
        assert pending["is_pending_deletion"] is True
        assert refusal(second) == (
            400,
            "invalid_input",
            "This project is already being deleted.",
            None,
        )
        assert now.key.get(now.path(project)).status_code == 404

    def test_name_is_free(self, now: Api) -> None:
        """The name of a pending project is free at once."""
        now.key.delete(now.path(now.make(name="Web")))

        assert now.make(name="Web")["name"] == "Web"

    def test_at_once(self, then: Api) -> None:
        """Once a deleted project was gone, and a second delete found nothing."""
        project = then.make()

        assert then.key.delete(then.path(project)).status_code == 204
        assert then.key.get(then.path(project)).status_code == 404
        assert then.key.delete(then.path(project)).status_code == 404

    def test_waits_for_data(self, now: Api) -> None:
        """With data the deletion waits two days, and can be cancelled in a session."""
        project = now.make()
        now.emulator.control("PATCH", f"projects/{project['id']}", {"ingested_event": True})
        now.key.delete(now.path(project))
        by_key = now.key.post(now.path(project, "cancel-deletion"))
        cancelled = now.session.post(now.path(project, "cancel-deletion"))
        again = now.session.post(now.path(project, "cancel-deletion"))

        assert by_key.status_code == 403
        assert cancelled.status_code == 200
        assert now.get(project)["is_pending_deletion"] is False
        assert refusal(again)[2] == "This project is not pending deletion."

    def test_last_of_a_subscription(self, now: Api) -> None:
        """The last project of a paying organization stays."""
        project = now.make()
        path = f"organizations/{now.tenant.organization_id}"
        now.emulator.control("PATCH", path, {"active_subscription": True})

        assert "active subscription" in refusal(now.key.delete(now.path(project)))[2]

    def test_an_id_is_never_used_again(self, then: Api) -> None:
        """A new project does not get the number of a deleted one."""
        first = then.make()
        then.key.delete(then.path(first))

        assert then.make()["id"] > first["id"]


class TestList:
    def test_items(self, now: Api, then: Api) -> None:
        """Items are short; today they have one key more."""
        now.make()
        then.make()
        items = [api.key.get(api.projects).json()["results"][0] for api in (now, then)]

        assert set(items[0]) == {*SHORT.split(), "project_id"}
        assert set(items[1]) == set(SHORT.split())

    def test_pages(self, either: Api) -> None:
        """Limit and offset page; the neighbours are absolute addresses."""
        names = [either.make(name=f"P{number}")["name"] for number in range(3)]
        page = either.key.get(either.projects, params={"limit": 1, "offset": 1}).json()
        rest = either.key.get(page["next"]).json()

        assert (page["count"], page["results"][0]["name"]) == (3, names[1])
        assert page["previous"].startswith(either.emulator.url)
        assert (rest["results"][0]["name"], rest["next"]) == (names[2], None)

    @pytest.mark.parametrize("limit", ["0", "-1", "x"])
    def test_senseless_limit(self, either: Api, limit: str) -> None:
        """A senseless limit is the default one."""
        either.make()

        assert len(either.key.get(either.projects, params={"limit": limit}).json()["results"]) == 1

    def test_search(self, now: Api, then: Api) -> None:
        """Today names are searched, whatever their case."""
        for api in (now, then):
            api.make(name="Website")
            api.make(name="App")
        counts = [
            api.key.get(api.projects, params={"search": "WEB"}).json()["count"]
            for api in (now, then)
        ]

        assert counts == [1, 2]

    def test_pending_are_listed(self, now: Api) -> None:
        """A project on its way out is listed like any other."""
        now.key.delete(now.path(now.make()))

        assert now.key.get(now.projects).json()["count"] == 1


class TestRetrieve:
    @pytest.mark.parametrize("slash", ["", "/"])
    def test_slash(self, either: Api, slash: str) -> None:
        """The slash at the end is optional."""
        path = either.path(either.make()).rstrip("/") + slash

        assert either.key.get(path).status_code == 200

    def test_no_number(self, either: Api) -> None:
        """An id is a number."""
        assert refusal(either.key.get(either.path("abc"))) == (
            400,
            "invalid_input",
            "Field 'id' expected a number but got 'abc'.",
            None,
        )

    @pytest.mark.parametrize("number", ["999999999", "9" * 30])
    def test_unknown(self, either: Api, number: str) -> None:
        """An unknown project is not found."""
        assert refusal(either.key.get(either.path(number))) == (
            404,
            "not_found",
            "Not found.",
            None,
        )

    def test_live_events_token(self, now: Api, then: Api) -> None:
        """Once it was new in every answer; today it is kept."""
        kept = []
        for api in (now, then):
            project = api.make()
            kept.append(project["live_events_token"] == api.get(project)["live_events_token"])

        assert kept == [True, False]


def test_it_stands_alone() -> None:
    """The emulator imports nothing from the rest of the package."""
    folder = Path(__file__).parents[2] / "posthog_pulumi" / "emulator"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    imported = re.findall(r"^\s*(?:from|import) (posthog_pulumi\S*)", text, re.MULTILINE)

    assert imported
    assert {name for name in imported if not name.startswith("posthog_pulumi.emulator")} == set()
