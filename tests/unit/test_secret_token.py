from typing import Any

import pytest
from support.declared_secrets import (
    token_state,
    token_wanted,
    tokens,
)
from support.fake_posthog import ACME, GLOBEX
from support.fake_posthog_secrets import PROJECT, MintingPostHog, with_token

from posthog_pulumi.errors import (
    DeletionPendingError,
    NotFoundError,
    PermissionDeniedError,
)
from posthog_pulumi.lifecycle import secret_token


class TestFirstCreate:
    def test_mints(self) -> None:
        """Where the project has no secret token, a rotation makes one."""
        posthog = MintingPostHog({1: with_token(None)})
        id_, made = secret_token.create(posthog.connection(), token_wanted())

        assert tokens(posthog) == ("phs_1", None)
        assert made.token.get_secret_value() == "phs_1"
        assert (made.organization, made.previous) == (ACME, None)
        assert id_ == f"1/{made.rotated_at:%Y-%m-%dT%H:%M:%SZ}"

    @pytest.mark.parametrize("backup", [None, "phs_older"])
    def test_takes_over(self, backup: str | None) -> None:
        """Bringing a project with live tokens under management ends no key and rotates nothing."""
        posthog = MintingPostHog({1: with_token("phs_live", backup)})
        _, made = secret_token.create(
            posthog.connection(organizationId=ACME), token_wanted(rotate_when_changed={"q": 1})
        )

        assert made.token.get_secret_value() == "phs_live"
        assert (made.armed, made.previous) == ({"q": 1}, None)
        assert tokens(posthog) == ("phs_live", backup)
        assert posthog.asked == [f"GET {PROJECT}"]

    def test_moved(self) -> None:
        """A project in another organization than is named is found, and recorded where it is."""
        posthog = MintingPostHog({1: with_token("phs_live", organization=GLOBEX)})
        _, made = secret_token.create(posthog.connection(), token_wanted(organization_id=ACME))

        assert made.organization == GLOBEX

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
        assert found.outputs() == token_state(armed={"quarter": "Q4"}, **armed).outputs()

    @pytest.mark.parametrize("trigger", [None, {"q": 1}])
    def test_trigger(self, trigger: dict[str, int] | None) -> None:
        """Removing a trigger clears what is armed, so that another value arms anew."""
        before = token_state(armed={"q": 1}, rotate_when_changed={"q": 1})
        on = MintingPostHog().connection()
        found = secret_token.update(on, before, token_wanted(rotate_when_changed=trigger))

        assert found.armed == trigger

    def test_rotation_so_far(self) -> None:
        """What a later run must know of the rotation before stays in the state."""
        before = token_state(previous="0123", previous_kept=True)
        found = secret_token.update(
            MintingPostHog().connection(), before, token_wanted(keep_previous=True)
        )

        assert (found.previous, found.previous_kept) == ("0123", True)
        assert found.rotated_at == before.rotated_at

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
