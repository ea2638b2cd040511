"""What a program shall declare of a live project."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from posthog_pulumi.adopt.names import resource_names
from posthog_pulumi.models.project import ProductIntent, ProjectInputs, RemoteProject
from posthog_pulumi.models.settings import SETTINGS
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from posthog_pulumi.plan.failures import checked

FIRST_TRIGGER: Final[Mapping[str, Any]] = {"rotation": 1}
"""What an adopted secret token is armed with; raising the number rotates it."""

ROTATION: Final = "rotate_secret_token_when_changed"

_INTERNAL_USERS: Final = {"key": "id", "type": "cohort", "operator": "not_in", "value": None}

_LOCALHOST: Final = {
    "key": "$host",
    "type": "event",
    "operator": "not_regex",
    "value": r"^(localhost|127\.0\.0\.1)($|:)",
}

_SECRET: Final = "is a secret, which a program should take from its configuration"  # noqa: S105  # words


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """A live project, and how program and state shall know it."""

    project: RemoteProject
    name: str
    """Pulumi's name of the resource."""
    organization_id: str | None
    """UUID, where the configuration names another organization."""
    settings: Mapping[str, Any]
    left_out: Mapping[str, str]
    """Settings that differ from PostHog's default and are not declared, and why."""
    rotates: bool
    """Whether its secret token is taken over."""
    intents: tuple[ProductIntent, ...]

    @property
    def id(self) -> str:
        """The project's number in PostHog."""
        return str(self.project.id)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be taken over besides projects."""

    secret_tokens: bool = False
    product_intents: bool = False


def adopted(
    projects: Iterable[RemoteProject], home: str | None, wish: Wish, others: Collection[str] = ()
) -> list[Adopted]:
    """How program and state shall know these projects, in the order of their names.

    Args:
        projects: Live ones.
        home: UUID of the organization that the configuration names; None if it is not known.
        wish: What is to be taken over besides.
        others: Pulumi's names of projects that the stack has already.
    """
    found = {str(project.id): project for project in projects}
    names = resource_names({id_: str(found[id_].name) for id_ in found}, others)
    in_order = sorted(names, key=lambda id_: names[id_])
    return [_adopted(found[id_], names[id_], home, wish) for id_ in in_order]


def _adopted(project: RemoteProject, name: str, home: str | None, wish: Wish) -> Adopted:
    settings, left_out = declared(project.settings)
    return Adopted(
        project=project,
        name=name,
        organization_id=None if home in {None, project.organization} else project.organization,
        settings=settings,
        left_out=left_out,
        rotates=wish.secret_tokens and project.secret_api_token is not None,
        intents=tuple(project.product_intents) if wish.product_intents else (),
    )


def declared(live: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The settings to declare, and those that differ from the default but cannot be, and why.

    Args:
        live: Those that have a value, in normal form.
    """
    ours = {name: _without_posthogs_keys(name, live[name]) for name in SETTINGS if name in live}
    differing = {name: value for name, value in ours.items() if _differs(name, value)}
    normal, problems = checked(ProjectInputs, differing)
    secret = {name: f"{name} {_SECRET}" for name in differing if SETTINGS[name].sensitive}
    left_out = {**problems, **secret}
    return {name: normal[name] for name in differing if name not in left_out}, left_out


def _without_posthogs_keys(name: str, value: Any) -> Any:
    keys = SETTINGS[name].posthogs_keys
    return {key: value[key] for key in value if key not in keys} if keys else value


def _differs(name: str, value: Any) -> bool:
    """Whether the value says something: what is empty is taken for a default that nobody knows."""
    setting = SETTINGS[name]
    if name == "name":
        return True
    if setting.posthog_sets:
        return False
    if setting.default is LEFT_ALONE:
        return value != setting.usual and not _generated(name, value) and _says_something(value)
    return bool(value != setting.default)


def _generated(name: str, value: Any) -> bool:
    """Whether it is a filter that PostHog gives new projects: its own cohort, or this machine."""
    if name != "test_account_filters" or len(value) != 1:
        return False
    return {**value[0], "value": None} == _INTERNAL_USERS or value[0] == _LOCALHOST


def _says_something(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_says_something, value.values()))
    if isinstance(value, list):
        return any(map(_says_something, value))
    return value not in (None, False, "", 0)
