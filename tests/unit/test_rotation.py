from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from posthog_pulumi.models.arguments import Rotating
from posthog_pulumi.models.secret_token import ProjectSecretTokenState
from posthog_pulumi.plan.rotation import (
    Disposal,
    disposal,
    fired,
    may_fire,
    reasons_to_replace,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OURS, OTHER = "phs_ours", "phs_other"
NOTHING, BACKUP, REVOKE = Disposal.NOTHING, Disposal.DELETE_BACKUP, Disposal.REVOKE


def arguments(**given: Any) -> Rotating:
    """Arguments of something that rotates, checked now."""
    return Rotating.model_validate({"project_id": "1", "checked_at": NOW, **given})


def state(**given: Any) -> ProjectSecretTokenState:
    """The recorded token ``phs_ours``."""
    facts = {"project_id": "1", "organization": "acme", "token": OURS, "rotated_at": NOW}
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


class TestDisposal:
    @pytest.mark.parametrize("revoke", [None, True, False])
    @pytest.mark.parametrize(
        ("keep_previous", "kept", "disposed"),
        [
            (None, False, BACKUP),
            (False, False, BACKUP),
            (True, False, NOTHING),
            (None, True, NOTHING),
            (False, True, NOTHING),
            (True, True, NOTHING),
        ],
    )
    def test_backup(
        self, *, revoke: bool | None, keep_previous: bool | None, kept: bool, disposed: Disposal
    ) -> None:
        """The old half of a rotation is deleted unless it, or its successor, keeps the previous."""
        ours = state(keep_previous=keep_previous, revoke_on_destroy=revoke)

        assert disposal(ours, current=OTHER, backup=OURS, kept=kept) is disposed

    @pytest.mark.parametrize("kept", [True, False])
    @pytest.mark.parametrize("keep_previous", [None, True, False])
    @pytest.mark.parametrize("backup", [None, OTHER])
    @pytest.mark.parametrize(
        ("revoke", "disposed"), [(None, REVOKE), (True, REVOKE), (False, NOTHING)]
    )
    def test_current(
        self,
        *,
        revoke: bool | None,
        keep_previous: bool | None,
        kept: bool,
        backup: str | None,
        disposed: Disposal,
    ) -> None:
        """The token of a resource that is destroyed is revoked unless the program says not to."""
        ours = state(keep_previous=keep_previous, revoke_on_destroy=revoke)

        assert disposal(ours, current=OURS, backup=backup, kept=kept) is disposed

    @pytest.mark.parametrize("kept", [True, False])
    @pytest.mark.parametrize("keep_previous", [None, True, False])
    @pytest.mark.parametrize("revoke", [None, True, False])
    @pytest.mark.parametrize(
        ("current", "backup"), [(OTHER, "phs_third"), (OTHER, None), (None, None), ("", "")]
    )
    def test_neither(
        self,
        *,
        current: str | None,
        backup: str | None,
        revoke: bool | None,
        keep_previous: bool | None,
        kept: bool,
    ) -> None:
        """A token that PostHog no longer has is dead already: nobody else's is touched."""
        ours = state(keep_previous=keep_previous, revoke_on_destroy=revoke)

        assert disposal(ours, current=current, backup=backup, kept=kept) is NOTHING
