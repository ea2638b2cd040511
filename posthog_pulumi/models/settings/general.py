"""Settings of the project itself: its name, dates, people and set-up."""

from importlib import resources
from typing import Annotated, Literal, NotRequired

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from posthog_pulumi.models.settings.setting import (
    LEFT_ALONE,
    SETTINGS_CONFIG,
    Flag,
    Json,
    JsonObject,
    JsonObjects,
    Merge,
    Setting,
    Url,
    Whole,
)


def time_zones() -> list[str]:
    """Every IANA name, aliases included, from the ``tzdata`` package: the same on all machines."""
    return resources.files("tzdata").joinpath("zones").read_text("utf-8").split()


def _time_zone(value: str) -> str:
    names = time_zones()
    if value in names:
        return value
    close = [name for name in names if name.lower() == value.lower()]
    hint = f"; did you mean {close[0]}?" if close else ", such as Europe/Berlin"
    raise ValueError(f"must be an IANA time zone{hint}")


@with_config(ConfigDict(extra="forbid", str_strip_whitespace=True))
class PathCleaningFilter(TypedDict):
    """A rule that rewrites the paths that match ``regex`` (re2) to ``alias``."""

    regex: Annotated[str, StringConstraints(min_length=1)]
    alias: NotRequired[str]


class GeneralSettings(BaseModel):
    """Settings of the project itself."""

    model_config = SETTINGS_CONFIG

    name: Annotated[
        str | None, Field(min_length=1, max_length=200), Setting(default=LEFT_ALONE)
    ] = None
    """Name, unique in the organization on today's server; the resource's name if left out."""
    product_description: Annotated[str | None, Field(max_length=1000), Setting()] = None
    """What the product is, in your words."""
    timezone: Annotated[
        Annotated[str, AfterValidator(_time_zone)] | None, Setting(default="UTC")
    ] = None
    """IANA time zone used in reports, such as ``Europe/Berlin``."""
    week_start_day: Annotated[
        Annotated[Whole, Field(ge=0, le=1)] | None, Setting(default=LEFT_ALONE)
    ] = None
    """First day of the week: 0 for Sunday, 1 for Monday."""
    base_currency: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None,
        Setting(default="USD", only_on="current"),
    ] = None
    """Currency that revenue is converted to, as an ISO 4217 code."""
    business_model: Annotated[Literal["b2b", "b2c", "other"] | None, Setting(only_on="current")] = (
        None
    )
    """Whom the product is sold to."""
    is_demo: Annotated[Flag | None, Setting(default=False)] = None
    """Whether PostHog fills the new project with demo data; one an organization."""
    app_urls: Annotated[list[Url] | None, Setting(default=[])] = None
    """Origins the toolbar may be opened on; ``*`` is a wildcard."""
    test_account_filters: Annotated[
        JsonObjects | None, Setting(default=LEFT_ALONE, after_create=True)
    ] = None
    """Property filters that keep internal users out of reports."""
    test_account_filters_default_checked: Annotated[Flag | None, Setting()] = None
    """Whether new insights leave internal users out."""
    path_cleaning_filters: Annotated[list[PathCleaningFilter] | None, Setting(default=[])] = None
    """Rules that make paths comparable, in order."""
    person_display_name_properties: Annotated[
        list[Annotated[str, StringConstraints(max_length=400)]] | None, Setting()
    ] = None
    """Person properties shown as a person's name, the first that is set."""
    correlation_config: Annotated[JsonObject | None, Setting(default={})] = None
    """What correlation analysis leaves out."""
    data_attributes: Annotated[list[str] | None, Setting(default=["data-attr"])] = None
    """HTML attributes that name an element in actions."""
    live_events_columns: Annotated[list[str] | None, Setting()] = None
    """Columns of the live events view."""
    primary_dashboard: Annotated[Whole | None, Setting(default=LEFT_ALONE, after_create=True)] = (
        None
    )
    """Id of the dashboard on the home page, which must belong to the project."""
    default_data_theme: Annotated[Whole | None, Setting(default=LEFT_ALONE, only_on="current")] = (
        None
    )
    """Id of the colour theme of charts; needs a plan that has themes."""
    human_friendly_comparison_periods: Annotated[
        Flag | None, Setting(default=False, only_on="current")
    ] = None
    """Whether to compare with the same weekday instead of the same date."""
    modifiers: Annotated[JsonObject | None, Setting(merge=Merge.MERGED)] = None
    """HogQL query modifiers; today's server knows their names and refuses others."""
    extra_settings: Annotated[
        Json | None, Setting(default={"recorder_script": "posthog-recorder"})
    ] = None
    """Settings without a field of their own, as PostHog's documentation names them."""
    completed_snippet_onboarding: Annotated[Flag | None, Setting(default=False)] = None
    """Whether the set-up guide is done; PostHog's own UI sets it too."""
    has_completed_onboarding_for: Annotated[JsonObject | None, Setting()] = None
    """Products whose set-up guide is done; PostHog's own UI sets it too."""
    onboarding_tasks: Annotated[JsonObject | None, Setting(only_on="current")] = None
    """Progress of the set-up tasks; PostHog's own UI sets it too."""
    receive_org_level_activity_logs: Annotated[
        Flag | None, Setting(default=False, only_on="current")
    ] = None
    """Whether the organization's activity shows in this project's log."""
    access_control: Annotated[Flag | None, Setting(default=False, only_on="docs-2025")] = None
    """Whether the project is private to those invited; today's server refuses it."""
    slack_incoming_webhook: Annotated[
        str | None, Field(max_length=500), Setting(only_on="docs-2025", sensitive=True)
    ] = None
    """Slack webhook for action notifications; today's server ignores it."""
