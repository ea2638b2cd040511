"""The settings as outputs. Written by `make generate`."""

from typing import Any

from pulumi import Output


class ProjectSettingsOutputs:
    """The settings that a program declares; from ``.get()`` all of them, None without a value."""

    name: Output[str]
    """Name, unique in the organization on servers since 2026; the resource's name if left out."""
    product_description: Output[str | None]
    """What the product is, in your words."""
    timezone: Output[str | None]
    """IANA time zone used in reports, such as ``Europe/Berlin``."""
    week_start_day: Output[int | None]
    """First day of the week: 0 for Sunday, 1 for Monday."""
    base_currency: Output[str | None]
    """Currency that revenue is converted to, as an ISO 4217 code."""
    business_model: Output[str | None]
    """Whom the product is sold to."""
    is_demo: Output[bool | None]
    """Whether PostHog fills the new project with demo data; one per organization."""
    app_urls: Output[list[str] | None]
    """Origins the toolbar may be opened on; ``*`` is a wildcard."""
    test_account_filters: Output[list[dict[str, Any]] | None]
    """Property filters that keep internal users out of reports."""
    test_account_filters_default_checked: Output[bool | None]
    """Whether new insights leave internal users out."""
    path_cleaning_filters: Output[list[dict[str, Any]] | None]
    """Rules that make paths comparable, in order."""
    person_display_name_properties: Output[list[str] | None]
    """Person properties shown as a person's name, the first that is set."""
    correlation_config: Output[dict[str, Any] | None]
    """What correlation analysis leaves out."""
    data_attributes: Output[list[str] | None]
    """HTML attributes that name an element in actions."""
    live_events_columns: Output[list[str] | None]
    """Columns of the live events view."""
    primary_dashboard: Output[int | None]
    """Id of the dashboard on the home page, which must belong to the project."""
    default_data_theme: Output[int | None]
    """Id of the colour theme of charts; needs a plan that has themes."""
    human_friendly_comparison_periods: Output[bool | None]
    """Whether to compare with the same weekday instead of the same date."""
    modifiers: Output[dict[str, Any] | None]
    """HogQL query modifiers; servers since 2026 know their names and refuse others."""
    extra_settings: Output[Any | None]
    """Settings without a field of their own, as PostHog's documentation names them."""
    completed_snippet_onboarding: Output[bool | None]
    """Whether the set-up guide is done; PostHog's own UI sets it too."""
    has_completed_onboarding_for: Output[dict[str, Any] | None]
    """Products whose set-up guide is done; PostHog's own UI sets it too."""
    onboarding_tasks: Output[dict[str, Any] | None]
    """Progress of the set-up tasks; PostHog's own UI sets it too."""
    receive_org_level_activity_logs: Output[bool | None]
    """Whether the organization's activity shows in this project's log."""
    access_control: Output[bool | None]
    """Whether the project is private to those invited; servers since 2026 refuse it."""
    slack_incoming_webhook: Output[str | None]
    """Slack webhook for action notifications; servers since 2026 ignore it."""
    session_recording_opt_in: Output[bool | None]
    """Whether sessions are recorded."""
    session_recording_sample_rate: Output[float | None]
    """Share of the sessions to record, 0 to 1 in hundredths."""
    session_recording_minimum_duration_milliseconds: Output[int | None]
    """Shortest session to keep, in milliseconds, at most 30,000."""
    session_recording_linked_flag: Output[dict[str, Any] | None]
    """The feature flag a person must have to be recorded."""
    session_recording_network_payload_capture_config: Output[dict[str, Any] | None]
    """What recordings hold of the browser's requests."""
    session_recording_masking_config: Output[dict[str, Any] | None]
    """What recordings hide."""
    session_replay_config: Output[dict[str, Any] | None]
    """Recording of canvas elements, and AI summaries."""
    recording_domains: Output[list[str] | None]
    """Origins that may be recorded; all of them if empty or never set."""
    session_recording_url_trigger_config: Output[list[dict[str, Any]] | None]
    """Pages on which recording starts, as ``{"url": …, "matching": "regex"}``."""
    session_recording_url_blocklist_config: Output[list[dict[str, Any]] | None]
    """Pages that are not recorded, in the same form."""
    session_recording_event_trigger_config: Output[list[str] | None]
    """Events on which recording starts."""
    session_recording_trigger_match_type_config: Output[str | None]
    """Whether ``all`` or ``any`` of the triggers must match."""
    session_recording_trigger_groups: Output[dict[str, Any] | None]
    """Groups of recording triggers, each with a sample rate of its own."""
    session_recording_retention_period: Output[str | None]
    """How long recordings are kept; the plan sets the longest."""
    anonymize_ips: Output[bool | None]
    """Whether IP addresses are dropped from events."""
    autocapture_opt_out: Output[bool | None]
    """Whether clicks, inputs and page views are not captured by themselves."""
    autocapture_exceptions_opt_in: Output[bool | None]
    """Whether uncaught exceptions are captured."""
    autocapture_exceptions_errors_to_ignore: Output[list[str] | None]
    """Regular expressions of exceptions to drop; at most 300 characters as JSON."""
    autocapture_web_vitals_opt_in: Output[bool | None]
    """Whether web vitals are captured."""
    autocapture_web_vitals_allowed_metrics: Output[list[str] | None]
    """Web vitals to capture, such as ``LCP``; all of them if never set."""
    capture_console_log_opt_in: Output[bool | None]
    """Whether recordings hold the browser's console."""
    capture_dead_clicks: Output[bool | None]
    """Whether clicks that do nothing are captured."""
    capture_performance_opt_in: Output[bool | None]
    """Whether recordings hold the browser's network timings."""
    cookieless_server_hash_mode: Output[int | None]
    """How people are distinguished without cookies: 0 off, 1 stateless, 2 stateful."""
    heatmaps_opt_in: Output[bool | None]
    """Whether heatmap data is captured."""
    inject_web_apps: Output[bool | None]
    """Whether site apps are loaded; PostHog sets it itself when site apps are used."""
    surveys_opt_in: Output[bool | None]
    """Whether surveys are shown."""
    survey_config: Output[dict[str, Any] | None]
    """How surveys look by default, such as ``{"appearance": {…}}``."""
    feature_flag_confirmation_enabled: Output[bool | None]
    """Whether a change of a feature flag must be confirmed."""
    feature_flag_confirmation_message: Output[str | None]
    """Text shown when a change of a feature flag must be confirmed."""
    feature_flag_policy_config: Output[dict[str, Any] | None]
    """What every feature flag must have."""
    flags_persistence_default: Output[bool | None]
    """Whether new feature flags persist across authentication steps."""
    default_evaluation_contexts_enabled: Output[bool | None]
    """Whether new feature flags get the default evaluation contexts."""
    require_evaluation_contexts: Output[bool | None]
    """Whether every feature flag needs an evaluation context."""
    web_analytics_pre_aggregated_tables_enabled: Output[bool | None]
    """Whether web analytics reads pre-aggregated tables."""
    revenue_analytics_config: Output[dict[str, Any] | None]
    """Revenue analytics; keys left out keep PostHog's values."""
    marketing_analytics_config: Output[dict[str, Any] | None]
    """Marketing analytics; keys left out keep PostHog's values."""
    customer_analytics_config: Output[dict[str, Any] | None]
    """Customer analytics; keys left out keep PostHog's values."""
    workflows_config: Output[dict[str, Any] | None]
    """Workflows; keys left out keep PostHog's values."""
    conversations_enabled: Output[bool | None]
    """Whether the support widget is on."""
    conversations_settings: Output[dict[str, Any] | None]
    """The support widget; keys left out keep PostHog's values."""
    logs_settings: Output[dict[str, Any] | None]
    """Logs; ``retention_days`` is 14 or 30 and may change once in 24 hours."""
    proactive_tasks_enabled: Output[bool | None]
    """Whether PostHog may start tasks by itself; refused outside PostHog."""


SETTINGS = tuple(ProjectSettingsOutputs.__annotations__)
SENSITIVE = ("conversations_settings", "slack_incoming_webhook")
