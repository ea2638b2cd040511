"""Every setting a program may declare, each listed once with its type, default and description."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import ConfigDict, ValidationError

from posthog_pulumi.models.settings.capture import CaptureSettings
from posthog_pulumi.models.settings.features import FeatureSettings
from posthog_pulumi.models.settings.general import GeneralSettings
from posthog_pulumi.models.settings.replay import ReplaySettings
from posthog_pulumi.models.settings.setting import Setting, setting_of
from posthog_pulumi.properties import plain


class ProjectSettings(FeatureSettings, CaptureSettings, ReplaySettings, GeneralSettings):
    """Settings of a project; one left unset is not managed."""

    model_config = ConfigDict(defer_build=False)  # several threads may be the first to use it

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """The names of what is set: any value may be a secret of the program's."""
        return [(None, name) for name in sorted(self.model_fields_set)]

    def declared(self) -> dict[str, Any]:
        """The settings that are set, in normal form."""
        return self.model_dump(include=set(SETTINGS), exclude_none=True)


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(
    {name: setting_of(field) for name, field in ProjectSettings.model_fields.items()}
)
"""Each setting's facts, by its name in PostHog's API."""

SENSITIVE: Final = frozenset(name for name, setting in SETTINGS.items() if setting.sensitive)


def normalised(live: Mapping[str, Any]) -> dict[str, Any]:
    """The settings among PostHog's values in the normal form of declared ones.

    A value that we would not accept from a program, such as a time zone withdrawn since, is kept.
    """
    values = {name: value for name, value in live.items() if name in SETTINGS}
    try:
        return ProjectSettings.model_validate(values).declared()
    except ValidationError as error:
        odd = {str(problem["loc"][0]) for problem in error.errors(include_url=False)}
    usual = {name: value for name, value in values.items() if name not in odd}
    kept = {name: plain(values[name]) for name in odd if values[name] is not None}
    return ProjectSettings.model_validate(usual).declared() | kept


def managed_part(name: str, live: Any, declared: Any) -> Any:
    """What is managed of a live value: all, or the declared keys where PostHog adds its own."""
    return _part(live, declared) if SETTINGS[name].filled_in else live


def _part(live: Any, declared: Any) -> Any:
    if not isinstance(live, dict) or not isinstance(declared, dict):
        return live
    return {key: _part(live[key], declared[key]) for key in declared if key in live}
