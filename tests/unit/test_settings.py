import pytest
from support.fake_posthog import wanted

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

SINCE_2026 = [
    "session_recording_url_trigger_config",
    "session_recording_url_blocklist_config",
    "session_recording_event_trigger_config",
    "session_recording_trigger_match_type_config",
    "session_recording_trigger_groups",
    "session_recording_retention_period",
    "base_currency",
    "business_model",
    "capture_dead_clicks",
    "cookieless_server_hash_mode",
    "human_friendly_comparison_periods",
    "feature_flag_confirmation_enabled",
    "default_evaluation_contexts_enabled",
    "require_evaluation_contexts",
    "web_analytics_pre_aggregated_tables_enabled",
    "feature_flag_confirmation_message",
    "default_data_theme",
    "onboarding_tasks",
    "receive_org_level_activity_logs",
    "conversations_enabled",
    "conversations_settings",
    "logs_settings",
    "proactive_tasks_enabled",
    "revenue_analytics_config",
    "marketing_analytics_config",
    "customer_analytics_config",
    "workflows_config",
    "feature_flag_policy_config",
]
"""What servers since 2026 take beside."""

DEFAULTS = [
    (name, setting.default)
    for name, setting in SETTINGS.items()
    if setting.default not in (None, LEFT_ALONE)
]

GONE_SINCE = ["access_control", "slack_incoming_webhook"]


class TestList:
    def test_complete(self) -> None:
        """Every setting that either server takes can be declared, and no other."""
        assert sorted(SETTINGS) == sorted(ON_THE_DOCS_PAGE + SINCE_2026)

    def test_servers(self) -> None:
        """A setting that only one of the servers has says so."""
        only_on = {name: setting.only_on for name, setting in SETTINGS.items() if setting.only_on}

        assert only_on == {
            **dict.fromkeys(SINCE_2026, "current"),
            **dict.fromkeys(GONE_SINCE, "docs-2025"),
        }

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
        assert {name for name, setting in SETTINGS.items() if setting.after_create} == {
            "primary_dashboard",
            "test_account_filters",
            "revenue_analytics_config",
            "marketing_analytics_config",
            "customer_analytics_config",
            "workflows_config",
        }

    def test_merges(self) -> None:
        """PATCH lays three settings over the stored ones, one of them two levels deep."""
        merged = {name: setting.merge for name, setting in SETTINGS.items() if setting.merge}

        assert merged == {"survey_config": 1, "modifiers": 1, "session_replay_config": 2}

    def test_sensitive(self) -> None:
        """Settings that hold a secret are secret outputs."""
        assert {"slack_incoming_webhook", "conversations_settings"} == SENSITIVE
