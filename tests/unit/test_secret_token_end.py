from typing import Any

import pytest
from support.declared_secrets import (
    fingerprint_of,
    remembered,
    token_state,
    token_wanted,
    tokens,
)
from support.fake_posthog_secrets import (
    PROJECT,
    MintingPostHog,
    broken,
    lost,
    too_slow,
    with_token,
)

from posthog_pulumi.errors import APIConnectionError, PostHogError, RefusedError
from posthog_pulumi.lifecycle import secret_token

KEEPS = {"keep_previous": True}
STAYS = {"revoke_on_destroy": False}
DELETE = f"PATCH {PROJECT}delete_secret_token_backup/"
LOOK = f"GET {PROJECT}"


class TestOldHalf:
    def test_of_this_run(self) -> None:
        """A half that this run replaced is ended by deleting the backup; the new one lives on."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        on = remembered(posthog.connection(), token_state())
        secret_token.create(on, token_wanted())
        secret_token.delete(on, token_state())

        assert tokens(posthog) == ("phs_1", None)
        assert posthog.asks("PATCH") == ["rotate_secret_token", "delete_secret_token_backup"]

    @pytest.mark.parametrize("given", [{}, STAYS])
    def test_of_an_earlier_run(self, given: dict[str, Any]) -> None:
        """Where an earlier run was cut off, the live half's state says which one it replaced."""
        posthog = MintingPostHog({1: with_token("phs_1", "phs_0")})
        on = posthog.connection()
        live = {"token": "phs_1", "previous": fingerprint_of("phs_0")}
        on.memory.rotation("1").hold(token_state(**live))
        secret_token.delete(on, token_state(**given))

        assert tokens(posthog) == ("phs_1", None)

    def test_beside_an_update(self) -> None:
        """A live half that this run only updated says so too."""
        posthog = MintingPostHog({1: with_token("phs_1", "phs_0")})
        on = posthog.connection()
        live = {"token": "phs_1", "previous": fingerprint_of("phs_0")}
        secret_token.update(on, token_state(**live), token_wanted(rotate_when_changed={"q": 1}))
        secret_token.delete(on, token_state(**STAYS))

        assert tokens(posthog) == ("phs_1", None)

    def test_kept(self) -> None:
        """With ``keep_previous`` in the half that goes, its token lives until the next rotation."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        on = remembered(posthog.connection(), token_state(**KEEPS))
        secret_token.create(on, token_wanted(**KEEPS))
        secret_token.delete(on, token_state(**KEEPS))

        assert tokens(posthog) == ("phs_1", "phs_0")

    def test_taken_over_again(self) -> None:
        """A forced replacement takes the token over, so deleting the old half ends nothing."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        on = posthog.connection()
        secret_token.create(on, token_wanted())
        secret_token.delete(on, token_state())

        assert tokens(posthog) == ("phs_0", None)

    def test_rotated_by_hand_meanwhile(self) -> None:
        """A backup that somebody made by a rotation meanwhile is theirs, and stays."""
        posthog = MintingPostHog({1: with_token("phs_hand", "phs_1")})
        on = remembered(posthog.connection(), token_state())
        secret_token.delete(on, token_state())

        assert tokens(posthog) == ("phs_hand", "phs_1")


class TestResource:
    @pytest.mark.parametrize("before", [None, "phs_older"])
    def test_current(self, before: str | None) -> None:
        """A destroyed token is rotated into the backup and deleted there, which revokes it."""
        posthog = MintingPostHog({1: with_token("phs_0", before)})
        state = token_state(previous=before and fingerprint_of(before))
        secret_token.delete(posthog.connection(), state)

        assert tokens(posthog) == ("phs_1", None)
        assert posthog.asks("PATCH") == ["rotate_secret_token", "delete_secret_token_backup"]

    def test_beside_a_foreign_backup(self, caplog: pytest.LogCaptureFixture) -> None:
        """Revoking would end a backup that is somebody else's: both are left, and that is said."""
        posthog = MintingPostHog({1: with_token("phs_0", "phs_theirs")})
        secret_token.delete(posthog.connection(), token_state())

        assert tokens(posthog) == ("phs_0", "phs_theirs")
        assert caplog.messages == [
            (
                "the secret token of project 1 was not revoked: PostHog keeps a backup that this"
                " program did not make, and revoking the current token would end it; both are left"
                " alive. Delete in PostHog what nobody uses."
            )
        ]

    def test_rotated_by_hand(self) -> None:
        """The default revokes, also where the token is the backup since."""
        posthog = MintingPostHog({1: with_token("phs_hand", "phs_0")})
        secret_token.delete(posthog.connection(), token_state())

        assert tokens(posthog) == ("phs_hand", None)

    @pytest.mark.parametrize(
        ("projects", "given"),
        [
            ({}, {}),
            ({1: with_token(None)}, {}),
            ({1: with_token("phs_2", "phs_1")}, {}),
            ({1: with_token("phs_0", is_pending_deletion=True)}, {}),
            ({1: with_token("phs_0")}, STAYS),
            ({1: with_token("phs_1", "phs_0")}, STAYS),
            ({1: with_token("phs_1", "phs_0")}, KEEPS),
        ],
        ids=["gone", "none", "dead", "being deleted", "stays", "stays as the backup", "kept"],
    )
    def test_nothing_to_do(
        self, projects: dict[int, dict[str, Any]], given: dict[str, Any]
    ) -> None:
        """What is dead, about to die or to be kept alive is left as it is."""
        posthog = MintingPostHog(projects)
        secret_token.delete(posthog.connection(), token_state(**given))

        assert posthog.asks("PATCH") == []

    def test_other_projects(self) -> None:
        """Only the token's own project is touched."""
        other = with_token("phs_0", project_id=2)
        posthog = MintingPostHog({1: with_token("phs_0"), 2: dict(other)})
        secret_token.delete(posthog.connection(), token_state())

        assert posthog.projects[2] == other

    def test_not_visible(self, caplog: pytest.LogCaptureFixture) -> None:
        """A project that cannot be seen is no reason to lock a destroy: it is a warning."""
        posthog = MintingPostHog(sees_organizations=False)
        secret_token.delete(posthog.connection(), token_state())

        assert caplog.messages == [
            (
                "the secret token of project 1 was not revoked: PostHog does not find it, and"
                " without the scope organization:read nobody can tell whether it was deleted or"
                " moved. If the project exists, delete its secret token in PostHog."
            )
        ]


