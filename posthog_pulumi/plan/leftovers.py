"""Projects that an interrupted create may have left behind."""

from collections import Counter
from collections.abc import Container, Sequence
from typing import Any

from posthog_pulumi.models.lookups import ListedProject


def leftovers(
    projects: Sequence[ListedProject[Any]], managed: Container[str] | None
) -> list[ListedProject[Any]]:
    """Projects without an event that nobody manages.

    Args:
        projects: All of an organization.
        managed: The ids that a stack's state has. None if no stack is known: then only a name that
            is there twice tells a leftover.
    """
    unused = [item for item in projects if not item.ingested_event]
    if managed is not None:
        return [item for item in unused if str(item.id) not in managed]
    shared = Counter(map(_folded, projects))
    return [item for item in unused if shared[_folded(item)] > 1]


def _folded(project: ListedProject[Any]) -> str:
    """As PostHog compares names where they must differ."""
    return project.name.strip().casefold()
