"""Whether a project that PostHog lists is the one that a create, whose response was lost, made."""

from enum import Enum, auto
from typing import Final

DOUBTFUL: Final = 600.0
"""Seconds before the create within which clocks may mislead."""


class Whose(Enum):
    """Who made a project of the name that was sent."""

    OURS = auto()
    NOT_OURS = auto()
    UNKNOWN = auto()


def whose(created_at: float, began: float | None, now: float | None, *, equal: bool) -> Whose:
    """Judge a project by its age, in the server's seconds, and by its settings.

    Args:
        created_at: When PostHog says that it was created.
        began: When our request was sent, at the earliest; None without a usable clock.
        now: The present, at the latest.
        equal: Whether every setting that we sent has the value that we sent.
    """
    if began is None or now is None:
        return Whose.UNKNOWN
    if created_at < began - DOUBTFUL:
        return Whose.NOT_OURS
    return Whose.OURS if equal and began <= created_at <= now else Whose.UNKNOWN
