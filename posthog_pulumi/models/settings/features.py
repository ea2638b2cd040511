"""Settings of single products: feature flags, analytics, conversations, logs."""

from typing import Annotated, NotRequired

from pydantic import BaseModel, ConfigDict, with_config
from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from posthog_pulumi.models.settings.setting import (
    LEFT_ALONE,
    SETTINGS_CONFIG,
    Flag,
    JsonObject,
    Merge,
    Setting,
)


@with_config(ConfigDict(extra="forbid"))
class FeatureFlagPolicyConfig(TypedDict):
    """What every feature flag of the project must have."""

    require_tags: NotRequired[Flag]


class FeatureSettings(BaseModel):
    """Settings of single products."""

    model_config = SETTINGS_CONFIG

    feature_flag_confirmation_enabled: Annotated[
        Flag | None, Setting(default=False, only_on="current")
    ] = None
    """Whether a change of a feature flag must be confirmed."""
    feature_flag_confirmation_message: Annotated[str | None, Setting(only_on="current")] = None
    """Text shown when a change of a feature flag must be confirmed."""
    feature_flag_policy_config: Annotated[
        FeatureFlagPolicyConfig | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN),
    ] = None
    """What every feature flag must have."""
    flags_persistence_default: Annotated[Flag | None, Setting(default=False)] = None
    """Whether new feature flags persist across authentication steps."""
    default_evaluation_contexts_enabled: Annotated[
        Flag | None, Setting(default=False, only_on="current")
    ] = None
    """Whether new feature flags get the default evaluation contexts."""
    require_evaluation_contexts: Annotated[
        Flag | None, Setting(default=False, only_on="current")
    ] = None
    """Whether every feature flag needs an evaluation context."""
    web_analytics_pre_aggregated_tables_enabled: Annotated[
        Flag | None, Setting(default=False, only_on="current")
    ] = None
    """Whether web analytics reads pre-aggregated tables."""
    revenue_analytics_config: Annotated[
        JsonObject | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN, after_create=True),
    ] = None
    """Revenue analytics; keys left out keep PostHog's values."""
    marketing_analytics_config: Annotated[
        JsonObject | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN, after_create=True),
    ] = None
    """Marketing analytics; keys left out keep PostHog's values."""
    customer_analytics_config: Annotated[
        JsonObject | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN, after_create=True),
    ] = None
    """Customer analytics; keys left out keep PostHog's values."""
    workflows_config: Annotated[
        JsonObject | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN, after_create=True),
    ] = None
    """Workflows; keys left out keep PostHog's values."""
    conversations_enabled: Annotated[Flag | None, Setting(only_on="current")] = None
    """Whether the support widget is on."""
    conversations_settings: Annotated[
        JsonObject | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN, sensitive=True),
    ] = None
    """The support widget; keys left out keep PostHog's values."""
    logs_settings: Annotated[
        JsonObject | None,
        Setting(default=LEFT_ALONE, only_on="current", merge=Merge.FILLED_IN),
    ] = None
    """Logs; ``retention_days`` is 14 or 30 and may change once in 24 hours."""
    proactive_tasks_enabled: Annotated[Flag | None, Setting(only_on="current")] = None
    """Whether PostHog may start tasks by itself; refused outside PostHog."""
