from typing import Any

import pytest
from support.declared_secrets import key_made, key_wanted
from support.fake_posthog import ACME, body
from support.fake_posthog_secrets import KEYS, MintingPostHog, broken, lost, too_slow

from posthog_pulumi.errors import (
    APITimeoutError,
    PermissionDeniedError,
    PostHogError,
    ProjectNotVisibleError,
)
from posthog_pulumi.lifecycle import secret_api_key


class TestRead:
    def test_same(self) -> None:
        """A refresh is one request, and keeps the value that PostHog shows no more."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)

        assert secret_api_key.read(posthog.connection(), id_, key) == key
        assert posthog.asked == [f"GET {KEYS}key1/"]

    def test_gone(self) -> None:
        """A key that was deleted in PostHog leaves the state."""
        _, key = key_made(MintingPostHog())

        assert secret_api_key.read(MintingPostHog().connection(), "key1", key) is None

    def test_renamed(self) -> None:
        """Label and scopes changed in PostHog are drift."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.keys[id_] |= {"label": "by hand", "scopes": ["survey:read"]}
        found = secret_api_key.read(posthog.connection(), id_, key)

        assert found
        assert (found.label, found.scopes) == ("by hand", ["survey:read"])
        assert not found.superseded

    def test_only_the_suffix_is_gone(self) -> None:
        """A key renamed in PostHog to its declared label is no drift of the label."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.keys[id_] |= {"label": "flags"}
        found = secret_api_key.read(posthog.connection(), id_, key)

        assert found
        assert (found.label, found.label_in_posthog) == ("flags", "flags")

    def test_rolled(self) -> None:
        """A key that somebody rolled in PostHog is flagged: the value on record is dead."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.keys[id_] |= {"mask_value": "phs_...y"}
        first = secret_api_key.read(posthog.connection(), id_, key)
        assert first
        second = secret_api_key.read(posthog.connection(), id_, first)

        assert second
        assert (first.superseded, second.superseded) == (True, True)

    def test_refused(self) -> None:
        """A refused look is no sign that the key is gone."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("GET", PermissionDeniedError("No."))

        with pytest.raises(PermissionDeniedError, match="'flags' of project 1 was not read"):
            secret_api_key.read(posthog.connection(), id_, key)


class TestGoneMeansSurelyGone:
    def test_project_is_gone_too(self) -> None:
        """With its project, as an administrator can tell, a key is gone."""
        _, key = key_made(MintingPostHog())
        posthog = MintingPostHog(hides_keys=True)

        assert secret_api_key.read(posthog.connection(), "key1", key) is None

    def test_project_can_be_read(self) -> None:
        """A key whose project can be read, though not its keys, is gone."""
        _, key = key_made(MintingPostHog())
        posthog = MintingPostHog({1: body()}, hides_keys=True)

        assert secret_api_key.read(posthog.connection(), "key1", key) is None

    @pytest.mark.parametrize("given", [{"sees_organizations": False}, {"levels": {ACME: 1}}])
    def test_hidden(self, given: dict[str, Any]) -> None:
        """A project that the credential does not see may hide a key that lives."""
        _, key = key_made(MintingPostHog())
        posthog = MintingPostHog(hides_keys=True, **given)

        with pytest.raises(ProjectNotVisibleError, match="'flags' of project 1 was not read"):
            secret_api_key.read(posthog.connection(), "key1", key)


class TestUpdate:
    @pytest.mark.parametrize(
        ("given", "sent"),
        [
            ({"scopes": ["survey:read"]}, {"scopes"}),
            ({"label": "surveys"}, {"label"}),
            ({"label": "surveys", "scopes": ["survey:read"]}, {"label", "scopes"}),
        ],
    )
    def test_changes(self, given: dict[str, Any], sent: set[str]) -> None:
        """What changed is sent, in place: value and suffix stay."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        before = dict(posthog.keys[id_])
        found = secret_api_key.update(posthog.connection(), id_, key, key_wanted(**given))
        after = posthog.keys[id_]

        assert {name for name in after if after[name] != before[name]} == sent
        assert (found.value, found.suffix) == (key.value, key.suffix)
        assert found.label_in_posthog == after["label"]

    @pytest.mark.parametrize("given", [{}, {"rotate_after_days": 90}])
    def test_arguments_only(self, given: dict[str, Any]) -> None:
        """What PostHog does not know is remembered with no request."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        secret_api_key.update(posthog.connection(), id_, key, key_wanted(**given))

        assert posthog.asked == []

    @pytest.mark.parametrize("fault", [{"done": True}, {"after": 7.0}])
    def test_lost(self, fault: dict[str, Any]) -> None:
        """A change whose response was lost is found done, and not sent again."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("PATCH", too_slow(), **fault)
        secret_api_key.update(posthog.connection(), id_, key, key_wanted(label="surveys"))

        assert posthog.asks("PATCH") == [id_]

    def test_not_seen(self) -> None:
        """One that may come later is an error that says what to run."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("PATCH", too_slow())

        with pytest.raises(APITimeoutError, match="`pulumi up` in a minute"):
            secret_api_key.update(posthog.connection(), id_, key, key_wanted(label="surveys"))
        assert posthog.asks("PATCH") == [id_]


class TestDelete:
    def test_deleted(self) -> None:
        """A deleted key is gone after one request."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        secret_api_key.delete(posthog.connection(), id_, key)

        assert posthog.keys == {}
        assert posthog.asked == [f"DELETE {KEYS}{id_}/"]

    def test_gone(self) -> None:
        """A key already gone counts as deleted."""
        _, key = key_made(MintingPostHog())
        posthog = MintingPostHog()
        secret_api_key.delete(posthog.connection(), "key1", key)

        assert posthog.asked == [f"DELETE {KEYS}key1/"]

    def test_refused(self) -> None:
        """A refusal names the key by its label, never its value."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("DELETE", PermissionDeniedError("No."))

        with pytest.raises(PermissionDeniedError, match="'flags' of project 1 was not deleted"):
            secret_api_key.delete(posthog.connection(), id_, key)

    @pytest.mark.parametrize("error", [lost(), too_slow(), broken()])
    def test_lost(self, error: PostHogError) -> None:
        """A deletion whose response was lost is found done, and not sent again."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("DELETE", error, done=True)
        secret_api_key.delete(posthog.connection(), id_, key)

        assert posthog.asked == [f"DELETE {KEYS}{id_}/", f"GET {KEYS}{id_}/"]

    def test_going_on(self) -> None:
        """A deletion that goes on over the time-out is looked at, not sent again."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("DELETE", too_slow(), after=50)
        secret_api_key.delete(posthog.connection(), id_, key)

        assert posthog.asks("DELETE") == [id_]

    def test_not_seen(self) -> None:
        """One that may come later is an error that says so."""
        posthog = MintingPostHog()
        id_, key = key_made(posthog)
        posthog.fail("DELETE", too_slow())

        with pytest.raises(APITimeoutError, match="It may be gone in a minute"):
            secret_api_key.delete(posthog.connection(), id_, key)
        assert posthog.asks("DELETE") == [id_]
