from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from pulumi.dynamic import DiffResult
from pulumi.output import Unknown
from support.declared_secrets import token_state
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
    stamp,
)

from posthog_pulumi.errors import RefusedError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.memory import Rotation
from posthog_pulumi.properties import CHECKED_AT

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = cast("Callable[[], object]", Unknown)()
TRIGGER = {"rotate_when_changed": {"quarter": "Q4"}}
AGE = {"rotate_after_days": 90.0}
ARMED = {**TRIGGER, "__armed": TRIGGER["rotate_when_changed"]}
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
        found = made.diff("1", olds, {**self.inputs, **stamp(), **news})
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
        (ARMED, TRIGGER, False, []),
        (ARMED, {}, True, []),
        (ARMED, {"rotate_when_changed": {"quarter": "Q1"}}, True, ["rotate_when_changed"]),
        (ARMED, {"rotate_when_changed": UNKNOWN}, True, ["rotate_when_changed"]),
        (ARMED, {"rotate_when_changed": {"quarter": UNKNOWN}}, True, ["rotate_when_changed"]),
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
    [
        (Kind(TokenSteps, TOKEN, TOKEN_STATE), ["token"]),
        (Kind(KeySteps, KEY, KEY_STATE), ["value"]),
    ],
)
def test_superseded(kind: Kind, replaces: list[str]) -> None:
    """What somebody rotated by hand is replaced, so that whatever uses it moves first."""
    assert kind.diff(ROLLED, {}) == (True, replaces)


def test_trigger_that_made_no_token() -> None:
    """A trigger fires until a token was minted for it, though the argument itself stays."""
    left_over = {**TRIGGER, "__armed": {"quarter": "Q3"}}

    assert Kind(TokenSteps, TOKEN, TOKEN_STATE).diff(left_over, TRIGGER) == (
        True,
        ["rotate_when_changed"],
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("recorded", "news", "replaces"),
    [
        (ARMED, {"rotate_when_changed": UNKNOWN}, []),
        ({**ARMED, **ROLLED}, {"rotate_when_changed": UNKNOWN}, []),
        (AGE, {**AGE, "rotate_when_changed": UNKNOWN}, []),
        (ARMED, {**TRIGGER, "project_id": UNKNOWN}, ["project_id"]),
        ({**ARMED, **ROLLED}, TRIGGER, ["token"]),
    ],
)
def test_not_deleted_first(
    kind: Kind, recorded: dict[str, Any], news: dict[str, Any], replaces: list[str]
) -> None:
    """What feeds the trigger may be deleted before it is made anew; the secret may not.

    The engine asks with the arguments of the last ``up``, some of them unknown.
    """
    _, found = kind.diff(recorded, {**news, CHECKED_AT: NOW.isoformat()})

    assert ["token" if name == "value" else name for name in found] == replaces


class TestMemory:
    def test_replaced(self) -> None:
        """The half that is being replaced is known to the create and delete of the same run."""
        on = MintingPostHog().connection()
        _diff(on, ARMED, {"rotate_when_changed": {"quarter": "Q1"}})
        known = on.memory.rotation("1")

        assert known.replaced
        assert known.replaced.token.get_secret_value() == "phs_0"
        assert (known.held, known.previous) == (set(), set())

    @pytest.mark.parametrize("news", [TRIGGER, {**TRIGGER, "keep_previous": True}, {}])
    def test_held(self, news: dict[str, Any]) -> None:
        """A half that lives on holds its token, and names the one before it."""
        on = MintingPostHog().connection()
        _diff(on, {**ARMED, "__previous": "0123"}, news)
        known = on.memory.rotation("1")

        assert known.replaced is None
        assert (known.held, known.previous) == ({token_state().fingerprint}, {"0123"})

    def test_another_project(self) -> None:
        """A half that is replaced because its project changes goes like the resource itself."""
        on = MintingPostHog().connection()
        _diff(on, {}, {"project_id": "2"})

        assert on.memory.rotation("1") == Rotation()
        assert on.memory.rotation("2") == Rotation()

    def test_refresh(self) -> None:
        """A refresh asks with the arguments of the last ``up``, and nothing is remembered of it."""
        on = MintingPostHog().connection()
        _diff(on, {**ARMED, **ROLLED}, {**TRIGGER, CHECKED_AT: NOW.isoformat()})

        assert on.memory.rotation("1") == Rotation()


class TestKeepPrevious:
    @pytest.mark.parametrize(
        ("recorded", "news"),
        [
            (ARMED, {"rotate_when_changed": {"quarter": "Q1"}, "keep_previous": True}),
            (
                {**ARMED, "keep_previous": True},
                {"rotate_when_changed": {"quarter": "Q1"}, "keep_previous": False},
            ),
            ({**ARMED, "keep_previous": True}, {"rotate_when_changed": {"quarter": "Q1"}}),
            ({}, {**AGE, "keep_previous": True}),
            (ROLLED, {"keep_previous": True}),
        ],
        ids=["on", "off", "dropped", "by age", "taken over"],
    )
    def test_alone(self, recorded: dict[str, Any], news: dict[str, Any]) -> None:
        """Switched with a change of the token, it could be meant for the one or for the other."""
        with pytest.raises(RefusedError) as caught:
            _diff(MintingPostHog().connection(), recorded, news)

        assert str(caught.value) == (
            "the secret token of project 1: keep_previous changes in the same `up` as the token."
            " Run `pulumi up` with the trigger as it was, so that keep_previous alone changes; then"
            " rotate."
        )

    def test_refresh(self) -> None:
        """A refresh is no place to refuse it."""
        changed = {"keep_previous": True, CHECKED_AT: NOW.isoformat()}
        found = _diff(MintingPostHog().connection(), ROLLED, changed)

        assert found.replaces == ["token"]

    @pytest.mark.parametrize(("recorded", "news"), [(None, False), (False, None)])
    def test_same(self, recorded: bool | None, news: bool | None) -> None:  # noqa: FBT001  # a table
        """Leaving it out says the same as ``False``."""
        changed = {"rotate_when_changed": {"quarter": "Q1"}, "keep_previous": news}
        found = _diff(MintingPostHog().connection(), {**ARMED, "keep_previous": recorded}, changed)

        assert found.replaces == ["rotate_when_changed"]


def _diff(on: Connection, recorded: dict[str, Any], news: dict[str, Any]) -> DiffResult:
    return TokenSteps(on).diff("1", {**TOKEN_STATE, **recorded}, {**TOKEN, **stamp(), **news})
