"""The settings as outputs. Written by tools/generate.py."""

from typing import Any

import pulumi
from pulumi import Output

from posthog_pulumi.resources.unset import output_or_none, structured_output

SETTINGS = (
    "name",
    "product_description",
    "timezone",
    "week_start_day",
    "base_currency",
    "business_model",
    "is_demo",
    "app_urls",
    "test_account_filters",
    "test_account_filters_default_checked",
    "path_cleaning_filters",
    "person_display_name_properties",
    "correlation_config",
    "data_attributes",
    "live_events_columns",
    "primary_dashboard",
    "default_data_theme",
    "human_friendly_comparison_periods",
    "modifiers",
    "extra_settings",
    "completed_snippet_onboarding",
    "has_completed_onboarding_for",
    "onboarding_tasks",
    "receive_org_level_activity_logs",
    "access_control",
    "slack_incoming_webhook",
    "session_recording_opt_in",
    "session_recording_sample_rate",
    "session_recording_minimum_duration_milliseconds",
    "session_recording_linked_flag",
    "session_recording_network_payload_capture_config",
    "session_recording_masking_config",
    "session_replay_config",
    "recording_domains",
    "session_recording_url_trigger_config",
    "session_recording_url_blocklist_config",
    "session_recording_event_trigger_config",
    "session_recording_trigger_match_type_config",
    "session_recording_trigger_groups",
    "session_recording_retention_period",
    "anonymize_ips",
    "autocapture_opt_out",
    "autocapture_exceptions_opt_in",
    "autocapture_exceptions_errors_to_ignore",
    "autocapture_web_vitals_opt_in",
    "autocapture_web_vitals_allowed_metrics",
    "capture_console_log_opt_in",
    "capture_dead_clicks",
    "capture_performance_opt_in",
    "cookieless_server_hash_mode",
    "heatmaps_opt_in",
    "inject_web_apps",
    "surveys_opt_in",
    "survey_config",
    "feature_flag_confirmation_enabled",
    "feature_flag_confirmation_message",
    "feature_flag_policy_config",
    "flags_persistence_default",
    "default_evaluation_contexts_enabled",
    "require_evaluation_contexts",
    "web_analytics_pre_aggregated_tables_enabled",
    "revenue_analytics_config",
    "marketing_analytics_config",
    "customer_analytics_config",
    "workflows_config",
    "conversations_enabled",
    "conversations_settings",
    "logs_settings",
    "proactive_tasks_enabled",
)
SENSITIVE = ("conversations_settings", "slack_incoming_webhook")


