from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from posthog_pulumi.models.secret_token import ProjectSecretTokenState, fingerprint
from posthog_pulumi.plan.rotation import (
    Creation,
    Disposal,
    creation,
    disposal,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OURS, OTHER, PREVIOUS = (
    fingerprint(SecretStr(token)) or "" for token in ("phs_ours", "phs_other", "phs_previous")
)
NOTHING, BACKUP = Disposal.NOTHING, Disposal.DELETE_BACKUP
REVOKE, LEAVE = Disposal.REVOKE, Disposal.LEAVE


def state(**given: Any) -> ProjectSecretTokenState:
    """The recorded token ``phs_ours``."""
    facts = {"project_id": "1", "organization": "acme", "token": "phs_ours", "rotated_at": NOW}
    return ProjectSecretTokenState.model_validate({**facts, **given})


class TestCreation:
    @pytest.mark.parametrize(
        ("current", "backup", "expected"),
        [
            (None, None, Creation.MINT),
            (OURS, None, Creation.TAKE_OVER),
            (OURS, OTHER, Creation.TAKE_OVER),
        ],
    )
    def test_first(self, current: str | None, backup: str | None, expected: Creation) -> None:
        """The first create ends no key: it mints only where there is no token."""
        assert creation(None, current, backup) is expected

    @pytest.mark.parametrize("kept", [True, False])
    @pytest.mark.parametrize("previous", [None, PREVIOUS])
    @pytest.mark.parametrize("backup", [None, OURS, PREVIOUS, OTHER])
    def test_rotated_since(self, *, backup: str | None, previous: str | None, kept: bool) -> None:
        """A token that was rotated since, by whomever, is not rotated again but taken over."""
        replaced = state(previous=previous, previous_kept=kept)

        assert creation(replaced, OTHER, backup) is Creation.TAKE_OVER
        assert creation(replaced, None, backup) is Creation.MINT

    @pytest.mark.parametrize(
        ("backup", "previous", "kept", "expected"),
        [
            (None, None, False, Creation.ROTATE),
            (None, PREVIOUS, False, Creation.ROTATE),
            (PREVIOUS, PREVIOUS, False, Creation.UNFINISHED),
            (PREVIOUS, PREVIOUS, True, Creation.ROTATE),
            (OTHER, None, False, Creation.FOREIGN_BACKUP),
            (OTHER, PREVIOUS, False, Creation.FOREIGN_BACKUP),
            (OTHER, PREVIOUS, True, Creation.FOREIGN_BACKUP),
        ],
    )
    def test_rotation(
        self, *, backup: str | None, previous: str | None, kept: bool, expected: Creation
    ) -> None:
        """A rotation ends no backup but one that ``keep_previous`` kept for so long."""
        replaced = state(previous=previous, previous_kept=kept)

        assert creation(replaced, OURS, backup) is expected


class TestDisposal:
    @pytest.mark.parametrize("old_half", [True, False])
    @pytest.mark.parametrize("revoke", [None, False])
    @pytest.mark.parametrize(("current", "backup"), [(OURS, None), (OTHER, OURS), (OURS, OTHER)])
    def test_held(
        self, *, current: str, backup: str | None, revoke: bool | None, old_half: bool
    ) -> None:
        """A token that a live half of this run has is not touched."""
        ours = state(revoke_on_destroy=revoke)

        assert disposal(ours, current, backup, held=True, old_half=old_half) is NOTHING

    @pytest.mark.parametrize("revoke", [None, True, False])
    @pytest.mark.parametrize(
        ("keep", "disposed"), [(None, BACKUP), (False, BACKUP), (True, NOTHING)]
    )
    def test_old_half(self, *, revoke: bool | None, keep: bool | None, disposed: Disposal) -> None:
        """The old half of a rotation is deleted as the backup, unless it keeps the previous."""
        ours = state(keep_previous=keep, revoke_on_destroy=revoke)

        assert disposal(ours, OTHER, OURS, held=False, old_half=True) is disposed

    @pytest.mark.parametrize("revoke", [None, True, False])
    @pytest.mark.parametrize("backup", [None, OTHER])
    def test_old_half_is_current_again(self, *, revoke: bool | None, backup: str | None) -> None:
        """An old half whose token is the current one is left: only a backup is ended for it."""
        ours = state(revoke_on_destroy=revoke)

        assert disposal(ours, OURS, backup, held=False, old_half=True) is NOTHING

    @pytest.mark.parametrize("keep", [None, True])
    @pytest.mark.parametrize(
        ("revoke", "backup", "previous", "disposed"),
        [
            (None, None, None, REVOKE),
            (None, None, PREVIOUS, REVOKE),
            (True, PREVIOUS, PREVIOUS, REVOKE),
            (None, OTHER, None, LEAVE),
            (True, OTHER, PREVIOUS, LEAVE),
            (False, None, None, NOTHING),
            (False, OTHER, None, NOTHING),
        ],
    )
    def test_current(
        self,
        *,
        revoke: bool | None,
        backup: str | None,
        previous: str | None,
        keep: bool | None,
        disposed: Disposal,
    ) -> None:
        """A resource that goes revokes its token, unless that would end somebody else's backup."""
        ours = state(keep_previous=keep, revoke_on_destroy=revoke, previous=previous)

        assert disposal(ours, OURS, backup, held=False, old_half=False) is disposed

    @pytest.mark.parametrize(
        ("keep", "revoke", "disposed"),
        [(None, None, BACKUP), (None, False, NOTHING), (True, None, NOTHING)],
    )
    def test_backup(self, *, keep: bool | None, revoke: bool | None, disposed: Disposal) -> None:
        """Rotated by hand since, it is revoked as the backup, unless the program says not to."""
        ours = state(keep_previous=keep, revoke_on_destroy=revoke)

        assert disposal(ours, OTHER, OURS, held=False, old_half=False) is disposed

    @pytest.mark.parametrize("old_half", [True, False])
    @pytest.mark.parametrize("keep", [None, True])
    @pytest.mark.parametrize("revoke", [None, False])
    @pytest.mark.parametrize(
        ("current", "backup"), [(OTHER, PREVIOUS), (OTHER, None), (None, None)]
    )
    def test_neither(
        self,
        *,
        current: str | None,
        backup: str | None,
        revoke: bool | None,
        keep: bool | None,
        old_half: bool,
    ) -> None:
        """A token that PostHog no longer has is dead already: nobody else's is touched."""
        ours = state(keep_previous=keep, revoke_on_destroy=revoke)

        assert disposal(ours, current, backup, held=False, old_half=old_half) is NOTHING
