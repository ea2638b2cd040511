"""Every setting a program may declare, each listed once with its type, default and description."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from posthog_pulumi.models.settings.capture import CaptureSettings
from posthog_pulumi.models.settings.features import FeatureSettings
from posthog_pulumi.models.settings.general import GeneralSettings
from posthog_pulumi.models.settings.replay import ReplaySettings
from posthog_pulumi.models.settings.setting import Merge, Setting
from posthog_pulumi.properties import plain


class ProjectSettings(FeatureSettings, CaptureSettings, ReplaySettings, GeneralSettings):
    """Settings of a project; one left unset is not managed."""

    def declared(self) -> dict[str, Any]:
        """The settings that are set, in normal form."""
        return self.model_dump(include=set(SETTINGS), exclude_none=True)


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(
    {
        name: next(item for item in field.metadata if isinstance(item, Setting))
        for name, field in ProjectSettings.model_fields.items()
    }
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


def comparable(name: str, recorded: Any, declared: Any) -> Any:
    """What to hold against a declared value: the whole recorded one, or the keys it declares."""
    return _part(recorded, declared) if SETTINGS[name].merge is Merge.FILLED_IN else recorded


def _part(recorded: Any, declared: Any) -> Any:
    if not isinstance(recorded, dict) or not isinstance(declared, dict):
        return recorded
    return {key: _part(recorded[key], declared[key]) for key in declared if key in recorded}
