from datetime import UTC, datetime, timedelta
from itertools import product
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


AS_BACKUP = [(None, OURS), (OTHER, OURS)]
AS_CURRENT = [(OURS, None), (OURS, OTHER)]
NOWHERE = [(None, None), ("", ""), (OTHER, None), (OTHER, "phs_third")]
"""What PostHog may have as the current token and its backup, by where the token that goes is."""

YES, NO, NOT_NO, EITHER, ANY = [True], [False], [None, True], [False, True], [None, False, True]

# fmt: off
DISPOSALS = [
    # it is there  keep_previous   kept by the   revoke_on_
    #                              next half     destroy
    (AS_BACKUP,    [None, False],  NO,           ANY,        BACKUP),
    (AS_BACKUP,    YES,            EITHER,       ANY,        NOTHING),
    (AS_BACKUP,    ANY,            YES,          ANY,        NOTHING),
    (AS_CURRENT,   ANY,            EITHER,       NOT_NO,     REVOKE),
    (AS_CURRENT,   ANY,            EITHER,       NO,         NOTHING),
    (NOWHERE,      ANY,            EITHER,       ANY,        NOTHING),
]
# fmt: on


@pytest.mark.parametrize(("place", "keep_previous", "kept", "revoke", "disposed"), DISPOSALS)
def test_disposal(
    place: list[tuple[str | None, str | None]],
    keep_previous: list[bool | None],
    kept: list[bool],
    revoke: list[bool | None],
    disposed: Disposal,
) -> None:
    """The backup is the old half of a rotation, and goes unless one of the halves keeps it.

    The current token is that of a resource that is destroyed, and goes unless the program says not
    to. A token that PostHog no longer has is dead already, and nobody else's is touched.
    """
    found = {
        (current, backup, keeps, next_keeps, revokes): disposal(
            state(keep_previous=keeps, revoke_on_destroy=revokes),
            current=current,
            backup=backup,
            kept=next_keeps,
        )
        for (current, backup), keeps, next_keeps, revokes in product(
            place, keep_previous, kept, revoke
        )
    }

    assert found == dict.fromkeys(found, disposed)
