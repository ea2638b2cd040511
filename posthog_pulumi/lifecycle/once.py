"""Doing once what must not be done twice, though PostHog's response may be lost or late."""

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from posthog_pulumi.client.retries import ANNOUNCED
from posthog_pulumi.errors import APIConnectError, Outcome, PostHogError, RefusedError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.models.project import RemoteProject

_LOGGER: Final = logging.getLogger(__name__)

ATTEMPTS: Final = 3

LOOKS: Final = (0.0, 1.0, 3.0, 7.0, 15.0, 30.0, 60.0)
"""Seconds after the failure at which to look: the server may still be at work on the request."""

Made = TypeVar("Made")


def once(
    on: Connection, make: Callable[[], Made], look: Callable[[], Made | None], advice: str
) -> Made:
    """Send a request; where its response is lost, look for what it did before anything else.

    A request that was not carried out is not looked for. One that is over is sent again if
    nothing shows. One that may be going on still is looked for during a minute and never sent
    again in this run.

    Args:
        on: The connection.
        make: Sends the request.
        look: What the request did, or None if nothing shows.
        advice: What to look for, and what to do, where nothing shows and it may come to exist.

    Raises:
        PostHogError: Of the request, with that advice if it may have been carried out.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return make()
        except PostHogError as error:
            if error.outcome is Outcome.NOT_DONE:
                raise
            moments = LOOKS if error.outcome is Outcome.UNKNOWN else LOOKS[:1]
            made = _seen(on, look, moments, error, advice)
            if made is not None:
                return made
            if error.outcome is Outcome.UNKNOWN:
                error.advice = advice
                raise
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")  # pragma: no cover


def mint_once(
    on: Connection,
    before: RemoteProject,
    mint: Callable[[], RemoteProject],
    token: Callable[[RemoteProject], object],
    advice: str,
) -> RemoteProject:
    """Mint a project's token; a lost response shows in a token other than the one before."""

    def look() -> RemoteProject | None:
        after = on.client.projects.retrieve(before.organization, str(before.id))
        return after if token(after) not in {None, token(before)} else None

    return once(on, mint, look, advice)


def _seen(
    on: Connection,
    look: Callable[[], Made | None],
    moments: tuple[float, ...],
    lost: PostHogError,
    advice: str,
) -> Made | None:
    """What the request did, or None if nothing shows; a look that fails may succeed later.

    Raises:
        PostHogError: The lost request's, if the last look failed; or that of a look which decides.
    """
    began, failed = on.clock(), None
    for moment in moments:
        pause = moment - (on.clock() - began)
        if pause > on.deadline.remaining():
            break
        failed = None
        try:
            _wait(on, pause, lost)
            made = look()
        except RefusedError:
            raise
        except PostHogError as error:
            failed = error
            if error.outcome is Outcome.NOT_DONE and not isinstance(error, APIConnectError):
                break
        else:
            if made is not None:
                return made
    if failed:
        lost.advice = f"Whether it was done cannot be seen: {failed.what} {advice}"
        raise lost from None
    return None


def _wait(on: Connection, pause: float, lost: PostHogError) -> None:
    if pause > ANNOUNCED:
        _LOGGER.info("%s Looking for what it did again in %.0f s", lost.what, pause)
    if pause > 0:
        on.sleep(pause)
