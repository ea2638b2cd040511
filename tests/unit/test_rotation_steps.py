from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from pulumi.output import Unknown
from support.fake_posthog_secrets import MintingPostHog
from support.rotation_steps import (
    KEY,
    KEY_STATE,
    NOW,
    PICKLE,
    TOKEN,
    TOKEN_STATE,
    KeySteps,
    TokenSteps,
)

from posthog_pulumi.properties import CHECKED_AT

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = cast("Callable[[], object]", Unknown)()
TRIGGER = {"rotate_when_changed": {"quarter": "Q4"}}
AGE = {"rotate_after_days": 90.0}
ROLLED = {"superseded": True}


@dataclass
class Kind:
    """A resource that is rotated by replacement."""

    steps: type[TokenSteps] | type[KeySteps]
    inputs: dict[str, Any]
    state: dict[str, Any]

    def diff(self, recorded: dict[str, Any], news: dict[str, Any]) -> tuple[bool | None, list[str]]:
        """Whether something changes, and for which arguments it is replaced."""
        made = self.steps(MintingPostHog().connection())
        olds = {**PICKLE, **self.state, **recorded}
        found = made.diff("1", olds, {**self.inputs, CHECKED_AT: NOW.isoformat(), **news})
        return found.changes, list(found.replaces or [])


KINDS = [
    pytest.param(Kind(TokenSteps, TOKEN, TOKEN_STATE), id="token"),
    pytest.param(Kind(KeySteps, KEY, KEY_STATE), id="key"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("recorded", "news", "changes", "replaces"),
    [
        ({}, {}, False, []),
        ({}, {"__provider": "another version"}, False, []),
        ({}, {CHECKED_AT: (NOW + timedelta(days=1)).isoformat()}, False, []),
        ({}, TRIGGER, True, []),
        (TRIGGER, TRIGGER, False, []),
        (TRIGGER, {}, True, []),
        (TRIGGER, {"rotate_when_changed": {"quarter": "Q1"}}, True, ["rotate_when_changed"]),
        (TRIGGER, {"rotate_when_changed": UNKNOWN}, True, ["rotate_when_changed"]),
        (TRIGGER, {"rotate_when_changed": {"quarter": UNKNOWN}}, True, ["rotate_when_changed"]),
        ({}, {"rotate_when_changed": UNKNOWN}, True, []),
        ({}, {"project_id": "2"}, True, ["project_id"]),
        ({}, {"project_id": 1.0}, False, []),
        ({}, {"project_id": UNKNOWN}, True, ["project_id"]),
        ({}, AGE, True, ["rotate_after_days"]),
        (AGE, AGE, True, ["rotate_after_days"]),
        (AGE, {**AGE, CHECKED_AT: (NOW - timedelta(days=99)).isoformat()}, False, []),
        (AGE, {"rotate_after_days": UNKNOWN}, True, ["rotate_after_days"]),
        ({"rotate_after_days": 120.0}, {"rotate_after_days": UNKNOWN}, True, []),
        ({"rotate_after_days": 120.0}, {"rotate_after_days": 130.0}, True, []),
    ],
)
def test_diff(
    *,
    kind: Kind,
    recorded: dict[str, Any],
    news: dict[str, Any],
    changes: bool,
    replaces: list[str],
) -> None:
    """A preview shows a replacement exactly where a rotation is asked for, or may be."""
    assert kind.diff(recorded, news) == (changes, replaces)


@pytest.mark.parametrize(
    ("kind", "replaces"),
    [(Kind(TokenSteps, TOKEN, TOKEN_STATE), []), (Kind(KeySteps, KEY, KEY_STATE), ["value"])],
)
def test_superseded(kind: Kind, replaces: list[str]) -> None:
    """What was rotated by hand is adopted in place; a rolled key, whose value is lost, replaced."""
    assert kind.diff(ROLLED, {}) == (True, replaces)


@pytest.mark.parametrize(
    ("news", "replaced"),
    [({"rotate_when_changed": {"quarter": "Q1"}}, {"1": "phs_0"}), ({}, {}), (AGE, {"1": "phs_0"})],
)
def test_rotation_is_remembered(news: dict[str, Any], replaced: dict[str, str]) -> None:
    """The token that is being replaced is known to the create that follows in the same run."""
    on = MintingPostHog().connection()
    olds = {**TOKEN_STATE, **TRIGGER}
    TokenSteps(on).diff("1", olds, {**TOKEN, **TRIGGER, CHECKED_AT: NOW.isoformat(), **news})

    assert on.replaced_tokens == replaced


def test_another_project_is_no_rotation() -> None:
    """The first token of another project replaces none there."""
    on = MintingPostHog().connection()
    TokenSteps(on).diff("1", TOKEN_STATE, {"project_id": "2", CHECKED_AT: NOW.isoformat()})

    assert on.replaced_tokens == {}