class TestDeleteBackup:
    """The request deletes whichever token is the backup by then, so each is looked at before."""

    @pytest.fixture
    def posthog(self) -> MintingPostHog:
        """A project whose old token is the backup."""
        return MintingPostHog({1: with_token("phs_1", "phs_0")})

    @pytest.mark.parametrize("error", [lost(), too_slow(), broken()])
    def test_done(self, posthog: MintingPostHog, error: PostHogError) -> None:
        """One whose response was lost is found done, and not sent again."""
        posthog.fail("PATCH", error, done=True)
        secret_token.delete(posthog.connection(), token_state())

        assert posthog.asked == [LOOK, DELETE, LOOK]

    def test_done_later(self, posthog: MintingPostHog) -> None:
        """One that is carried out seconds later is waited for, not repeated."""
        posthog.fail("PATCH", too_slow(), after=7)
        secret_token.delete(posthog.connection(), token_state())

        assert posthog.asked.count(DELETE) == 1

    def test_rotated_by_hand_while_going_on(self, posthog: MintingPostHog) -> None:
        """A rotation by hand meanwhile makes another backup, which is not ended by a repeat."""
        posthog.fail("PATCH", too_slow())
        hand = {"secret_api_token": "phs_hand", "secret_api_token_backup": "phs_1"}
        posthog.later(2, lambda: posthog.projects[1].update(hand))
        secret_token.delete(posthog.connection(), token_state())

        assert tokens(posthog) == ("phs_hand", "phs_1")
        assert posthog.asked.count(DELETE) == 1

    def test_rotated_by_hand_during_a_wait(self, posthog: MintingPostHog) -> None:
        """After a wait for a rate limit the backup is looked at again."""
        hand = {"secret_api_token": "phs_hand", "secret_api_token_backup": "phs_1"}
        posthog.limit("PATCH", lambda: posthog.projects[1].update(hand))
        secret_token.delete(posthog.connection(), token_state())

        assert tokens(posthog) == ("phs_hand", "phs_1")
        assert posthog.asks("PATCH") == []

    def test_not_seen(self, posthog: MintingPostHog) -> None:
        """One that may come later is an error that names the project and what to do."""
        posthog.fail("PATCH", lost())

        with pytest.raises(APIConnectionError) as caught:
            secret_token.delete(posthog.connection(), token_state())
        assert str(caught.value) == (
            "the secret token of project 1 was not revoked: the connection was cut. It may end in a"
            " minute: run the command again."
        )
        assert posthog.asked.count(DELETE) == 1


def test_revoking_later() -> None:
    """A revocation that was cut off is completed by the same command, run again."""
    posthog = MintingPostHog({1: with_token("phs_0")})
    posthog.fail("PATCH", too_slow(), after=90)
    with pytest.raises(APIConnectionError, match="run the command again"):
        secret_token.delete(posthog.connection(), token_state())
    posthog.clock.sleep(90)
    secret_token.delete(posthog.connection(), token_state())

    assert tokens(posthog) == ("phs_1", None)


def test_revoking_while_somebody_rotates() -> None:
    """A revocation that comes after a rotation by hand made their token the backup: it stays."""
    posthog = MintingPostHog({1: with_token("phs_0")})
    hand = {"secret_api_token": "phs_hand", "secret_api_token_backup": "phs_0"}
    posthog.later(1, lambda: posthog.projects[1].update(hand))
    posthog.fail("PATCH", too_slow(), after=1)
    secret_token.delete(posthog.connection(), token_state())

    assert tokens(posthog) == ("phs_1", "phs_hand")
    assert posthog.asks("PATCH") == ["rotate_secret_token"]


def test_revoking_during_a_wait() -> None:
    """Rotated by hand while the revocation waits, it would end their backup: refused."""
    posthog = MintingPostHog({1: with_token("phs_0")})
    hand = {"secret_api_token": "phs_hand", "secret_api_token_backup": "phs_0"}
    posthog.limit("PATCH", lambda: posthog.projects[1].update(hand))

    with pytest.raises(RefusedError, match="was not revoked: it was rotated"):
        secret_token.delete(posthog.connection(), token_state())
    assert tokens(posthog) == ("phs_hand", "phs_0")
