import pytest
from support.fake_posthog import wanted
from support.setting_values import GOOD, NEEDS_ANOTHER

from posthog_pulumi.models.settings import SENSITIVE, SETTINGS, ProjectSettings
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from tools import generate

ON_THE_DOCS_PAGE = [
    "name",
    "product_description",
    "app_urls",
    "slack_incoming_webhook",
    "anonymize_ips",
    "completed_snippet_onboarding",
    "test_account_filters",
    "test_account_filters_default_checked",
    "path_cleaning_filters",
    "is_demo",
    "timezone",
    "data_attributes",
    "person_display_name_properties",
    "correlation_config",
    "autocapture_opt_out",
    "autocapture_exceptions_opt_in",
    "autocapture_web_vitals_opt_in",
    "autocapture_web_vitals_allowed_metrics",
    "autocapture_exceptions_errors_to_ignore",
    "capture_console_log_opt_in",
    "capture_performance_opt_in",
    "session_recording_opt_in",
    "session_recording_sample_rate",
    "session_recording_minimum_duration_milliseconds",
    "session_recording_linked_flag",
    "session_recording_network_payload_capture_config",
    "session_recording_masking_config",
    "session_replay_config",
    "survey_config",
    "access_control",
    "week_start_day",
    "primary_dashboard",
    "live_events_columns",
    "recording_domains",
    "inject_web_apps",
    "extra_settings",
    "modifiers",
    "has_completed_onboarding_for",
    "surveys_opt_in",
    "heatmaps_opt_in",
    "flags_persistence_default",
]
"""Request parameters of "Create" on https://posthog.com/docs/api/projects, mid-2025."""

DEFAULTS = [
    (name, setting.default)
    for name, setting in SETTINGS.items()
    if setting.default not in (None, LEFT_ALONE)
]

GONE_SINCE = ["access_control", "slack_incoming_webhook"]


class TestList:
    def test_complete(self) -> None:
        """Every setting of PostHog's API page can be declared, and a newer one says that it is."""
        of_mid_2025 = {name for name, setting in SETTINGS.items() if setting.only_on != "current"}

        assert of_mid_2025 ^ {*ON_THE_DOCS_PAGE} == set(), 'declare it with only_on="current"'

    def test_gone(self) -> None:
        """What servers since 2026 no longer have says so."""
        gone = [name for name, setting in SETTINGS.items() if setting.only_on == "docs-2025"]

        assert sorted(gone) == GONE_SINCE

    def test_every_setting_has_a_good_value(self) -> None:
        """No setting goes untested; three of them need more than a project."""
        valued = GOOD.keys() | NEEDS_ANOTHER.keys()

        assert valued ^ SETTINGS.keys() == set(), "list it in tests/support/setting_values.py"

    @pytest.mark.parametrize("name", SETTINGS)
    def test_description(self, name: str) -> None:
        """Every setting is described in a sentence."""
        assert generate.DESCRIPTIONS[name].endswith(".")
        assert len(generate.DESCRIPTIONS[name]) > 10

    def test_descriptions_wait(self) -> None:
        """Sources are read for descriptions by ``make generate``, not at each start."""
        described = [field.description for field in ProjectSettings.model_fields.values()]

        assert not any(described)

    @pytest.mark.parametrize(("name", "default"), DEFAULTS)
    def test_default(self, name: str, default: object) -> None:
        """What a dropped setting goes back to is a value that could be declared."""
        assert wanted(**{name: default}).declared()[name] == default

    def test_left_alone(self) -> None:
        """Settings whose default depends on the organization, plan or caller are not reset."""
        left = {name for name, setting in SETTINGS.items() if setting.default is LEFT_ALONE}

        assert left >= {"anonymize_ips", "week_start_day", "primary_dashboard", "name"}

    def test_after_create(self) -> None:
        """What a create request refuses, overrides or drops is sent in a second one."""
        assert {name for name, setting in SETTINGS.items() if setting.after_create} >= {
            "primary_dashboard",
            "test_account_filters",
            "revenue_analytics_config",
            "marketing_analytics_config",
            "customer_analytics_config",
            "workflows_config",
        }

    def test_merges(self) -> None:
        """PATCH lays some settings over the stored ones, one of them two levels deep."""
        merged = {name: setting.merge for name, setting in SETTINGS.items() if setting.merge}

        assert (
            merged.items()
            >= {"survey_config": 1, "modifiers": 1, "session_replay_config": 2}.items()
        )

    def test_sensitive(self) -> None:
        """Settings that hold a secret are secret outputs."""
        assert {"slack_incoming_webhook", "conversations_settings"} <= SENSITIVE
