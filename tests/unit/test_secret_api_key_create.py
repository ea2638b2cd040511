import re

import pytest
from support.declared_secrets import key_made, key_wanted
from support.fake_posthog_secrets import KEYS, MintingPostHog, broken, lost, too_slow

from posthog_pulumi.errors import (
    APIConnectionError,
    APITimeoutError,
    ConflictError,
    PermissionDeniedError,
    PostHogError,
    RefusedError,
)
from posthog_pulumi.lifecycle import secret_api_key

LIST = f"GET {KEYS}"
SUFFIXED = re.compile(r"flags-[a-z0-9]{6}")


def test_made() -> None:
    """The value is shown once, and kept; its label is unique by a random suffix."""
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


@pytest.mark.parametrize("error", [lost(), too_slow(), broken()])
def test_lost(error: PostHogError) -> None:
    """A key whose value was lost with the response is deleted, and another one is made."""
    posthog = MintingPostHog()
    posthog.fail("POST", error, done=True)
    id_, key = secret_api_key.create(posthog.connection(), key_wanted())

    assert list(posthog.keys) == [id_]
    assert posthog.keys[id_]["label"] == key.label_in_posthog
    assert posthog.asked == [f"POST {KEYS}", LIST, f"DELETE {KEYS}key1/", f"POST {KEYS}"]


@pytest.mark.parametrize("seconds", [5.0, 60.0])
def test_made_later(seconds: float) -> None:
    """A key that a slow server makes later is found by its label: nobody is left with it."""
    posthog = MintingPostHog()
    posthog.fail("POST", too_slow(), after=seconds)
    id_, key = secret_api_key.create(posthog.connection(), key_wanted())

    assert list(posthog.keys) == [id_]
    assert posthog.keys[id_]["label"] == key.label_in_posthog


def test_over_is_repeated() -> None:
    """After PostHog's own error, and with no key to be found, it is sent again."""
    posthog = MintingPostHog()
    posthog.fail("POST", broken())
    id_, _ = secret_api_key.create(posthog.connection(), key_wanted())

    assert list(posthog.keys) == [id_]
    assert posthog.asked == [f"POST {KEYS}", LIST, f"POST {KEYS}"]


def test_unknown_is_never_repeated() -> None:
    """A key that may come to exist later is named by its label, since nobody knows its value."""
    posthog = MintingPostHog()
    posthog.fail("POST", too_slow())

    with pytest.raises(APITimeoutError) as caught:
        secret_api_key.create(posthog.connection(), key_wanted())
    assert re.fullmatch(
        r"the secret API key 'flags' of project 1 was not created: no response in time\. A key"
        r" labelled 'flags-[a-z0-9]{6}' may come to exist, whose value nobody knows: delete it in"
        r" PostHog, then run `pulumi up` again\.",
        str(caught.value),
    )
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
    """A network that loses every response is an error after three keys, with none left behind."""
    posthog = MintingPostHog()
    posthog.fail("POST", lost(), done=True)
    posthog.fail("POST", lost(), done=True)
    posthog.fail("POST", lost(), done=True)

    with pytest.raises(RefusedError) as caught:
        secret_api_key.create(posthog.connection(), key_wanted())
    assert str(caught.value) == (
        "the secret API key 'flags' of project 1 was not created: PostHog's response was lost 3"
        " times, and each key it made was deleted. Check the network and any proxy, then run"
        " `pulumi up` again."
    )
    assert posthog.keys == {}


def test_lost_one_is_not_deleted() -> None:
    """A key whose value was lost and that cannot be deleted is named."""
    posthog = MintingPostHog()
    posthog.fail("POST", lost(), done=True)
    posthog.fail("DELETE", PermissionDeniedError("No."))

    with pytest.raises(PermissionDeniedError) as caught:
        secret_api_key.create(posthog.connection(), key_wanted())
    assert re.match(
        r"the secret API key 'flags-[a-z0-9]{6}', whose value was lost, was not deleted: No\.",
        str(caught.value),
    )


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

    with pytest.raises(APIConnectionError, match=r"cannot be seen: No\. A key labelled 'flags-"):
        secret_api_key.create(posthog.connection(), key_wanted())
    assert posthog.asks("POST") == ["project_secret_api_keys"]