class ProjectSettingsOutputs:
    """Every setting as PostHog has it, None where it has no value."""

    @property
    @pulumi.getter
    def name(self) -> Output[str | None]:
        """Name, unique in the organization on today's server; the resource's name if left out."""
        return output_or_none(self, "name")

    @property
    @pulumi.getter
    def product_description(self) -> Output[str | None]:
        """What the product is, in your words."""
        return output_or_none(self, "product_description")

    @property
    @pulumi.getter
    def timezone(self) -> Output[str | None]:
        """IANA time zone used in reports, such as ``Europe/Berlin``."""
        return output_or_none(self, "timezone")

    @property
    @pulumi.getter
    def week_start_day(self) -> Output[int | None]:
        """First day of the week: 0 for Sunday, 1 for Monday."""
        return output_or_none(self, "week_start_day")

    @property
    @pulumi.getter
    def base_currency(self) -> Output[str | None]:
        """Currency that revenue is converted to, as an ISO 4217 code."""
        return output_or_none(self, "base_currency")

    @property
    @pulumi.getter
    def business_model(self) -> Output[str | None]:
        """Whom the product is sold to."""
        return output_or_none(self, "business_model")

    @property
    @pulumi.getter
    def is_demo(self) -> Output[bool | None]:
        """Whether PostHog fills the new project with demo data; one an organization."""
        return output_or_none(self, "is_demo")

    @property
    @pulumi.getter
    def app_urls(self) -> Output[list[str] | None]:
        """Origins the toolbar may be opened on; ``*`` is a wildcard."""
        return output_or_none(self, "app_urls")

    @property
    @pulumi.getter
    def test_account_filters(self) -> Output[list[dict[str, Any]] | None]:
        """Property filters that keep internal users out of reports."""
        return structured_output(self, "test_account_filters")

    @property
    @pulumi.getter
    def test_account_filters_default_checked(self) -> Output[bool | None]:
        """Whether new insights leave internal users out."""
        return output_or_none(self, "test_account_filters_default_checked")

    @property
    @pulumi.getter
    def path_cleaning_filters(self) -> Output[list[dict[str, Any]] | None]:
        """Rules that make paths comparable, in order."""
        return structured_output(self, "path_cleaning_filters")

    @property
    @pulumi.getter
    def person_display_name_properties(self) -> Output[list[str] | None]:
        """Person properties shown as a person's name, the first that is set."""
        return output_or_none(self, "person_display_name_properties")

    @property
    @pulumi.getter
    def correlation_config(self) -> Output[dict[str, Any] | None]:
        """What correlation analysis leaves out."""
        return structured_output(self, "correlation_config")

    @property
    @pulumi.getter
    def data_attributes(self) -> Output[list[str] | None]:
        """HTML attributes that name an element in actions."""
        return output_or_none(self, "data_attributes")

    @property
    @pulumi.getter
    def live_events_columns(self) -> Output[list[str] | None]:
        """Columns of the live events view."""
        return output_or_none(self, "live_events_columns")

    @property
    @pulumi.getter
    def primary_dashboard(self) -> Output[int | None]:
        """Id of the dashboard on the home page, which must belong to the project."""
        return output_or_none(self, "primary_dashboard")

    @property
    @pulumi.getter
    def default_data_theme(self) -> Output[int | None]:
        """Id of the colour theme of charts; needs a plan that has themes."""
        return output_or_none(self, "default_data_theme")

    @property
    @pulumi.getter
    def human_friendly_comparison_periods(self) -> Output[bool | None]:
        """Whether to compare with the same weekday instead of the same date."""
        return output_or_none(self, "human_friendly_comparison_periods")

    @property
    @pulumi.getter
    def modifiers(self) -> Output[dict[str, Any] | None]:
        """HogQL query modifiers; today's server knows their names and refuses others."""
        return structured_output(self, "modifiers")

    @property
    @pulumi.getter
    def extra_settings(self) -> Output[Any | None]:
        """Settings without a field of their own, as PostHog's documentation names them."""
        return structured_output(self, "extra_settings")

    @property
    @pulumi.getter
    def completed_snippet_onboarding(self) -> Output[bool | None]:
        """Whether the set-up guide is done; PostHog's own UI sets it too."""
        return output_or_none(self, "completed_snippet_onboarding")

    @property
    @pulumi.getter
    def has_completed_onboarding_for(self) -> Output[dict[str, Any] | None]:
        """Products whose set-up guide is done; PostHog's own UI sets it too."""
        return structured_output(self, "has_completed_onboarding_for")

    @property
    @pulumi.getter
    def onboarding_tasks(self) -> Output[dict[str, Any] | None]:
        """Progress of the set-up tasks; PostHog's own UI sets it too."""
        return structured_output(self, "onboarding_tasks")

    @property
    @pulumi.getter
    def receive_org_level_activity_logs(self) -> Output[bool | None]:
        """Whether the organization's activity shows in this project's log."""
        return output_or_none(self, "receive_org_level_activity_logs")

    @property
    @pulumi.getter
    def access_control(self) -> Output[bool | None]:
        """Whether the project is private to those invited; today's server refuses it."""
        return output_or_none(self, "access_control")

    @property
    @pulumi.getter
    def slack_incoming_webhook(self) -> Output[str | None]:
        """Slack webhook for action notifications; today's server ignores it."""
        return output_or_none(self, "slack_incoming_webhook")

    @property
    @pulumi.getter
    def session_recording_opt_in(self) -> Output[bool | None]:
        """Whether sessions are recorded."""
        return output_or_none(self, "session_recording_opt_in")

    @property
    @pulumi.getter
    def session_recording_sample_rate(self) -> Output[float | None]:
        """Share of the sessions to record, 0 to 1 in hundredths."""
        return output_or_none(self, "session_recording_sample_rate")

    @property
    @pulumi.getter
    def session_recording_minimum_duration_milliseconds(self) -> Output[int | None]:
        """Shortest session to keep, in milliseconds, at most 30,000."""
        return output_or_none(self, "session_recording_minimum_duration_milliseconds")

    @property
    @pulumi.getter
    def session_recording_linked_flag(self) -> Output[dict[str, Any] | None]:
        """The feature flag a person must have to be recorded."""
        return structured_output(self, "session_recording_linked_flag")

    @property
    @pulumi.getter
    def session_recording_network_payload_capture_config(self) -> Output[dict[str, Any] | None]:
        """What recordings hold of the browser's requests."""
        return structured_output(self, "session_recording_network_payload_capture_config")

    @property
    @pulumi.getter
    def session_recording_masking_config(self) -> Output[dict[str, Any] | None]:
        """What recordings hide."""
        return structured_output(self, "session_recording_masking_config")

    @property
    @pulumi.getter
    def session_replay_config(self) -> Output[dict[str, Any] | None]:
        """Recording of canvas elements, and AI summaries."""
        return structured_output(self, "session_replay_config")

    @property
    @pulumi.getter
    def recording_domains(self) -> Output[list[str] | None]:
        """Origins that may be recorded; all of them if empty or never set."""
        return output_or_none(self, "recording_domains")

    @property
    @pulumi.getter
    def session_recording_url_trigger_config(self) -> Output[list[dict[str, Any]] | None]:
        """Pages on which recording starts, as ``{"url": …, "matching": "regex"}``."""
        return structured_output(self, "session_recording_url_trigger_config")

    @property
    @pulumi.getter
    def session_recording_url_blocklist_config(self) -> Output[list[dict[str, Any]] | None]:
        """Pages that are not recorded, in the same form."""
        return structured_output(self, "session_recording_url_blocklist_config")

    @property
    @pulumi.getter
    def session_recording_event_trigger_config(self) -> Output[list[str] | None]:
        """Events on which recording starts."""
        return output_or_none(self, "session_recording_event_trigger_config")

    @property
    @pulumi.getter
    def session_recording_trigger_match_type_config(self) -> Output[str | None]:
        """Whether ``all`` or ``any`` of the triggers must match."""
        return output_or_none(self, "session_recording_trigger_match_type_config")

    @property
    @pulumi.getter
    def session_recording_trigger_groups(self) -> Output[dict[str, Any] | None]:
        """Groups of recording triggers, each with a sample rate of its own."""
        return structured_output(self, "session_recording_trigger_groups")

    @property
    @pulumi.getter
    def session_recording_retention_period(self) -> Output[str | None]:
        """How long recordings are kept; the plan sets the longest."""
        return output_or_none(self, "session_recording_retention_period")

    @property
    @pulumi.getter
    def anonymize_ips(self) -> Output[bool | None]:
        """Whether IP addresses are dropped from events."""
        return output_or_none(self, "anonymize_ips")

    @property
    @pulumi.getter
    def autocapture_opt_out(self) -> Output[bool | None]:
        """Whether clicks, inputs and page views are not captured by themselves."""
        return output_or_none(self, "autocapture_opt_out")

    @property
    @pulumi.getter
    def autocapture_exceptions_opt_in(self) -> Output[bool | None]:
        """Whether uncaught exceptions are captured."""
        return output_or_none(self, "autocapture_exceptions_opt_in")

    @property
    @pulumi.getter
    def autocapture_exceptions_errors_to_ignore(self) -> Output[list[str] | None]:
        """Regular expressions of exceptions to drop; at most 300 characters as JSON."""
        return output_or_none(self, "autocapture_exceptions_errors_to_ignore")

    @property
    @pulumi.getter
    def autocapture_web_vitals_opt_in(self) -> Output[bool | None]:
        """Whether web vitals are captured."""
        return output_or_none(self, "autocapture_web_vitals_opt_in")

    @property
    @pulumi.getter
    def autocapture_web_vitals_allowed_metrics(self) -> Output[list[str] | None]:
        """Web vitals to capture, such as ``LCP``; all of them if never set."""
        return output_or_none(self, "autocapture_web_vitals_allowed_metrics")

    @property
    @pulumi.getter
    def capture_console_log_opt_in(self) -> Output[bool | None]:
        """Whether recordings hold the browser's console."""
        return output_or_none(self, "capture_console_log_opt_in")

    @property
    @pulumi.getter
    def capture_dead_clicks(self) -> Output[bool | None]:
        """Whether clicks that do nothing are captured."""
        return output_or_none(self, "capture_dead_clicks")

    @property
    @pulumi.getter
    def capture_performance_opt_in(self) -> Output[bool | None]:
        """Whether recordings hold the browser's network timings."""
        return output_or_none(self, "capture_performance_opt_in")

    @property
    @pulumi.getter
    def cookieless_server_hash_mode(self) -> Output[int | None]:
        """How people are told apart without cookies: 0 off, 1 stateless, 2 stateful."""
        return output_or_none(self, "cookieless_server_hash_mode")

    @property
    @pulumi.getter
    def heatmaps_opt_in(self) -> Output[bool | None]:
        """Whether heatmap data is captured."""
        return output_or_none(self, "heatmaps_opt_in")

    @property
    @pulumi.getter
    def inject_web_apps(self) -> Output[bool | None]:
        """Whether site apps are loaded; PostHog sets it itself when site apps are used."""
        return output_or_none(self, "inject_web_apps")

    @property
    @pulumi.getter
    def surveys_opt_in(self) -> Output[bool | None]:
        """Whether surveys are shown."""
        return output_or_none(self, "surveys_opt_in")

    @property
    @pulumi.getter
    def survey_config(self) -> Output[dict[str, Any] | None]:
        """How surveys look unless they say otherwise, such as ``{"appearance": {…}}``."""
        return structured_output(self, "survey_config")

    @property
    @pulumi.getter
    def feature_flag_confirmation_enabled(self) -> Output[bool | None]:
        """Whether a change of a feature flag must be confirmed."""
        return output_or_none(self, "feature_flag_confirmation_enabled")

    @property
    @pulumi.getter
    def feature_flag_confirmation_message(self) -> Output[str | None]:
        """Text shown when a change of a feature flag must be confirmed."""
        return output_or_none(self, "feature_flag_confirmation_message")

    @property
    @pulumi.getter
    def feature_flag_policy_config(self) -> Output[dict[str, Any] | None]:
        """What every feature flag must have."""
        return structured_output(self, "feature_flag_policy_config")

    @property
    @pulumi.getter
    def flags_persistence_default(self) -> Output[bool | None]:
        """Whether new feature flags persist across authentication steps."""
        return output_or_none(self, "flags_persistence_default")

    @property
    @pulumi.getter
    def default_evaluation_contexts_enabled(self) -> Output[bool | None]:
        """Whether new feature flags get the default evaluation contexts."""
        return output_or_none(self, "default_evaluation_contexts_enabled")

    @property
    @pulumi.getter
    def require_evaluation_contexts(self) -> Output[bool | None]:
        """Whether every feature flag needs an evaluation context."""
        return output_or_none(self, "require_evaluation_contexts")

    @property
    @pulumi.getter
    def web_analytics_pre_aggregated_tables_enabled(self) -> Output[bool | None]:
        """Whether web analytics reads pre-aggregated tables."""
        return output_or_none(self, "web_analytics_pre_aggregated_tables_enabled")

    @property
    @pulumi.getter
    def revenue_analytics_config(self) -> Output[dict[str, Any] | None]:
        """Revenue analytics; keys left out keep PostHog's values."""
        return structured_output(self, "revenue_analytics_config")

    @property
    @pulumi.getter
    def marketing_analytics_config(self) -> Output[dict[str, Any] | None]:
        """Marketing analytics; keys left out keep PostHog's values."""
        return structured_output(self, "marketing_analytics_config")

    @property
    @pulumi.getter
    def customer_analytics_config(self) -> Output[dict[str, Any] | None]:
        """Customer analytics; keys left out keep PostHog's values."""
        return structured_output(self, "customer_analytics_config")

    @property
    @pulumi.getter
    def workflows_config(self) -> Output[dict[str, Any] | None]:
        """Workflows; keys left out keep PostHog's values."""
        return structured_output(self, "workflows_config")

    @property
    @pulumi.getter
    def conversations_enabled(self) -> Output[bool | None]:
        """Whether the support widget is on."""
        return output_or_none(self, "conversations_enabled")

    @property
    @pulumi.getter
    def conversations_settings(self) -> Output[dict[str, Any] | None]:
        """The support widget; keys left out keep PostHog's values."""
        return structured_output(self, "conversations_settings")

    @property
    @pulumi.getter
    def logs_settings(self) -> Output[dict[str, Any] | None]:
        """Logs; ``retention_days`` is 14 or 30 and may change once in 24 hours."""
        return structured_output(self, "logs_settings")

    @property
    @pulumi.getter
    def proactive_tasks_enabled(self) -> Output[bool | None]:
        """Whether PostHog may start tasks by itself; refused outside PostHog."""
        return output_or_none(self, "proactive_tasks_enabled")
