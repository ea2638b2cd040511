"""What to do about a project, given what is recorded and what is wanted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from posthog_pulumi.models.project import ProjectInputs, ProjectState
from posthog_pulumi.models.settings import SETTINGS, managed_part
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from posthog_pulumi.plan.rotation import fired

Settings = dict[str, Any]


@dataclass(frozen=True)
class ProjectDiff:
    """Names of the arguments by what happens to them."""

    changed: frozenset[str]
    """Settings to send: new to the program, or recorded with another value."""
    dropped: frozenset[str]
    """Settings the program named before and no longer names."""
    options: frozenset[str]
    """Changed arguments that PostHog does not know."""

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changed or self.dropped or self.options)


def diff(state: ProjectState, wanted: ProjectInputs) -> ProjectDiff:
    """Compare the recorded project with the wanted one, as far as the program declares it."""
    declared = wanted.declared()
    differing = {name for name in declared if state.settings.get(name) != declared[name]}
    return ProjectDiff(
        changed=frozenset(differing | (declared.keys() - state.managed)),
        dropped=state.managed - declared.keys(),
        options=_changed_options(state.options, wanted.options()),
    )


def _changed_options(recorded: Mapping[str, Any], wanted: Mapping[str, Any]) -> frozenset[str]:
    names = recorded.keys() | wanted.keys()
    return frozenset(name for name in names if recorded.get(name) != wanted.get(name))


def resets_api_token(state: ProjectState, wanted: ProjectInputs) -> bool:
    """Whether the trigger of the API token was armed before and has another value now."""
    name = "rotate_api_token_when_changed"
    return fired(state.options.get(name), wanted.options().get(name))


def may_move(state: ProjectState, wanted: ProjectInputs) -> bool:
    """Whether the program spells another organization than before, and not the one it is in."""
    spelling = wanted.organization_id
    known = {None, state.options.get("organization_id"), state.organization}
    return spelling not in known


def create_body(wanted: ProjectInputs) -> Settings:
    """What to send in the create request: all but what PostHog refuses or overrides there."""
    return {
        name: value for name, value in wanted.declared().items() if not SETTINGS[name].after_create
    }


def update_body(state: ProjectState, wanted: ProjectInputs) -> Settings:
    """The changed settings, and PostHog's defaults for those dropped from the program."""
    found = diff(state, wanted)
    declared = wanted.declared()
    changed = {name: declared[name] for name in found.changed}
    return changed | {
        name: SETTINGS[name].default for name in found.dropped if _resets(state, name)
    }


def _resets(state: ProjectState, name: str) -> bool:
    """Whether a dropped setting needs a request: not at its default, nor unknown to the server."""
    setting, recorded = SETTINGS[name], state.settings.get(name)
    missing = recorded is None and setting.only_on is not None
    return setting.default is not LEFT_ALONE and recorded != setting.default and not missing


def patches(live: Mapping[str, Any], body: Settings) -> Iterator[Settings]:
    """The PATCH bodies that make the live settings equal to ``body``, in order.

    PATCH merges such a setting into the stored one, so one that must lose a key is cleared first.
    """
    cleared = {name: None for name, value in body.items() if _must_lose_keys(live, name, value)}
    if cleared:
        yield cleared
    if body:
        yield body


def _must_lose_keys(live: Mapping[str, Any], name: str, value: object) -> bool:
    return _has_more(live.get(name), value, SETTINGS[name].merge)


def _has_more(stored: object, wanted: object, levels: int) -> bool:
    """Whether a key of the stored object would survive the merge though the wanted one lacks it."""
    if levels <= 0 or not isinstance(stored, dict) or not isinstance(wanted, dict):
        return False
    return any(
        key not in wanted or _has_more(stored[key], wanted[key], levels - 1) for key in stored
    )


def to_clear_again(live: Mapping[str, Any], sent: Settings) -> Settings:
    """The merged settings that still have a key too many, since the stored object was not known."""
    left = not_applied(live, sent)
    return {name: value for name, value in left.items() if _must_lose_keys(live, name, value)}


def not_applied(live: Mapping[str, Any], sent: Mapping[str, Any]) -> Settings:
    """The settings that PostHog accepted and still has with another value."""
    return {
        name: value
        for name, value in sent.items()
        if managed_part(name, live.get(name), value) != value
    }


def may_lose_data(*, ingested_event: bool, force_destroy: bool) -> bool:
    """Whether deleting the project is refused because it has ever ingested an event."""
    return ingested_event and not force_destroy
