from typing import Any

import pytest
from support.declared_secrets import ROTATED, token_state, token_wanted, tokens
from support.fake_posthog import ACME, GLOBEX
from support.fake_posthog_secrets import PROJECT, MintingPostHog, lost, with_token

from posthog_pulumi.errors import (
    DeletionPendingError,
    NotFoundError,
    PermissionDeniedError,
)
from posthog_pulumi.lifecycle import secret_token


class TestCreate:
    @pytest.mark.parametrize("before", [None, "phs_0"])
    def test_rotates(self, before: str | None) -> None:
        """A token is minted by a rotation: the one before, if any, lives on as the backup."""
        posthog = MintingPostHog({1: with_token(before)})
        id_, made = secret_token.create(posthog.connection(), token_wanted())

        assert tokens(posthog) == ("phs_1", before)
        assert made.token.get_secret_value() == "phs_1"
        assert made.organization == ACME
        assert id_ == f"1/{made.rotated_at:%Y-%m-%dT%H:%M:%SZ}"

    def test_requests(self) -> None:
        """It is one look and one rotation."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        secret_token.create(posthog.connection(), token_wanted(organization_id=ACME))

        assert posthog.asked == [f"GET {PROJECT}", f"PATCH {PROJECT}rotate_secret_token/"]

    def test_rotated_by_hand_meanwhile(self) -> None:
        """Where the replaced token is the backup already, the new one is adopted: both live on."""
        posthog = MintingPostHog({1: with_token("phs_hand", "phs_0")})
        on = posthog.connection()
        on.replaced_tokens["1"] = "phs_0"
        _, made = secret_token.create(on, token_wanted())

        assert made.token.get_secret_value() == "phs_hand"
        assert tokens(posthog) == ("phs_hand", "phs_0")
        assert posthog.asks("PATCH") == []

    @pytest.mark.parametrize("backup", [None, "phs_older"])
    def test_rotation_under_way(self, backup: str | None) -> None:
        """A token that is replaced while it is current is rotated, once."""
        posthog = MintingPostHog({1: with_token("phs_0", backup)})
        on = posthog.connection()
        on.replaced_tokens["1"] = "phs_0"
        secret_token.create(on, token_wanted())

        assert tokens(posthog) == ("phs_1", "phs_0")
        assert on.replaced_tokens == {}

    def test_lost_answer(self) -> None:
        """An answer that was lost after the work costs no live token."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        posthog.fail("PATCH", lost(), done=True)
        _, made = secret_token.create(posthog.connection(), token_wanted())

        assert made.token.get_secret_value() == "phs_1"
        assert tokens(posthog) == ("phs_1", "phs_0")

    def test_absent_project(self) -> None:
        """The project must exist."""
        with pytest.raises(
            NotFoundError, match=r"^the secret token of project 1 was not rotated: "
        ):
            secret_token.create(MintingPostHog().connection(), token_wanted())

    def test_dying_project(self) -> None:
        """A project on its way out gets no token."""
        posthog = MintingPostHog({1: with_token("phs_0", is_pending_deletion=True)})

        with pytest.raises(DeletionPendingError, match="PostHog is deleting it"):
            secret_token.create(posthog.connection(), token_wanted())
        assert posthog.asks("PATCH") == []


class TestRead:
    @pytest.mark.parametrize(
        ("current", "backup", "superseded"),
        [
            ("phs_0", None, False),
            ("phs_0", "phs_older", False),
            ("phs_1", "phs_0", True),
            ("phs_2", "phs_1", True),
        ],
    )
    def test_kept(self, *, current: str, backup: str | None, superseded: bool) -> None:
        """A refresh keeps the token it has, and flags it where PostHog has another."""
        posthog = MintingPostHog({1: with_token(current, backup)})
        found = secret_token.read(posthog.connection(), token_state())

        assert found == token_state(superseded=superseded)

    @pytest.mark.parametrize(
        "projects",
        [{}, {1: with_token(None)}, {1: with_token("phs_0", is_pending_deletion=True)}],
    )
    def test_gone(self, projects: dict[int, dict[str, Any]]) -> None:
        """With the project, or with all of its tokens, the token is gone."""
        assert secret_token.read(MintingPostHog(projects).connection(), token_state()) is None

    def test_moved(self) -> None:
        """A project that was moved in PostHog keeps its token."""
        posthog = MintingPostHog({1: with_token("phs_0", organization=GLOBEX)})

        assert secret_token.read(posthog.connection(), token_state()) == token_state(
            organization=GLOBEX
        )

    def test_refused(self) -> None:
        """A refused look is no sign that the token is gone."""
        posthog = MintingPostHog({1: with_token("phs_0")})
        posthog.fail("GET", PermissionDeniedError("No."))

        with pytest.raises(PermissionDeniedError, match="was not read: No"):
            secret_token.read(posthog.connection(), token_state())


class TestUpdate:
    def test_arguments_only(self) -> None:
        """Arming a trigger is remembered with no request; token and age stay."""
        posthog = MintingPostHog()
        armed = {"rotate_when_changed": {"quarter": "Q4"}, "keep_previous": True}
        found = secret_token.update(posthog.connection(), token_state(), token_wanted(**armed))

        assert posthog.asked == []
        assert found.outputs() == token_state(**armed).outputs()

    def test_superseded(self) -> None:
        """A token that somebody rotated by hand is exchanged for PostHog's current one."""
        posthog = MintingPostHog({1: with_token("phs_hand", "phs_0")})
        found = secret_token.update(
            posthog.connection(), token_state(superseded=True), token_wanted()
        )

        assert found.token.get_secret_value() == "phs_hand"
        assert not found.superseded
        assert found.rotated_at > ROTATED
        assert posthog.asked == [f"GET {PROJECT}"]

    def test_superseded_by_nothing(self) -> None:
        """A token that is gone altogether is not invented."""
        posthog = MintingPostHog({1: with_token(None)})

        with pytest.raises(NotFoundError, match="has no secret token for it any more"):
            secret_token.update(posthog.connection(), token_state(superseded=True), token_wanted())

    def test_superseded_in_a_dying_project(self) -> None:
        """Nothing is adopted from a project on its way out."""
        posthog = MintingPostHog({1: with_token("phs_1", is_pending_deletion=True)})

        with pytest.raises(DeletionPendingError, match="was not updated"):
            secret_token.update(posthog.connection(), token_state(superseded=True), token_wanted())

    @pytest.mark.parametrize(
        ("spelling", "organization"), [(None, ACME), (ACME, ACME), ("globex", GLOBEX)]
    )
    def test_organization(self, spelling: str | None, organization: str) -> None:
        """Another organization is the one to address from then on; left out, it stays."""
        on = MintingPostHog().connection()
        found = secret_token.update(
            on, token_state(organization_id=ACME), token_wanted(organization_id=spelling)
        )

        assert found.organization == organization
