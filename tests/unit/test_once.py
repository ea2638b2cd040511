import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fake_posthog import FakePostHog
from support.fake_posthog_secrets import (
    PROJECT,
    MintingPostHog,
    broken,
    lost,
    too_slow,
    with_token,
)
from support.properties import GENERATED

from posthog_pulumi.client.retries import LONGEST_STEP
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APIResponseValidationError,
    InternalServerError,
    Outcome,
    PermissionDeniedError,
    PostHogError,
    RateLimitError,
    RefusedError,
)
from posthog_pulumi.lifecycle.once import ATTEMPTS, LOOKS, mint_once, once
from posthog_pulumi.models.project import RemoteProject

MINT = f"PATCH {PROJECT}rotate_secret_token/"
LOOK = f"GET {PROJECT}"
ADVICE = "Look at it in a minute."
MINUTE = [1.0, 2.0, 4.0, 8.0, 15.0, 30.0]
"""The sleeps between the looks at 0, 1, 3, 7, 15, 30 and 60 seconds."""


def minted(posthog: MintingPostHog) -> RemoteProject:
    """The project after its token was minted once."""
    before = RemoteProject.model_validate(posthog.projects[1])
    on = posthog.connection()
    return mint_once(
        on,
        before,
        lambda: on.client.projects.rotate_secret_token(before.organization, "1"),
        lambda project: project.secret_api_token,
        ADVICE,
    )


@pytest.fixture
def posthog() -> MintingPostHog:
    """A project whose token is ``phs_0``."""
    return MintingPostHog({1: with_token("phs_0")})


def tokens(posthog: MintingPostHog) -> tuple[Any, Any]:
    """The current token and the backup."""
    project = posthog.projects[1]
    return project["secret_api_token"], project["secret_api_token_backup"]


def test_success(posthog: MintingPostHog) -> None:
    """A response that arrives is one request and no look."""
    assert minted(posthog).secret_api_token
    assert posthog.asked == [MINT]
    assert posthog.slept == []


@pytest.mark.parametrize("error", [lost(), too_slow(), broken()])
def test_lost_after_the_work(posthog: MintingPostHog, error: PostHogError) -> None:
    """A token that was minted though the response was lost is taken over: the old one lives on."""
    posthog.fail("PATCH", error, done=True)
    found = minted(posthog)

    assert found.secret_api_token
    assert found.secret_api_token.get_secret_value() == "phs_1"
    assert tokens(posthog) == ("phs_1", "phs_0")
    assert posthog.asked == [MINT, LOOK]


def test_over_is_repeated(posthog: MintingPostHog) -> None:
    """PostHog's own error ends the request: if a look finds nothing done, it is sent again."""
    posthog.fail("PATCH", broken())
    minted(posthog)

    assert tokens(posthog) == ("phs_1", "phs_0")
    assert posthog.asked == [MINT, LOOK, MINT]
    assert posthog.slept == []


def test_given_up(posthog: MintingPostHog) -> None:
    """A PostHog that keeps failing is reported after three tries, with nothing minted."""
    posthog.fail("PATCH", broken())
    posthog.fail("PATCH", broken())
    posthog.fail("PATCH", broken())

    with pytest.raises(InternalServerError):
        minted(posthog)
    assert tokens(posthog) == ("phs_0", None)
    assert posthog.asked == [MINT, LOOK, MINT, LOOK, MINT, LOOK]


@pytest.mark.parametrize("error", [lost(), too_slow(), APIResponseValidationError("HTML.")])
def test_unknown_is_never_repeated(posthog: MintingPostHog, error: PostHogError) -> None:
    """What may be going on still is looked for during a minute, and not sent a second time."""
    posthog.fail("PATCH", error)

    with pytest.raises(type(error), match=ADVICE):
        minted(posthog)
    assert posthog.asked == [MINT] + [LOOK] * len(LOOKS)
    assert posthog.slept == MINUTE


@pytest.mark.parametrize("seconds", [0.5, 3.0, 8.0, 45.0, 60.0])
def test_done_later(posthog: MintingPostHog, seconds: float) -> None:
    """A server that goes on after its front gave up is found out within the minute."""
    posthog.fail("PATCH", too_slow(), after=seconds)
    found = minted(posthog)

    assert found.secret_api_token
    assert tokens(posthog) == ("phs_1", "phs_0")
    assert posthog.asked.count(MINT) == 1


def test_looks_are_announced(posthog: MintingPostHog, caplog: pytest.LogCaptureFixture) -> None:
    """Every wait between looks that is longer than five seconds is said, with its reason."""
    caplog.set_level(logging.INFO)
    posthog.fail("PATCH", too_slow())

    with pytest.raises(APIConnectionError):
        minted(posthog)
    assert caplog.messages == [
        "no response in time. Looking for what it did again in 8 s",
        "no response in time. Looking for what it did again in 15 s",
        "no response in time. Looking for what it did again in 30 s",
    ]


