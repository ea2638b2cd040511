"""Settings of what PostHog's SDKs capture: autocapture, heatmaps, surveys, IP addresses."""

import json
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from posthog_pulumi.models.settings.setting import LEFT_ALONE, SETTINGS_CONFIG, setting
from posthog_pulumi.models.types import Flag, JsonObject, Whole


def _short(value: list[str]) -> list[str]:
    if len(json.dumps(value)) > 300:  # noqa: PLR2004  # PostHog's limit, as the message says
        raise ValueError("must be at most 300 characters long as JSON")
    return value


IgnoredErrors = Annotated[list[str], AfterValidator(_short)]
HashMode = Annotated[Whole, Field(ge=0, le=2)]


class CaptureSettings(BaseModel):
    """Settings of what PostHog's SDKs capture."""

    model_config = SETTINGS_CONFIG

    anonymize_ips: Flag | None = setting(default=LEFT_ALONE)
    """Whether IP addresses are dropped from events."""
    autocapture_opt_out: Flag | None = setting()
    """Whether clicks, inputs and page views are not captured by themselves."""
    autocapture_exceptions_opt_in: Flag | None = setting()
    """Whether uncaught exceptions are captured."""
    autocapture_exceptions_errors_to_ignore: IgnoredErrors | None = setting(default=[])
    """Regular expressions of exceptions to drop; at most 300 characters as JSON."""
    autocapture_web_vitals_opt_in: Flag | None = setting()
    """Whether web vitals are captured."""
    autocapture_web_vitals_allowed_metrics: list[str] | None = setting()
    """Web vitals to capture, such as ``LCP``; all of them if never set."""
    capture_console_log_opt_in: Flag | None = setting(default=True)
    """Whether recordings hold the browser's console."""
    capture_dead_clicks: Flag | None = setting(default=False, only_on="current")
    """Whether clicks that do nothing are captured."""
    capture_performance_opt_in: Flag | None = setting(default=True)
    """Whether recordings hold the browser's network timings."""
    cookieless_server_hash_mode: HashMode | None = setting(default=0, only_on="current")
    """How people are distinguished without cookies: 0 off, 1 stateless, 2 stateful."""
    heatmaps_opt_in: Flag | None = setting()
    """Whether heatmap data is captured."""
    inject_web_apps: Flag | None = setting(default=LEFT_ALONE, posthog_sets=True)
    """Whether site apps are loaded; PostHog sets it itself when site apps are used."""
    surveys_opt_in: Flag | None = setting()
    """Whether surveys are shown."""
    survey_config: JsonObject | None = setting(merge=1)
    """How surveys look by default, such as ``{"appearance": {…}}``."""
