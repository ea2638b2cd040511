"""When a secret is rotated, and which of two live ones may be revoked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum, auto

from posthog_pulumi.models.arguments import Rotating
from posthog_pulumi.models.secret_token import ProjectSecretTokenState


def fired(recorded: object, wanted: object) -> bool:
    """Whether a trigger asks for a rotation: the first value arms it, removing it does nothing."""
    return recorded is not None and wanted is not None and recorded != wanted


def may_fire(recorded: Rotating, unknown: Collection[str]) -> bool:
    """Whether a trigger that is not computed yet could fire."""
    return "rotate_when_changed" in unknown and recorded.rotate_when_changed is not None


def reasons_to_replace(recorded: Rotating, wanted: Rotating, rotated_at: datetime) -> list[str]:
    """Names of the arguments that ask for a new secret."""
    due = wanted.rotate_after_days is not None and wanted.checked_at >= rotated_at + timedelta(
        days=wanted.rotate_after_days
    )
    asked = {
        "project_id": recorded.project_id != wanted.project_id,
        "rotate_when_changed": fired(recorded.rotate_when_changed, wanted.rotate_when_changed),
        "rotate_after_days": due,
    }
    return [name for name, yes in asked.items() if yes]


class Disposal(Enum):
    """What deleting a secret token asks of PostHog."""

    NOTHING = auto()
    DELETE_BACKUP = auto()
    REVOKE = auto()
    """Rotate it into the backup, then delete that."""


def disposal(
    state: ProjectSecretTokenState, *, current: str | None, backup: str | None, kept: bool
) -> Disposal:
    """How to end a token, given what PostHog has now.

    As the backup it is the old half of a rotation. As the current one it is the resource itself
    that goes. As neither it is dead already.
    """
    ours = state.token.get_secret_value()
    if ours == backup:
        return Disposal.NOTHING if kept or state.keep_previous else Disposal.DELETE_BACKUP
    if ours == current and state.revoke_on_destroy is not False:
        return Disposal.REVOKE
    return Disposal.NOTHING
