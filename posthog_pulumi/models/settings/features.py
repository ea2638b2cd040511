"""Settings of single products: feature flags, analytics, conversations, logs."""

from typing import Annotated, NotRequired

from pydantic import BaseModel, ConfigDict, with_config
from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from posthog_pulumi.models.settings.setting import LEFT_ALONE, SETTINGS_CONFIG, setting
from posthog_pulumi.models.types import TRIMMED, Flag, JsonObject


@with_config(ConfigDict(extra="forbid"))
class FeatureFlagPolicyConfig(TypedDict):
    """What every feature flag of the project must have."""

    require_tags: NotRequired[Flag]


class FeatureSettings(BaseModel):
    """Settings of single products."""

    model_config = SETTINGS_CONFIG

    feature_flag_confirmation_enabled: Flag | None = setting(default=False, only_on="current")
    """Whether a change of a feature flag must be confirmed."""
    feature_flag_confirmation_message: Annotated[str, TRIMMED] | None = setting(only_on="current")
    """Text shown when a change of a feature flag must be confirmed."""
    feature_flag_policy_config: FeatureFlagPolicyConfig | None = setting(
        default=LEFT_ALONE, only_on="current", filled_in=True
    )
    """What every feature flag must have."""
    flags_persistence_default: Flag | None = setting(default=False)
    """Whether new feature flags persist across authentication steps."""
    default_evaluation_contexts_enabled: Flag | None = setting(default=False, only_on="current")
    """Whether new feature flags get the default evaluation contexts."""
    require_evaluation_contexts: Flag | None = setting(default=False, only_on="current")
    """Whether every feature flag needs an evaluation context."""
    web_analytics_pre_aggregated_tables_enabled: Flag | None = setting(
        default=False, only_on="current"
    )
    """Whether web analytics reads pre-aggregated tables."""
    revenue_analytics_config: JsonObject | None = setting(
        default=LEFT_ALONE, only_on="current", filled_in=True, after_create=True
    )
    """Revenue analytics; keys left out keep PostHog's values."""
    marketing_analytics_config: JsonObject | None = setting(
        default=LEFT_ALONE, only_on="current", filled_in=True, after_create=True
    )
    """Marketing analytics; keys left out keep PostHog's values."""
    customer_analytics_config: JsonObject | None = setting(
        default=LEFT_ALONE, only_on="current", filled_in=True, after_create=True
    )
    """Customer analytics; keys left out keep PostHog's values."""
    workflows_config: JsonObject | None = setting(
        default=LEFT_ALONE, only_on="current", filled_in=True, after_create=True
    )
    """Workflows; keys left out keep PostHog's values."""
    conversations_enabled: Flag | None = setting(only_on="current")
    """Whether the support widget is on."""
    conversations_settings: JsonObject | None = setting(
        default=LEFT_ALONE, only_on="current", filled_in=True, sensitive=True
    )
    """The support widget; keys left out keep PostHog's values."""
    logs_settings: JsonObject | None = setting(
        default=LEFT_ALONE,
        only_on="current",
        filled_in=True,
        posthogs_keys=frozenset({"retention_last_updated"}),
    )
    """Logs; ``retention_days`` is 14 or 30 and may change once in 24 hours."""
    proactive_tasks_enabled: Flag | None = setting(only_on="current")
    """Whether PostHog may start tasks by itself; refused outside PostHog."""
