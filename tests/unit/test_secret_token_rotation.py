from typing import Any

import pytest
from support.declared_secrets import (
    ROTATED,
    fingerprint_of,
    remembered,
    token_state,
    token_wanted,
    tokens,
)
from support.fake_posthog import ACME
from support.fake_posthog_secrets import PROJECT, MintingPostHog, lost, too_slow, with_token

from posthog_pulumi.errors import (
    APIConnectionError,
    RefusedError,
)
from posthog_pulumi.lifecycle import secret_token


class TestRotation:
    def test_requests(self) -> None:
        """It is one look and one rotation: the token before lives on as the backup."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        on = remembered(posthog.connection(organizationId=ACME), token_state())
        _, made = secret_token.create(on, token_wanted())

        assert tokens(posthog) == ("phs_1", "phs_0")
        assert (made.previous, made.previous_kept) == (token_state().fingerprint, False)
        assert posthog.asked == [f"GET {PROJECT}", f"PATCH {PROJECT}rotate_secret_token/"]

    def test_keeping(self) -> None:
        """That the half before keeps its previous token is in the state of the half after it."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        on = remembered(posthog.connection(), token_state(keep_previous=True))
        _, made = secret_token.create(on, token_wanted(keep_previous=True))

        assert made.previous_kept

    def test_ends_what_was_kept(self) -> None:
        """A previous token that was kept lives until the next rotation."""
        posthog = MintingPostHog({1: with_token("phs_0", "phs_kept")})
        kept = token_state(previous=fingerprint_of("phs_kept"), previous_kept=True)
        secret_token.create(remembered(posthog.connection(), kept), token_wanted())

        assert tokens(posthog) == ("phs_1", "phs_0")

    def test_unfinished(self) -> None:
        """A second rotation would end the token that a dependent still uses: it is refused."""
        posthog = MintingPostHog({1: with_token("phs_0", "phs_used")})
        before = token_state(previous=fingerprint_of("phs_used"))

        with pytest.raises(RefusedError) as caught:
            secret_token.create(remembered(posthog.connection(), before), token_wanted())
        assert str(caught.value) == (
            "the secret token of project 1 was not rotated: the rotation before this one is not"
            " finished: somebody may still use the token before, which is the backup now, and"
            " another rotation would end it. Run `pulumi up` with rotate_when_changed as it was (by"
            " age: with a larger rotate_after_days), then rotate again; if that changes nothing and"
            " nobody uses the backup, delete it in PostHog."
        )
        assert tokens(posthog) == ("phs_0", "phs_used")

    @pytest.mark.parametrize("previous", [None, "phs_other"])
    def test_foreign_backup(self, previous: str | None) -> None:
        """A backup that this program did not make is not ended by a rotation."""
        posthog = MintingPostHog({1: with_token("phs_0", "phs_theirs")})
        before = token_state(
            previous=previous and fingerprint_of(previous), previous_kept=bool(previous)
        )

        with pytest.raises(RefusedError) as caught:
            secret_token.create(remembered(posthog.connection(), before), token_wanted())
        assert str(caught.value) == (
            "the secret token of project 1 was not rotated: PostHog keeps an older secret token as"
            " the backup, which this program did not make, and a rotation would end it. If nobody"
            " uses it, delete the backup in PostHog first; then run `pulumi up`."
        )
        assert posthog.asks("PATCH") == []

    def test_rotated_by_hand_during_a_wait(self) -> None:
        """Rotated by hand while ours waits for a rate limit, it would end their backup: refused."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        on = remembered(posthog.connection(), token_state())
        hand = {"secret_api_token": "phs_hand", "secret_api_token_backup": "phs_0"}
        posthog.limit("PATCH", lambda: posthog.projects[1].update(hand))

        with pytest.raises(RefusedError, match="by somebody else meanwhile"):
            secret_token.create(on, token_wanted())
        assert tokens(posthog) == ("phs_hand", "phs_0")

    @pytest.mark.parametrize("fault", [{"done": True}, {"after": 7.0}])
    def test_lost(self, fault: dict[str, Any]) -> None:
        """A rotation whose response was lost is not done twice: the token in use lives on."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        posthog.fail("PATCH", too_slow(), **fault)
        on = remembered(posthog.connection(), token_state(armed={"q": 1}))
        _, made = secret_token.create(on, token_wanted(rotate_when_changed={"q": 2}))

        assert made.token.get_secret_value() == "phs_1"
        assert made.armed == {"q": 2}
        assert tokens(posthog) == ("phs_1", "phs_0")

    def test_not_seen(self) -> None:
        """A rotation that may come later is an error that says what the next run does."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        posthog.fail("PATCH", lost())

        with pytest.raises(APIConnectionError) as caught:
            secret_token.create(remembered(posthog.connection(), token_state()), token_wanted())
        assert str(caught.value) == (
            "the secret token of project 1 was not rotated: the connection was cut. It may be"
            " rotated in a minute: run `pulumi refresh` and then `pulumi up`, which takes over the"
            " token that PostHog then has; both tokens work until everyone has moved."
        )
        assert posthog.asks("PATCH") == ["rotate_secret_token"]


class TestTakeOver:
    @pytest.mark.parametrize(
        ("armed", "wanted", "then"),
        [
            ({"q": 1}, {"q": 1}, {"q": 1}),
            ({"q": 1}, {"q": 2}, {"q": 1}),
            (None, {"q": 1}, {"q": 1}),
            ({"q": 1}, None, None),
            (None, None, None),
        ],
        ids=["same", "fired", "first", "removed", "none"],
    )
    def test_trigger(
        self,
        armed: dict[str, int] | None,
        wanted: dict[str, int] | None,
        then: dict[str, int] | None,
    ) -> None:
        """A trigger counts as fired only when a token was minted for it; all else is as ever."""
        posthog = MintingPostHog({1: with_token("phs_hand", "phs_0")})
        before = token_state(armed=armed, rotate_when_changed=armed)
        on = remembered(posthog.connection(), before)
        _, made = secret_token.create(on, token_wanted(rotate_when_changed=wanted))

        assert made.token.get_secret_value() == "phs_hand"
        assert (made.armed, made.rotate_when_changed) == (then, wanted)
        assert made.rotated_at > ROTATED
        assert posthog.asks("PATCH") == []

    def test_said(self, caplog: pytest.LogCaptureFixture) -> None:
        """That a trigger did not rotate is said, with the project and what comes next."""
        posthog = MintingPostHog({1: with_token("phs_hand", "phs_0")})
        on = remembered(posthog.connection(), token_state(armed={"q": 1}))
        secret_token.create(on, token_wanted(rotate_when_changed={"q": 2}))

        assert caplog.messages == [
            (
                "the secret token of project 1 was rotated since, by hand or by a run that did not"
                " finish: this run takes over PostHog's current one, and the next `pulumi up`"
                " rotates it"
            )
        ]

    @pytest.mark.parametrize(
        ("backup", "previous", "kept"),
        [("phs_0", "phs_0", True), ("phs_hand1", "phs_older", False)],
        ids=["ours is the backup", "ours is gone"],
    )
    def test_previous(self, *, backup: str, previous: str, kept: bool) -> None:
        """The token before is ours as long as it lives, and else the one before ours."""
        posthog = MintingPostHog({1: with_token("phs_hand", backup)})
        before = token_state(keep_previous=True, previous=fingerprint_of("phs_older"))
        on = remembered(posthog.connection(), before)
        _, made = secret_token.create(on, token_wanted(keep_previous=True))

        assert (made.previous, made.previous_kept) == (fingerprint_of(previous), kept)

    def test_minted_by_somebody_else_at_once(self) -> None:
        """A token that appears in place of ours, whose response was lost, is theirs."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        twice = {"secret_api_token": "phs_hand2", "secret_api_token_backup": "phs_hand1"}
        posthog.fail("PATCH", lost())
        posthog.later(1, lambda: posthog.projects[1].update(twice))
        on = remembered(posthog.connection(), token_state(armed={"q": 1}))
        _, made = secret_token.create(on, token_wanted(rotate_when_changed={"q": 2}))

        assert made.token.get_secret_value() == "phs_hand2"
        assert made.armed == {"q": 1}
