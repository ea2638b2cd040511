"""Values of every setting, generated from the types that a program's values are checked against."""

import types
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from typing import Annotated, Any, Final, Literal, NotRequired, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from typing_extensions import get_type_hints, is_typeddict

from posthog_pulumi.models.settings import SETTINGS, ProjectSettings
from support.setting_values import NEEDS_ANOTHER

Values = SearchStrategy[Any]

_MOST: Final = 3
"""Items of a list and keys of an object."""
_PRECISE: Final = 2**53
"""Whole numbers beyond it are not kept by the wire, on which all numbers are floats."""
_SIGNS: Final = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
"""What PostHog's database takes."""


def text(least: int = 0, most: int | None = None) -> Values:
    """Any text, as a program may write it."""
    return st.text(_SIGNS, min_size=least, max_size=min(20, most or 20))


def json_values(depth: int = 2) -> Values:
    """Anything that JSON can say."""
    numbers = st.integers(-_PRECISE, _PRECISE) | st.floats(allow_nan=False, allow_infinity=False)
    plain = st.none() | st.booleans() | numbers | text()
    if not depth:
        return plain
    return plain | st.lists(json_values(depth - 1), max_size=_MOST) | json_objects(depth - 1)


def json_objects(depth: int = 2) -> Values:
    """Any JSON object."""
    return st.dictionaries(text(1), json_values(depth), max_size=_MOST)


def _of(kind: Any, facts: Iterable[Any] = ()) -> Values:
    """Values of a type with these annotations."""
    origin, arguments = get_origin(kind), get_args(kind)
    known: Mapping[Any, Callable[[], Values]] = {
        Annotated: lambda: _of(arguments[0], arguments[1:]),
        Union: lambda: _of(next(one for one in arguments if one is not type(None))),
        types.UnionType: lambda: _of(next(one for one in arguments if one is not type(None))),
        NotRequired: lambda: _of(arguments[0]),
        Literal: lambda: st.sampled_from(arguments),
        list: lambda: st.lists(_of(arguments[0]), max_size=_MOST),
        dict: json_objects,
    }
    if origin in known:
        return known[origin]()
    return _object(kind) if is_typeddict(kind) else _plain(kind, facts)


def _object(kind: Any) -> Values:
    of = {name: _of(hint) for name, hint in get_type_hints(kind, include_extras=True).items()}
    required = {name: of[name] for name in kind.__required_keys__}
    return st.fixed_dictionaries(
        required, optional={name: of[name] for name in of.keys() - required}
    )


def _plain(kind: Any, facts: Iterable[Any]) -> Values:
    known = {type(fact): fact for fact in _flat(facts)}
    limits = known.get(StringConstraints, StringConstraints())
    least, most = known.get(Ge, Ge(-_PRECISE)), known.get(Le, Le(_PRECISE))
    by_type: Mapping[Any, Values] = {
        bool: st.booleans(),
        str: text(limits.min_length or 0, limits.max_length),
        int: st.integers(least.ge, most.le),
        float: st.integers(0, 100).map(lambda it: it / 100),
        Any: json_values(),
    }
    return by_type[kind]


def _flat(facts: Iterable[Any]) -> Iterable[Any]:
    for fact in facts:
        yield from fact.metadata if isinstance(fact, FieldInfo) else (fact,)


def _zones() -> list[str]:
    return resources.files("tzdata").joinpath("zones").read_text("utf-8").split()


def _without(*names: str) -> Values:
    return json_objects().map(lambda it: {key: it[key] for key in it if key not in names})


_FILTERS: Final = st.lists(
    st.fixed_dictionaries(
        {"key": text(1), "type": st.sampled_from(["person", "event", "cohort", "group"])},
        optional={"value": json_values(1), "operator": st.sampled_from(["exact", "is_not"])},
    ),
    max_size=_MOST,
)
_RULES: Final = st.lists(
    st.fixed_dictionaries(
        {"regex": st.sampled_from([r"/user/\d+", "^/a(b|c)", ".", " /x "])},
        optional={"alias": text().map(lambda it: it.replace("\\", "/"))},
    ),
    max_size=_MOST,
)
_CONDITIONS: Final = st.fixed_dictionaries(
    {"matchType": st.sampled_from(["any", "all"])},
    optional={"events": st.lists(text(1), max_size=_MOST), "flag": text(1)},
)
_GROUPS: Final = st.fixed_dictionaries(
    {
        "version": st.just(2),
        "groups": st.lists(
            st.fixed_dictionaries(
                {
                    "id": text(1),
                    "sampleRate": st.floats(0, 1),
                    "conditions": _CONDITIONS,
                },
                optional={"minDurationMs": st.integers(0, 30_000), "name": text()},
            ),
            max_size=_MOST,
        ),
    }
)
_MODIFIERS: Final = st.fixed_dictionaries(
    {},
    optional={
        "bounceRateDurationSeconds": st.integers(1, 120) | st.floats(1, 120),
        "personsJoinMode": text(),
        "customChannelTypeRules": st.lists(json_objects(1), max_size=_MOST),
        "debug": st.booleans(),
    },
)
_SOURCES: Final = st.fixed_dictionaries(
    {}, optional={"sources_map": st.dictionaries(text(1), json_objects(1), max_size=_MOST)}
)

_NARROWER: Final[Mapping[str, Values]] = {
    "timezone": st.sampled_from(_zones()),
    "base_currency": st.sampled_from(["EUR", "USD", "JPY", "CHF"]),
    "test_account_filters": _FILTERS,
    "path_cleaning_filters": _RULES,
    "modifiers": _MODIFIERS,
    "marketing_analytics_config": _SOURCES,
    "session_recording_trigger_groups": _GROUPS,
    "session_recording_linked_flag": st.fixed_dictionaries(
        {"id": st.integers(0, _PRECISE), "key": text()}, optional={"variant": text()}
    ),
    "conversations_settings": _without("widget_public_token"),
    "logs_settings": _without("retention_days", "retention_last_updated"),
    "extra_settings": json_values().filter(lambda it: it is not None),
}
"""What PostHog takes of those whose type says less, or whose check knows more than the type."""


def values(setting: str) -> Values:
    """Values that a program may declare."""
    narrower = _NARROWER.get(setting)
    made = _of(ProjectSettings.model_fields[setting].annotation) if narrower is None else narrower
    return made.filter(lambda value: fits(setting, value))


def fits(setting: str, value: Any) -> bool:
    """Whether a program may declare it."""
    try:
        ProjectSettings.model_validate({setting: value})
    except ValueError:
        return False
    return True


def normal(setting: str, value: Any) -> Any:
    """The value as PostHog would write it."""
    return ProjectSettings.model_validate({setting: value}).declared()[setting]


LEFT_OUT: Final = {"is_demo": "PostHog makes one demo project per organization", **NEEDS_ANOTHER}
"""The settings that no value alone can be tried of, and why."""


def on(server: str) -> list[str]:
    """The settings that a server has, and that need nothing but a project."""
    return [
        name
        for name, setting in SETTINGS.items()
        if setting.only_on in {None, server} and name not in LEFT_OUT
    ]
