from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from posthog_pulumi.models.arguments import Rotating
from posthog_pulumi.models.secret_token import ProjectSecretTokenState
from posthog_pulumi.plan.rotation import (
    fired,
    hidden_reason,
    may_fire,
    reasons_to_replace,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def arguments(**given: Any) -> Rotating:
    """Arguments of something that rotates, checked now."""
    return Rotating.model_validate({"project_id": "1", "checked_at": NOW, **given})


def state(**given: Any) -> ProjectSecretTokenState:
    """The recorded token ``phs_ours``."""
    facts = {"project_id": "1", "organization": "acme", "token": "phs_ours", "rotated_at": NOW}
    return ProjectSecretTokenState.model_validate({**facts, **given})


@pytest.mark.parametrize(
    ("recorded", "wanted", "fires"),
    [
        (None, None, False),
        (None, {"quarter": "Q4"}, False),
        ({"quarter": "Q4"}, {"quarter": "Q4"}, False),
        ({"quarter": "Q4"}, None, False),
        ({"quarter": "Q4"}, {"quarter": "Q1"}, True),
        ({"quarter": "Q4"}, {}, True),
        ({}, {"quarter": "Q4"}, True),
        ({}, {}, False),
        (None, {}, False),
    ],
)
def test_trigger(*, recorded: object, wanted: object, fires: bool) -> None:
    """The first value arms a trigger, a changed one fires it, removing it does nothing."""
    assert fired(recorded, wanted) is fires


@pytest.mark.parametrize(
    ("recorded", "unknown", "may"),
    [
        ({"quarter": "Q4"}, {"rotate_when_changed"}, True),
        ({"quarter": "Q4"}, set(), False),
        ({"quarter": "Q4"}, {"rotate_after_days"}, False),
        (None, {"rotate_when_changed"}, False),
    ],
)
def test_trigger_not_computed_yet(
    *, recorded: dict[str, str] | None, unknown: set[str], may: bool
) -> None:
    """A trigger that is not computed yet may fire if it is armed, and can only be armed if not."""
    assert may_fire(arguments(rotate_when_changed=recorded), unknown) is may


class TestReasons:
    @pytest.mark.parametrize(
        ("recorded", "wanted", "reasons"),
        [
            ({}, {}, []),
            ({}, {"project_id": "2"}, ["project_id"]),
            ({}, {"rotate_when_changed": {"a": 1}}, []),
            ({"rotate_when_changed": {"a": 1}}, {}, []),
            (
                {"rotate_when_changed": {"a": 1}},
                {"rotate_when_changed": {"a": 2}},
                ["rotate_when_changed"],
            ),
            ({"rotate_when_changed": {"a": 1}}, {"rotate_when_changed": {"a": 1.0}}, []),
            (
                {"rotate_when_changed": {"a": 1}},
                {"project_id": "2", "rotate_when_changed": {"a": 2}},
                ["project_id", "rotate_when_changed"],
            ),
        ],
    )
    def test_by_change(
        self, recorded: dict[str, Any], wanted: dict[str, Any], reasons: list[str]
    ) -> None:
        """A preview names the arguments that ask for a new secret."""
        found = reasons_to_replace(arguments(**recorded), arguments(**wanted), NOW)

        assert found == reasons

    @pytest.mark.parametrize(
        ("days", "age", "due"),
        [
            (None, timedelta(days=9999), False),
            (90, timedelta(days=90), True),
            (90, timedelta(days=91), True),
            (90, timedelta(days=90) - timedelta(seconds=1), False),
            (90, timedelta(0), False),
            (0.5, timedelta(hours=12), True),
            (0.5, timedelta(hours=11), False),
            (90, timedelta(days=-1), False),
        ],
    )
    def test_by_age(self, *, days: float | None, age: timedelta, due: bool) -> None:
        """A secret of ``rotate_after_days`` days is due, to the second, also in parts of a day."""
        wanted = arguments(rotate_after_days=days)

        assert bool(reasons_to_replace(wanted, wanted, NOW - age)) is due

    def test_newly_named_age(self) -> None:
        """An age that a program names for the first time counts from the last rotation."""
        wanted = arguments(rotate_after_days=30)
        found = reasons_to_replace(arguments(), wanted, NOW - timedelta(days=31))

        assert found == ["rotate_after_days"]


class TestHiddenReason:
    @pytest.mark.parametrize(
        ("recorded", "news", "reasons", "hidden"),
        [
            (
                {"armed": {"q": 1}, "rotate_when_changed": {"q": 2}},
                {"rotate_when_changed": {"q": 2}},
                ["rotate_when_changed"],
                "its trigger was changed before, and no token was made for it yet",
            ),
            (
                {},
                {"rotate_after_days": 30},
                ["rotate_after_days"],
                "it is older than 30 days",
            ),
            (
                {},
                {},
                ["token"],
                "somebody rotated it, and this takes over PostHog's current one",
            ),
            (
                {"armed": {"q": 1}, "rotate_when_changed": {"q": 1}},
                {"rotate_when_changed": {"q": 2}},
                ["rotate_when_changed"],
                None,
            ),
        ],
        ids=["trigger of before", "age", "by hand", "visible"],
    )
    def test_said(
        self,
        recorded: dict[str, Any],
        news: dict[str, Any],
        reasons: list[str],
        hidden: str | None,
    ) -> None:
        """A replacement that no changed line explains has a reason that is said."""
        assert hidden_reason(state(**recorded), arguments(**news), reasons) == hidden
