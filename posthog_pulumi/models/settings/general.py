"""Settings of the project itself: its name, dates, people and set-up."""

from functools import cache
from importlib import resources
from typing import Annotated, Literal, NotRequired

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from posthog_pulumi.models.settings.setting import LEFT_ALONE, SETTINGS_CONFIG, setting
from posthog_pulumi.models.types import (
    TRIMMED,
    Flag,
    Json,
    JsonObject,
    JsonObjects,
    Name,
    NotBlank,
    Url,
    Whole,
    closest,
    matching,
)


@cache
def _time_zones() -> frozenset[str]:
    """Every IANA name, aliases included, from the ``tzdata`` package: the same on all machines."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


def _time_zone(value: str) -> str:
    names = _time_zones()
    if value in names:
        return value
    meant = closest(value, sorted(name for name in names if "/" in name))  # CEST means no EST
    hint = f"; did you mean {meant}?" if meant else ", such as Europe/Berlin"
    raise ValueError(f"must be an IANA time zone{hint}")


@with_config(ConfigDict(extra="forbid", str_strip_whitespace=True))
class PathCleaningFilter(TypedDict):
    """A rule that rewrites the paths that match ``regex`` (re2) to ``alias``."""

    regex: Annotated[str, StringConstraints(min_length=1)]
    alias: NotRequired[str]


TimeZone = Annotated[str, AfterValidator(_time_zone)]
Weekday = Annotated[Whole, Field(ge=0, le=1)]
Currency = Annotated[str, matching(r"[A-Z]{3}", "must be an ISO 4217 code, such as EUR")]
Description = Annotated[str, StringConstraints(max_length=1000), TRIMMED]
Webhook = Annotated[str, StringConstraints(max_length=500), TRIMMED]
PersonProperty = Annotated[str, StringConstraints(min_length=1, max_length=400), TRIMMED]


class GeneralSettings(BaseModel):
    """Settings of the project itself."""

    model_config = SETTINGS_CONFIG

    name: Name | None = setting(default=LEFT_ALONE)
    """Name, unique in the organization on servers since 2026; the resource's name if left out."""
    product_description: Description | None = setting()
    """What the product is, in your words."""
    timezone: TimeZone | None = setting(default="UTC", choice=True)
    """IANA time zone used in reports, such as ``Europe/Berlin``."""
    week_start_day: Weekday | None = setting(default=LEFT_ALONE)
    """First day of the week: 0 for Sunday, 1 for Monday."""
    base_currency: Currency | None = setting(default="USD", only_on="current", choice=True)
    """Currency that revenue is converted to, as an ISO 4217 code."""
    business_model: Literal["b2b", "b2c", "other"] | None = setting(only_on="current", choice=True)
    """Whom the product is sold to."""
    is_demo: Flag | None = setting(default=False)
    """Whether PostHog fills the new project with demo data; one per organization."""
    app_urls: list[Url] | None = setting(default=[])
    """Origins the toolbar may be opened on; ``*`` is a wildcard."""
    test_account_filters: JsonObjects | None = setting(default=LEFT_ALONE, after_create=True)
    """Property filters that keep internal users out of reports."""
    test_account_filters_default_checked: Flag | None = setting()
    """Whether new insights leave internal users out."""
    path_cleaning_filters: list[PathCleaningFilter] | None = setting(default=[])
    """Rules that make paths comparable, in order."""
    person_display_name_properties: list[PersonProperty] | None = setting()
    """Person properties shown as a person's name, the first that is set."""
    correlation_config: JsonObject | None = setting(default={})
    """What correlation analysis leaves out."""
    data_attributes: list[str] | None = setting(default=["data-attr"])
    """HTML attributes that name an element in actions."""
    live_events_columns: list[NotBlank] | None = setting()
    """Columns of the live events view."""
    primary_dashboard: Whole | None = setting(
        default=LEFT_ALONE, after_create=True, posthog_sets=True
    )
    """Id of the dashboard on the home page, which must belong to the project."""
    default_data_theme: Whole | None = setting(
        default=LEFT_ALONE, only_on="current", posthog_sets=True
    )
    """Id of the colour theme of charts; needs a plan that has themes."""
    human_friendly_comparison_periods: Flag | None = setting(default=False, only_on="current")
    """Whether to compare with the same weekday instead of the same date."""
    modifiers: JsonObject | None = setting(merge=1)
    """HogQL query modifiers; servers since 2026 know their names and refuse others."""
    extra_settings: Json | None = (
        setting(  # the default of servers since 2026; those before have none
            default=LEFT_ALONE, usual={"recorder_script": "posthog-recorder"}
        )
    )
    """Settings without a field of their own, as PostHog's documentation names them."""
    completed_snippet_onboarding: Flag | None = setting(default=False, posthog_sets=True)
    """Whether the set-up guide is done; PostHog's own UI sets it too."""
    has_completed_onboarding_for: JsonObject | None = setting(posthog_sets=True)
    """Products whose set-up guide is done; PostHog's own UI sets it too."""
    onboarding_tasks: JsonObject | None = setting(only_on="current", posthog_sets=True)
    """Progress of the set-up tasks; PostHog's own UI sets it too."""
    receive_org_level_activity_logs: Flag | None = setting(default=False, only_on="current")
    """Whether the organization's activity shows in this project's log."""
    access_control: Flag | None = setting(default=False, only_on="docs-2025")
    """Whether the project is private to those invited; servers since 2026 refuse it."""
    slack_incoming_webhook: Webhook | None = setting(only_on="docs-2025", sensitive=True)
    """Slack webhook for action notifications; servers since 2026 ignore it."""
