"""Doing once what must not be done twice, though PostHog's answer may be lost."""

from collections.abc import Callable
from typing import Final, TypeVar

from posthog_pulumi.errors import APITimeoutError, ConflictError, PostHogError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.models.project import RemoteProject

ATTEMPTS: Final = 3

LOOKS: Final = (0.0, 1.0, 3.0)
"""Seconds before each look: the server may still be at work on a request that was cut off."""

Made = TypeVar("Made")


def once(on: Connection, make: Callable[[], Made], look: Callable[[], Made | None]) -> Made:
    """Call ``make``; where its answer is lost, ``look`` for what it made before calling it again.

    A request that was too slow may still be at work, so it is not repeated. A conflict on a
    repeated request may be with what the first one made, so it is looked into as well.

    Raises:
        PostHogError: Nothing was made, as far as can be seen.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return make()
        except PostHogError as error:
            conflict = isinstance(error, ConflictError)
            if not (error.may_have_been_done or (conflict and attempt > 1)):
                raise
            made = _patiently(on, look)
            if made is not None:
                return made
            if attempt == ATTEMPTS or conflict or isinstance(error, APITimeoutError):
                raise
    raise AssertionError("unreachable")  # pragma: no cover


def mint_once(
    on: Connection,
    before: RemoteProject,
    mint: Callable[[], RemoteProject],
    token: Callable[[RemoteProject], object],
) -> RemoteProject:
    """Mint a project's token; a lost answer is told by a token other than the one before."""

    def look() -> RemoteProject | None:
        after = on.client.projects.retrieve(before.organization, str(before.id))
        return after if token(after) != token(before) else None

    return once(on, mint, look)


def _patiently(on: Connection, look: Callable[[], Made | None]) -> Made | None:
    for pause in LOOKS:
        on.sleep(pause)
        made = look()
        if made is not None:
            return made
    return None
