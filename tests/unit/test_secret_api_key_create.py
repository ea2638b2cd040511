import re

import pytest
from support.declared_secrets import key_made, key_wanted
from support.fake_posthog_secrets import KEYS, MintingPostHog, lost, too_slow

from posthog_pulumi.errors import (
    APIConnectionError,
    APITimeoutError,
    ConflictError,
    PermissionDeniedError,
    PostHogError,
)
from posthog_pulumi.lifecycle import secret_api_key

LIST = f"GET {KEYS}"
SUFFIXED = re.compile(r"flags-[a-z0-9]{6}")


def test_made() -> None:
    """The key is told once, and kept; its label is unique by a random suffix."""
    posthog = MintingPostHog()
    id_, key = secret_api_key.create(posthog.connection(), key_wanted())

    assert (id_, key.value.get_secret_value()) == ("key1", "phs_1")
    assert SUFFIXED.fullmatch(key.label_in_posthog)
    assert key.label == "flags"
    assert posthog.asked == [f"POST {KEYS}"]


def test_two() -> None:
    """Two keys of one label live side by side, as a rotation needs it."""
    posthog = MintingPostHog()
    first, second = key_made(posthog), key_made(posthog)

    assert first[1].label_in_posthog != second[1].label_in_posthog


@pytest.mark.parametrize("done", [True, False])
def test_lost_answer(*, done: bool) -> None:
    """A key whose value was lost with the answer is deleted, and another one is made."""
    posthog = MintingPostHog()
    posthog.fail("POST", lost(), done=done)
    id_, key = secret_api_key.create(posthog.connection(), key_wanted())

    assert list(posthog.keys) == [id_]
    assert posthog.keys[id_]["label"] == key.label_in_posthog
    assert posthog.asks("POST") == ["project_secret_api_keys"] * 2


@pytest.mark.parametrize("done", [True, False])
def test_too_slow_is_never_repeated(*, done: bool) -> None:
    """A server that may still be at work is asked for no second key; one found is deleted."""
    posthog = MintingPostHog()
    posthog.fail("POST", too_slow(), done=done)

    with pytest.raises(APITimeoutError, match="'flags' of project 1 was not created"):
        secret_api_key.create(posthog.connection(), key_wanted())
    assert posthog.keys == {}
    assert posthog.asks("POST") == ["project_secret_api_keys"]


def test_only_the_lost_one_is_deleted() -> None:
    """Other keys of the same label, such as the one that is replaced, live on."""
    posthog = MintingPostHog()
    old, _ = key_made(posthog)
    posthog.fail("POST", lost(), done=True)
    secret_api_key.create(posthog.connection(), key_wanted())

    assert old in posthog.keys
    assert len(posthog.keys) == 2


def test_given_up() -> None:
    """A network that loses everything is told as such, with nothing left behind."""
    posthog = MintingPostHog()
    posthog.fail("POST", lost(), done=True)
    posthog.fail("POST", lost())
    posthog.fail("POST", lost(), done=True)

    with pytest.raises(APIConnectionError):
        secret_api_key.create(posthog.connection(), key_wanted())
    assert posthog.keys == {}


@pytest.mark.parametrize("error", [PermissionDeniedError("No."), ConflictError("Taken.")])
def test_refused(error: PostHogError) -> None:
    """What PostHog refuses was not done, so there is nothing to look for."""
    posthog = MintingPostHog()
    posthog.fail("POST", error)

    with pytest.raises(type(error)):
        secret_api_key.create(posthog.connection(), key_wanted())
    assert posthog.asked == [f"POST {KEYS}"]


def test_look_fails() -> None:
    """If it cannot be seen whether a key was made, no other is made."""
    posthog = MintingPostHog()
    posthog.fail("POST", lost())
    posthog.fail(LIST, PermissionDeniedError("No."))

    with pytest.raises(PermissionDeniedError):
        secret_api_key.create(posthog.connection(), key_wanted())
    assert posthog.asks("POST") == ["project_secret_api_keys"]
