from typing import Any

import pytest
from support.fake_posthog_secrets import PROJECT, MintingPostHog, lost, too_slow, with_token

from posthog_pulumi.errors import (
    APIConnectionError,
    APITimeoutError,
    InternalServerError,
    PermissionDeniedError,
    PostHogError,
    RateLimitError,
)
from posthog_pulumi.lifecycle.once import mint_once
from posthog_pulumi.models.project import RemoteProject

MINT = f"PATCH {PROJECT}rotate_secret_token/"
LOOK = f"GET {PROJECT}"


def minted(posthog: MintingPostHog) -> RemoteProject:
    """The project after its token was minted once."""
    before = RemoteProject.model_validate(posthog.projects[1])
    on = posthog.connection()
    return mint_once(
        on,
        before,
        lambda: on.client.projects.rotate_secret_token(before.organization, "1"),
        lambda project: project.secret_api_token,
    )


@pytest.fixture
def posthog() -> MintingPostHog:
    """A project whose token is ``phs_0``."""
    return MintingPostHog({1: with_token("phs_0")})


def tokens(posthog: MintingPostHog) -> tuple[Any, Any]:
    """The current token and the backup."""
    project = posthog.projects[1]
    return project["secret_api_token"], project["secret_api_token_backup"]


def test_answered(posthog: MintingPostHog) -> None:
    """An answer that arrives is one request and no look."""
    assert minted(posthog).secret_api_token
    assert posthog.asked == [MINT]
    assert posthog.slept == []


@pytest.mark.parametrize("error", [lost(), InternalServerError("PostHog failed."), too_slow()])
def test_lost_after_the_work(posthog: MintingPostHog, error: PostHogError) -> None:
    """A token that was minted though the answer was lost is taken over: the old one lives on."""
    posthog.fail("PATCH", error, done=True)
    found = minted(posthog)

    assert found.secret_api_token
    assert found.secret_api_token.get_secret_value() == "phs_1"
    assert tokens(posthog) == ("phs_1", "phs_0")
    assert posthog.asked == [MINT, LOOK]


@pytest.mark.parametrize("error", [lost(), InternalServerError("PostHog failed.")])
def test_lost_before_the_work(posthog: MintingPostHog, error: PostHogError) -> None:
    """A token that several looks find unchanged was not minted, so it is asked for again."""
    posthog.fail("PATCH", error)
    minted(posthog)

    assert tokens(posthog) == ("phs_1", "phs_0")
    assert posthog.asked == [MINT, LOOK, LOOK, LOOK, MINT]
    assert posthog.slept == sorted(posthog.slept)


def test_too_slow_is_never_repeated(posthog: MintingPostHog) -> None:
    """A server that may still be at work would mint a second token and end the live one."""
    posthog.fail("PATCH", too_slow())

    with pytest.raises(APITimeoutError, match="Wait a minute"):
        minted(posthog)
    assert posthog.asked == [MINT, LOOK, LOOK, LOOK]


def test_given_up(posthog: MintingPostHog) -> None:
    """A network that loses everything is told as such, with nothing minted."""
    posthog.fail("PATCH", lost())
    posthog.fail("PATCH", lost())
    posthog.fail("PATCH", lost())

    with pytest.raises(APIConnectionError):
        minted(posthog)
    assert tokens(posthog) == ("phs_0", None)
    assert posthog.asks("PATCH") == ["rotate_secret_token"] * 3


@pytest.mark.parametrize("error", [PermissionDeniedError("No."), RateLimitError("Slow down.")])
def test_refused(posthog: MintingPostHog, error: PostHogError) -> None:
    """What PostHog refuses was not done, so there is nothing to look for."""
    posthog.fail("PATCH", error)

    with pytest.raises(type(error)):
        minted(posthog)
    assert posthog.asked == [MINT]


@pytest.mark.parametrize("done", [True, False])
def test_look_fails(posthog: MintingPostHog, *, done: bool) -> None:
    """If it cannot be seen whether a token was minted, none is minted again."""
    posthog.fail("PATCH", lost(), done=done)
    posthog.fail("GET", PermissionDeniedError("PostHog says: No."))

    with pytest.raises(PermissionDeniedError):
        minted(posthog)
    assert posthog.asked == [MINT, LOOK]
