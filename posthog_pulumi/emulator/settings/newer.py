"""Settings of servers since 2026, which PostHog's documentation page lacks."""

from posthog_pulumi.emulator.settings import recordings, shapes
from posthog_pulumi.emulator.settings.choices import CURRENCIES, RETENTION_PERIODS
from posthog_pulumi.emulator.settings.fields import (
    ONLY_2026,
    FieldFor,
    Merge,
    Setting,
    any_json,
    boolean,
    choice,
    integer,
    structured,
    text,
    texts,
)


def _new(
    field: FieldFor, default: object = None, merge: Merge | None = None, *, member: bool = False
) -> Setting:
    return Setting(field=field, default=default, merge=merge, on=ONLY_2026, member=member)


def _older(field: FieldFor, default: object = None) -> Setting:
    return Setting(field=field, default=default, on=ONLY_2026, older_environments=True)


def _update_only(default: object = None, merge: Merge | None = None) -> Setting:
    return Setting(
        field=structured(shapes.dictionary),
        default=default,
        merge=merge,
        on=ONLY_2026,
        dropped_at_create=ONLY_2026,
    )


NEWER = {
    "session_recording_url_trigger_config": _older(any_json(), []),
    "session_recording_url_blocklist_config": _older(any_json(), []),
    "session_recording_event_trigger_config": _older(texts(), []),
    "session_recording_trigger_match_type_config": _older(text(24)),
    "session_recording_trigger_groups": _new(structured(recordings.trigger_groups)),
    "session_recording_retention_period": _new(choice(RETENTION_PERIODS), "30d"),
    "base_currency": _new(choice(CURRENCIES), "USD"),
    "business_model": _new(choice(["b2b", "b2c", "other"], null=True)),
    "capture_dead_clicks": _older(boolean(null=True), default=False),
    "cookieless_server_hash_mode": _older(choice([0, 1, 2], null=True), 0),
    "human_friendly_comparison_periods": _older(boolean(null=True), default=False),
    "feature_flag_confirmation_enabled": _new(boolean(null=True), default=False),
    "feature_flag_confirmation_message": _new(text()),
    "default_evaluation_contexts_enabled": _new(boolean(null=True), default=False),
    "require_evaluation_contexts": _new(boolean(null=True), default=False),
    "web_analytics_pre_aggregated_tables_enabled": _new(boolean(null=True), default=False),
    "default_data_theme": _new(integer()),
    "onboarding_tasks": _new(any_json(), member=True),
    "receive_org_level_activity_logs": _new(boolean(null=True), default=False),
    "conversations_enabled": _new(boolean(null=True)),
    "conversations_settings": _new(structured(shapes.conversations), merge=shapes.shallow),
    "logs_settings": _new(structured(shapes.logs)),
    "proactive_tasks_enabled": _new(boolean(null=True)),
    "revenue_analytics_config": _update_only({"events": [], "goals": []}),
    "marketing_analytics_config": _update_only({"sources_map": {}}, shapes.sources),
    "customer_analytics_config": _update_only({}),
    "workflows_config": _update_only({}),
    "feature_flag_policy_config": _new(structured(shapes.dictionary), {"require_tags": False}),
}
