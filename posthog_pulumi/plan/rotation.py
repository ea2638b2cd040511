"""When a secret is rotated, and which of two live ones may be revoked.

``tests/unit/test_rotation_histories.py`` searches every short history for a token that these rules
end while somebody uses it: change the rules and the search together.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum, auto

from posthog_pulumi.models.arguments import Rotating
from posthog_pulumi.models.secret_token import ProjectSecretTokenState


def fired(armed: object, wanted: object) -> bool:
    """Whether a trigger requires a rotation: the first value arms it, removing it does nothing."""
    return armed is not None and wanted is not None and armed != wanted


def may_fire(recorded: Rotating, unknown: Collection[str]) -> bool:
    """Whether a trigger that is not computed yet could fire."""
    return "rotate_when_changed" in unknown and recorded.trigger is not None


def reasons_to_replace(recorded: Rotating, wanted: Rotating, rotated_at: datetime) -> list[str]:
    """Names of the arguments that require a new secret."""
    due = wanted.rotate_after_days is not None and wanted.checked_at >= rotated_at + timedelta(
        days=wanted.rotate_after_days
    )
    reasons = {
        "project_id": recorded.project_id != wanted.project_id,
        "rotate_when_changed": fired(recorded.trigger, wanted.rotate_when_changed),
        "rotate_after_days": due,
    }
    return [name for name, yes in reasons.items() if yes]


def hidden_reason(
    state: ProjectSecretTokenState, wanted: Rotating, reasons: Collection[str]
) -> str | None:
    """Why a token is replaced though no argument of the program changed; None if one did."""
    if wanted.rotate_when_changed != state.rotate_when_changed:
        return None
    if "rotate_when_changed" in reasons:
        return "its trigger was changed before, and no token was made for it yet"
    if "rotate_after_days" in reasons:
        return f"it is older than {wanted.rotate_after_days:g} days"
    return "somebody rotated it, and this takes over PostHog's current one"


class Creation(Enum):
    """What to do in PostHog to make a secret token."""

    MINT = auto()
    """There is none: the first rotation makes one."""
    TAKE_OVER = auto()
    """There is one that this program does not replace: rotate nothing."""
    ROTATE = auto()
    """The token becomes the backup, and what was the backup ends."""
    UNFINISHED = auto()
    """Refuse: a rotation is not finished, and somebody may still use the backup."""
    FOREIGN_BACKUP = auto()
    """Refuse: the backup was not made by this program."""


def creation(
    replaced: ProjectSecretTokenState | None, current: str | None, backup: str | None
) -> Creation:
    """How to make a token, given what PostHog has now.

    Args:
        replaced: The half that this one replaces; None for the first, or if a replacement was
            forced past ``diff``.
        current: Fingerprint of PostHog's current token.
        backup: Fingerprint of its backup.
    """
    if replaced is None:
        return Creation.MINT if current is None else Creation.TAKE_OVER
    if current != replaced.fingerprint:  # rotated since, by whomever
        return Creation.MINT if current is None else Creation.TAKE_OVER
    if backup is None:
        return Creation.ROTATE
    if backup != replaced.previous:
        return Creation.FOREIGN_BACKUP
    return Creation.ROTATE if replaced.previous_kept else Creation.UNFINISHED


class Disposal(Enum):
    """What to do in PostHog to delete a secret token."""

    NOTHING = auto()
    DELETE_BACKUP = auto()
    REVOKE = auto()
    """Rotate it into the backup, then delete that."""
    LEAVE = auto()
    """Revoking it would end a backup that is not this program's, so it stays valid."""


def disposal(
    state: ProjectSecretTokenState,
    current: str | None,
    backup: str | None,
    *,
    held: bool,
    old_half: bool,
) -> Disposal:
    """How to end a token, given what PostHog has now.

    Args:
        state: The half that is deleted.
        current: Fingerprint of PostHog's current token.
        backup: Fingerprint of its backup.
        held: Whether a live half of this run has the token.
        old_half: Whether this run replaced it, or a live half names it as the one before its own.
    """
    ours = state.fingerprint
    as_backup = ours == backup and not state.keep_previous
    if held:
        return Disposal.NOTHING
    if old_half or state.revoke_on_destroy is False:
        return Disposal.DELETE_BACKUP if as_backup and old_half else Disposal.NOTHING
    if ours == current:
        return Disposal.REVOKE if backup in {None, state.previous} else Disposal.LEAVE
    return Disposal.DELETE_BACKUP if as_backup else Disposal.NOTHING
