"""Minting a token once, though the answer may be lost: a second one could end a live key."""

from collections.abc import Callable
from typing import Final

from posthog_pulumi.errors import PostHogError, TooSlowError
from posthog_pulumi.lifecycle.connection import LOOKS, Connection
from posthog_pulumi.models.project import RemoteProject

ATTEMPTS: Final = 3


def mint_once(
    on: Connection,
    before: RemoteProject,
    mint: Callable[[], RemoteProject],
    token: Callable[[RemoteProject], object],
) -> RemoteProject:
    """Call ``mint``; where its answer is lost, compare the token with the one before.

    A request that was too slow may still be at work, so it is not repeated.

    Raises:
        PostHogError: Nothing was minted as far as can be seen.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return mint()
        except PostHogError as error:
            if not error.may_have_been_done:
                raise
            after = _look_patiently(on, before, token)
            if after:
                return after
            if attempt == ATTEMPTS or isinstance(error, TooSlowError):
                raise
    raise AssertionError("unreachable")  # pragma: no cover


def _look_patiently(
    on: Connection, before: RemoteProject, token: Callable[[RemoteProject], object]
) -> RemoteProject | None:
    for pause in LOOKS:
        on.sleep(pause)
        after = on.client.projects.retrieve(before.organization, str(before.id))
        if token(after) != token(before):
            return after
    return None
