"""Settings of what PostHog's SDKs capture: autocapture, heatmaps, surveys, IP addresses."""

import json
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from posthog_pulumi.models.settings.setting import (
    LEFT_ALONE,
    SETTINGS_CONFIG,
    Flag,
    JsonObject,
    Merge,
    Setting,
    Whole,
)


def _short(value: list[str]) -> list[str]:
    if len(json.dumps(value)) > 300:  # noqa: PLR2004  # PostHog's limit, said in the message
        raise ValueError("must be at most 300 characters long as JSON")
    return value


class CaptureSettings(BaseModel):
    """Settings of what PostHog's SDKs capture."""

    model_config = SETTINGS_CONFIG

    anonymize_ips: Annotated[Flag | None, Setting(default=LEFT_ALONE)] = None
    """Whether IP addresses are dropped from events."""
    autocapture_opt_out: Annotated[Flag | None, Setting()] = None
    """Whether clicks, inputs and page views are not captured by themselves."""
    autocapture_exceptions_opt_in: Annotated[Flag | None, Setting()] = None
    """Whether uncaught exceptions are captured."""
    autocapture_exceptions_errors_to_ignore: Annotated[
        Annotated[list[str], AfterValidator(_short)] | None, Setting(default=[])
    ] = None
    """Regular expressions of exceptions to drop; at most 300 characters as JSON."""
    autocapture_web_vitals_opt_in: Annotated[Flag | None, Setting()] = None
    """Whether web vitals are captured."""
    autocapture_web_vitals_allowed_metrics: Annotated[list[str] | None, Setting()] = None
    """Web vitals to capture, such as ``LCP``; all of them if never set."""
    capture_console_log_opt_in: Annotated[Flag | None, Setting(default=True)] = None
    """Whether recordings hold the browser's console."""
    capture_dead_clicks: Annotated[Flag | None, Setting(default=False, only_on="current")] = None
    """Whether clicks that do nothing are captured."""
    capture_performance_opt_in: Annotated[Flag | None, Setting(default=True)] = None
    """Whether recordings hold the browser's network timings."""
    cookieless_server_hash_mode: Annotated[
        Annotated[Whole, Field(ge=0, le=2)] | None, Setting(default=0, only_on="current")
    ] = None
    """How people are told apart without cookies: 0 off, 1 stateless, 2 stateful."""
    heatmaps_opt_in: Annotated[Flag | None, Setting()] = None
    """Whether heatmap data is captured."""
    inject_web_apps: Annotated[Flag | None, Setting(default=LEFT_ALONE)] = None
    """Whether site apps are loaded; PostHog sets it itself when site apps are used."""
    surveys_opt_in: Annotated[Flag | None, Setting()] = None
    """Whether surveys are shown."""
    survey_config: Annotated[JsonObject | None, Setting(merge=Merge.MERGED)] = None
    """How surveys look unless they say otherwise, such as ``{"appearance": {…}}``."""
