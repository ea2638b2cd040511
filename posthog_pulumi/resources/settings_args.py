"""The settings as keyword arguments. Written by `make generate`."""

from __future__ import annotations  # a program starts quicker without the models

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal, NotRequired

    from pulumi import Input


class PathCleaningFilterArgs(TypedDict):
    """A rule that rewrites the paths that match ``regex`` (re2) to ``alias``."""

    regex: Input[str]
    alias: NotRequired[Input[str]]


class LinkedFlagArgs(TypedDict):
    """The feature flag (and variant) a person must have to be recorded."""

    id: Input[int]
    key: Input[str]
    variant: NotRequired[Input[str]]


class NetworkPayloadCaptureConfigArgs(TypedDict):
    """What recordings hold of the browser's requests."""

    recordHeaders: NotRequired[Input[bool]]
    recordBody: NotRequired[Input[bool]]


class MaskingConfigArgs(TypedDict):
    """What recordings hide; the selectors are CSS."""

    maskAllInputs: NotRequired[Input[bool]]
    maskTextSelector: NotRequired[Input[str]]
    blockSelector: NotRequired[Input[str]]


class ReplayAiConfigArgs(TypedDict):
    """What PostHog's AI may read of a recording."""

    opt_in: NotRequired[Input[bool]]
    included_event_properties: NotRequired[Input[Sequence[Input[str]]]]
    preferred_events: NotRequired[Input[Sequence[Input[str]]]]
    excluded_events: NotRequired[Input[Sequence[Input[str]]]]
    important_user_properties: NotRequired[Input[Sequence[Input[str]]]]


class ReplayConfigArgs(TypedDict):
    """Recording of canvas elements, and AI summaries."""

    record_canvas: NotRequired[Input[bool]]
    ai_config: NotRequired[Input[ReplayAiConfigArgs]]


class TriggerGroupsArgs(TypedDict):
    """Recording triggers of version 2: a group has ``id``, ``sampleRate`` and ``conditions``."""

    version: Input[Literal[2]]
    groups: Input[Sequence[Input[Mapping[str, Any]]]]


class FeatureFlagPolicyConfigArgs(TypedDict):
    """What every feature flag of the project must have."""

    require_tags: NotRequired[Input[bool]]


