"""The settings, in the order in which the server checks and shows them."""

from collections.abc import Mapping

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.settings import recordings, shapes
from posthog_pulumi.emulator.settings.choices import zones
from posthog_pulumi.emulator.settings.fields import (
    BOTH,
    ONLY_2025,
    ONLY_2026,
    Setting,
    Zone,
    any_json,
    boolean,
    choice,
    fraction,
    integer,
    structured,
    text,
    texts,
)
from posthog_pulumi.emulator.settings.newer import NEWER
from posthog_pulumi.emulator.settings.relations import own_dashboard

_IDENTITY = {
    "name": Setting(field=text(200, null=False, blank=False)),
    "product_description": Setting(field=text(1000), member=True),
}

_GENERAL = {
    "app_urls": Setting(
        field=texts(200, null=False, null_items=True, check=shapes.few_wildcards), default=[]
    ),
    "slack_incoming_webhook": Setting(field=text(500), on=ONLY_2025),
    "anonymize_ips": Setting(field=boolean(), default=False, dropped_at_create=ONLY_2025),
    "completed_snippet_onboarding": Setting(field=boolean(), default=False, member=True),
    "test_account_filters": Setting(
        field=structured(shapes.filters, null=False), default=[], dropped_at_create=BOTH
    ),
    "test_account_filters_default_checked": Setting(field=boolean(null=True)),
    "path_cleaning_filters": Setting(field=structured(shapes.path_rules), default=[]),
    "is_demo": Setting(field=boolean(), default=False),
    "timezone": Setting(field=lambda _: Zone(zones(), required=False), default="UTC"),
    "data_attributes": Setting(field=any_json(null=False), default=["data-attr"]),
    "person_display_name_properties": Setting(field=texts(400)),
    "correlation_config": Setting(field=any_json(), default={}),
}

_CAPTURE = {
    "autocapture_opt_out": Setting(field=boolean(null=True)),
    "autocapture_exceptions_opt_in": Setting(field=boolean(null=True), member=True),
    "autocapture_web_vitals_opt_in": Setting(field=boolean(null=True), member=True),
    "autocapture_web_vitals_allowed_metrics": Setting(field=any_json(), member=True),
    "autocapture_exceptions_errors_to_ignore": Setting(field=any_json()),
    "capture_console_log_opt_in": Setting(field=boolean(null=True), default=True),
    "capture_performance_opt_in": Setting(field=boolean(null=True), default=True),
}

_RECORDINGS = {
    "session_recording_opt_in": Setting(field=boolean(), default=False, member=True),
    "session_recording_sample_rate": Setting(field=fraction()),
    "session_recording_minimum_duration_milliseconds": Setting(field=integer(0, 30000)),
    "session_recording_linked_flag": Setting(field=structured(recordings.linked_flag)),
    "session_recording_network_payload_capture_config": Setting(
        field=structured(
            shapes.only(
                {"recordHeaders", "recordBody"},
                "Must provide a dictionary with only 'recordHeaders' and/or 'recordBody' keys.",
            )
        )
    ),
    "session_recording_masking_config": Setting(field=structured(recordings.masking)),
    "session_replay_config": Setting(field=structured(recordings.replay), merge=shapes.one_deeper),
}

_REST = {
    "survey_config": Setting(field=structured(shapes.dictionary), merge=shapes.shallow),
    "access_control": Setting(field=boolean(), default=False),
    "week_start_day": Setting(field=choice([0, 1], null=True)),
    "primary_dashboard": Setting(field=own_dashboard, member=True),
    "live_events_columns": Setting(field=texts()),
    "recording_domains": Setting(field=texts(200, null_items=True)),
    "inject_web_apps": Setting(field=boolean(null=True)),
    "extra_settings": Setting(field=any_json()),
    "modifiers": Setting(
        field=structured(shapes.modifiers), merge=shapes.shallow, merges_on=ONLY_2026
    ),
    "has_completed_onboarding_for": Setting(field=any_json(), member=True),
    "surveys_opt_in": Setting(field=boolean(null=True), member=True),
    "heatmaps_opt_in": Setting(field=boolean(null=True)),
    "flags_persistence_default": Setting(field=boolean(null=True), default=False),
}

SETTINGS: dict[str, Setting] = _IDENTITY | _GENERAL | _CAPTURE | _RECORDINGS | _REST | NEWER

NOT_CONFIGURATION = {"name", "product_description", "access_control"}
"""What the server of 2025 does not count as configuration of the environment."""

_KNOWN = {
    (server, older): {
        name: setting
        for name, setting in SETTINGS.items()
        if server in setting.on or (older and setting.older_environments)
    }
    for server in BOTH
    for older in (True, False)
}


def known(server: Server) -> Mapping[str, Setting]:
    """The settings that this server has."""
    return _KNOWN[server.name, server.shows_older_environment]