def test_looks_end_with_the_step(posthog: MintingPostHog) -> None:
    """No look is waited for beyond the time that the step has."""
    before = RemoteProject.model_validate(posthog.projects[1])
    on = posthog.connection()
    on.sleep(LONGEST_STEP - 5)
    posthog.slept.clear()
    posthog.fail("PATCH", lost())

    with pytest.raises(APIConnectionError, match=ADVICE):
        mint_once(
            on,
            before,
            lambda: on.client.projects.rotate_secret_token(before.organization, "1"),
            lambda project: project.secret_api_token,
            ADVICE,
        )
    assert posthog.slept == [1.0, 2.0]


@pytest.mark.parametrize(
    "error", [PermissionDeniedError("No."), RateLimitError("Slow down."), APIConnectError("Down.")]
)
def test_refused(posthog: MintingPostHog, error: PostHogError) -> None:
    """What was not carried out is not looked for."""
    posthog.fail("PATCH", error)

    with pytest.raises(type(error)):
        minted(posthog)
    assert posthog.asked == [MINT]


class TestLookFails:
    @pytest.mark.parametrize("done", [True, False])
    def test_refused(self, posthog: MintingPostHog, *, done: bool) -> None:
        """If it cannot be seen whether a token was minted, none is minted again."""
        posthog.fail("PATCH", lost(), done=done)
        posthog.fail("GET", PermissionDeniedError("PostHog says: No."))

        with pytest.raises(APIConnectionError) as caught:
            minted(posthog)
        assert (
            str(caught.value)
            == ("the connection was cut. Whether it was done cannot be seen: PostHog says: No. ")
            + ADVICE
        )
        assert posthog.asked == [MINT, LOOK]

    @pytest.mark.parametrize("error", [lost(), broken(), APIConnectError("Down.")])
    def test_for_a_while(self, posthog: MintingPostHog, error: PostHogError) -> None:
        """A network that comes back within the minute shows what was done."""
        posthog.fail("PATCH", lost(), done=True)
        posthog.fail("GET", error)
        posthog.fail("GET", error)
        minted(posthog)

        assert tokens(posthog) == ("phs_1", "phs_0")
        assert posthog.asked == [MINT, LOOK, LOOK, LOOK]

    def test_over_but_unseen(self, posthog: MintingPostHog) -> None:
        """A request that is over is not sent again before a look was possible."""
        posthog.fail("PATCH", broken(), done=True)
        posthog.fail("GET", lost())

        with pytest.raises(InternalServerError, match="cannot be seen"):
            minted(posthog)
        assert posthog.asked == [MINT, LOOK]

    def test_decides(self) -> None:
        """A look that finds a reason to stop is the error itself."""
        posthog = FakePostHog()

        with pytest.raises(RefusedError, match=r"^two were made\."):
            once(
                posthog.connection(), _failing(lost()), _failing(RefusedError("two were made.")), ""
            )
        assert posthog.slept == []


def _failing(error: PostHogError) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


End = tuple[Outcome | None, bool]
"""How a request ends, None being well, and whether it was carried out."""

ENDS = st.lists(st.tuples(st.sampled_from([*Outcome, None]), st.booleans()), max_size=5)


class Server:
    """Makes one thing per request, as far as it is ordered to."""

    def __init__(self, ends: list[End], shows: list[bool]) -> None:
        self._ends, self._shows = iter(ends), iter(shows)
        self.sent: list[Outcome | None] = []
        self.made = 0

    def make(self) -> str:
        """Carry out a request, or not, and respond, or not."""
        outcome, done = next(self._ends, (None, True))
        self.sent.append(outcome)
        self.made += outcome is None or (done and outcome is not Outcome.NOT_DONE)
        if outcome:
            error = PostHogError("failed.")
            error.outcome = outcome
            raise error
        return "made"

    def look(self) -> str | None:
        """What was made, as soon as it shows."""
        return "found" if self.made and next(self._shows, True) else None


@GENERATED
@given(ENDS, st.lists(st.booleans(), max_size=9))
def test_never_again_after_unknown(ends: list[End], shows: list[bool]) -> None:
    """Whatever happens, nothing is sent after a request that may be going on still."""
    server = Server(ends, shows)
    with suppress(PostHogError):
        once(FakePostHog().connection(), server.make, server.look, ADVICE)

    assert not {Outcome.UNKNOWN, Outcome.NOT_DONE, None} & set(server.sent[:-1])
    assert len(server.sent) <= ATTEMPTS


@GENERATED
@given(ENDS)
def test_never_twice(ends: list[End]) -> None:
    """Where a look shows what was done, nothing is done twice."""
    server = Server(ends, [])
    with suppress(PostHogError):
        once(FakePostHog().connection(), server.make, server.look, ADVICE)

    assert server.made <= 1