class ProjectSettingsArgs(TypedDict, total=False):
    """Settings of a project; one left out, or None, is not managed."""

    name: Input[str] | None
    """Name, unique in the organization on servers since 2026; the resource's name if left out."""
    product_description: Input[str] | None
    """What the product is, in your words."""
    timezone: Input[str] | None
    """IANA time zone used in reports, such as ``Europe/Berlin``."""
    week_start_day: Input[int] | None
    """First day of the week: 0 for Sunday, 1 for Monday."""
    base_currency: Input[str] | None
    """Currency that revenue is converted to, as an ISO 4217 code.

    Servers since 2026 only.
    """
    business_model: Input[Literal["b2b", "b2c", "other"]] | None
    """Whom the product is sold to.

    Servers since 2026 only.
    """
    is_demo: Input[bool] | None
    """Whether PostHog fills the new project with demo data; one per organization."""
    app_urls: Input[Sequence[Input[str]]] | None
    """Origins the toolbar may be opened on; ``*`` is a wildcard."""
    test_account_filters: Input[Sequence[Input[Mapping[str, Any]]]] | None
    """Property filters that keep internal users out of reports."""
    test_account_filters_default_checked: Input[bool] | None
    """Whether new insights leave internal users out."""
    path_cleaning_filters: Input[Sequence[Input[PathCleaningFilterArgs]]] | None
    """Rules that make paths comparable, in order."""
    person_display_name_properties: Input[Sequence[Input[str]]] | None
    """Person properties shown as a person's name, the first that is set."""
    correlation_config: Input[Mapping[str, Any]] | None
    """What correlation analysis leaves out."""
    data_attributes: Input[Sequence[Input[str]]] | None
    """HTML attributes that name an element in actions."""
    live_events_columns: Input[Sequence[Input[str]]] | None
    """Columns of the live events view."""
    primary_dashboard: Input[int] | None
    """Id of the dashboard on the home page, which must belong to the project."""
    default_data_theme: Input[int] | None
    """Id of the colour theme of charts; needs a plan that has themes.

    Servers since 2026 only.
    """
    human_friendly_comparison_periods: Input[bool] | None
    """Whether to compare with the same weekday instead of the same date.

    Servers since 2026 only.
    """
    modifiers: Input[Mapping[str, Any]] | None
    """HogQL query modifiers; servers since 2026 know their names and refuse others."""
    extra_settings: Input[Any] | None
    """Settings without a field of their own, as PostHog's documentation names them."""
    completed_snippet_onboarding: Input[bool] | None
    """Whether the set-up guide is done; PostHog's own UI sets it too."""
    has_completed_onboarding_for: Input[Mapping[str, Any]] | None
    """Products whose set-up guide is done; PostHog's own UI sets it too."""
    onboarding_tasks: Input[Mapping[str, Any]] | None
    """Progress of the set-up tasks; PostHog's own UI sets it too.

    Servers since 2026 only.
    """
    receive_org_level_activity_logs: Input[bool] | None
    """Whether the organization's activity shows in this project's log.

    Servers since 2026 only.
    """
    access_control: Input[bool] | None
    """Whether the project is private to those invited; servers since 2026 refuse it.

    Servers of mid-2025 only.
    """
    slack_incoming_webhook: Input[str] | None
    """Slack webhook for action notifications; servers since 2026 ignore it.

    Servers of mid-2025 only.
    """
    session_recording_opt_in: Input[bool] | None
    """Whether sessions are recorded."""
    session_recording_sample_rate: Input[float] | None
    """Share of the sessions to record, 0 to 1 in hundredths."""
    session_recording_minimum_duration_milliseconds: Input[int] | None
    """Shortest session to keep, in milliseconds, at most 30,000."""
    session_recording_linked_flag: Input[LinkedFlagArgs] | None
    """The feature flag a person must have to be recorded."""
    session_recording_network_payload_capture_config: Input[NetworkPayloadCaptureConfigArgs] | None
    """What recordings hold of the browser's requests."""
    session_recording_masking_config: Input[MaskingConfigArgs] | None
    """What recordings hide."""
    session_replay_config: Input[ReplayConfigArgs] | None
    """Recording of canvas elements, and AI summaries."""
    recording_domains: Input[Sequence[Input[str]]] | None
    """Origins that may be recorded; all of them if empty or never set."""
    session_recording_url_trigger_config: Input[Sequence[Input[Mapping[str, Any]]]] | None
    """Pages on which recording starts, as ``{"url": …, "matching": "regex"}``.

    Servers since 2026 only.
    """
    session_recording_url_blocklist_config: Input[Sequence[Input[Mapping[str, Any]]]] | None
    """Pages that are not recorded, in the same form.

    Servers since 2026 only.
    """
    session_recording_event_trigger_config: Input[Sequence[Input[str]]] | None
    """Events on which recording starts.

    Servers since 2026 only.
    """
    session_recording_trigger_match_type_config: Input[str] | None
    """Whether ``all`` or ``any`` of the triggers must match.

    Servers since 2026 only.
    """
    session_recording_trigger_groups: Input[TriggerGroupsArgs] | None
    """Groups of recording triggers, each with a sample rate of its own.

    Servers since 2026 only.
    """
    session_recording_retention_period: Input[Literal["30d", "90d", "1y", "5y"]] | None
    """How long recordings are kept; the plan sets the longest.

    Servers since 2026 only.
    """
    anonymize_ips: Input[bool] | None
    """Whether IP addresses are dropped from events."""
    autocapture_opt_out: Input[bool] | None
    """Whether clicks, inputs and page views are not captured by themselves."""
    autocapture_exceptions_opt_in: Input[bool] | None
    """Whether uncaught exceptions are captured."""
    autocapture_exceptions_errors_to_ignore: Input[Sequence[Input[str]]] | None
    """Regular expressions of exceptions to drop; at most 300 characters as JSON."""
    autocapture_web_vitals_opt_in: Input[bool] | None
    """Whether web vitals are captured."""
    autocapture_web_vitals_allowed_metrics: Input[Sequence[Input[str]]] | None
    """Web vitals to capture, such as ``LCP``; all of them if never set."""
    capture_console_log_opt_in: Input[bool] | None
    """Whether recordings hold the browser's console."""
    capture_dead_clicks: Input[bool] | None
    """Whether clicks that do nothing are captured.

    Servers since 2026 only.
    """
    capture_performance_opt_in: Input[bool] | None
    """Whether recordings hold the browser's network timings."""
    cookieless_server_hash_mode: Input[int] | None
    """How people are distinguished without cookies: 0 off, 1 stateless, 2 stateful.

    Servers since 2026 only.
    """
    heatmaps_opt_in: Input[bool] | None
    """Whether heatmap data is captured."""
    inject_web_apps: Input[bool] | None
    """Whether site apps are loaded; PostHog sets it itself when site apps are used."""
    surveys_opt_in: Input[bool] | None
    """Whether surveys are shown."""
    survey_config: Input[Mapping[str, Any]] | None
    """How surveys look by default, such as ``{"appearance": {…}}``."""
    feature_flag_confirmation_enabled: Input[bool] | None
    """Whether a change of a feature flag must be confirmed.

    Servers since 2026 only.
    """
    feature_flag_confirmation_message: Input[str] | None
    """Text shown when a change of a feature flag must be confirmed.

    Servers since 2026 only.
    """
    feature_flag_policy_config: Input[FeatureFlagPolicyConfigArgs] | None
    """What every feature flag must have.

    Servers since 2026 only. Only the keys you name are managed.
    """
    flags_persistence_default: Input[bool] | None
    """Whether new feature flags persist across authentication steps."""
    default_evaluation_contexts_enabled: Input[bool] | None
    """Whether new feature flags get the default evaluation contexts.

    Servers since 2026 only.
    """
    require_evaluation_contexts: Input[bool] | None
    """Whether every feature flag needs an evaluation context.

    Servers since 2026 only.
    """
    web_analytics_pre_aggregated_tables_enabled: Input[bool] | None
    """Whether web analytics reads pre-aggregated tables.

    Servers since 2026 only.
    """
    revenue_analytics_config: Input[Mapping[str, Any]] | None
    """Revenue analytics; keys left out keep PostHog's values.

    Servers since 2026 only. Only the keys you name are managed.
    """
    marketing_analytics_config: Input[Mapping[str, Any]] | None
    """Marketing analytics; keys left out keep PostHog's values.

    Servers since 2026 only. Only the keys you name are managed.
    """
    customer_analytics_config: Input[Mapping[str, Any]] | None
    """Customer analytics; keys left out keep PostHog's values.

    Servers since 2026 only. Only the keys you name are managed.
    """
    workflows_config: Input[Mapping[str, Any]] | None
    """Workflows; keys left out keep PostHog's values.

    Servers since 2026 only. Only the keys you name are managed.
    """
    conversations_enabled: Input[bool] | None
    """Whether the support widget is on.

    Servers since 2026 only.
    """
    conversations_settings: Input[Mapping[str, Any]] | None
    """The support widget; keys left out keep PostHog's values.

    Servers since 2026 only. Only the keys you name are managed.
    """
    logs_settings: Input[Mapping[str, Any]] | None
    """Logs; ``retention_days`` is 14 or 30 and may change once in 24 hours.

    Servers since 2026 only. Only the keys you name are managed.
    """
    proactive_tasks_enabled: Input[bool] | None
    """Whether PostHog may start tasks by itself; refused outside PostHog.

    Servers since 2026 only.
    """
