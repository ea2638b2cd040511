import pytest
from support.fake_posthog import ACME, GLOBEX, FakePostHog, body, state

from posthog_pulumi.errors import (
    ProjectNotVisibleError,
)
from posthog_pulumi.lifecycle import project

PROJECTS = f"/api/organizations/{ACME}/projects/"


class TestGoneMeansSurelyGone:
    def test_by_an_administrator(self) -> None:
        """An administrator sees every project, so what an administrator does not see is gone."""
        posthog = FakePostHog({2: body(2)}, levels={ACME: 8, GLOBEX: 1})

        assert project.read(posthog.connection(), "1", state()) is None

    @pytest.mark.parametrize("level", [None, 1, 7])
    def test_hidden(self, level: int | None) -> None:
        """A demoted owner sees no private project: it stays in the state, and the error says so."""
        posthog = FakePostHog(levels={ACME: level})

        with pytest.raises(ProjectNotVisibleError) as caught:
            project.read(posthog.connection(), "1", state())
        assert str(caught.value) == (
            "project 'Web' (1) was not read: PostHog does not find it, and the credential's owner"
            " is not an administrator of its organization, so it may be hidden. Use a key with the"
            " scope organization:read whose owner is an administrator of the organization; or, if"
            " the project was deleted, run `pulumi state delete` on the resource."
        )

    def test_organization_not_listed(self) -> None:
        """A 404 of a key that does not see the organization must not empty the state."""
        posthog = FakePostHog(organizations={"globex": GLOBEX})

        with pytest.raises(ProjectNotVisibleError):
            project.read(posthog.connection(), "1", state())

    def test_no_scope(self) -> None:
        """A key that cannot list organizations cannot tell a move from a deletion."""
        posthog = FakePostHog({1: body(organization=GLOBEX)}, sees_organizations=False)

        with pytest.raises(ProjectNotVisibleError, match="without the scope organization:read"):
            project.read(posthog.connection(), "1", state())

    @pytest.mark.parametrize("level", [1, 15])
    def test_moved_by_a_colleague(self, level: int) -> None:
        """Found in any organization that is listed, at whatever level, is moved and not gone."""
        posthog = FakePostHog({1: body(organization=GLOBEX)}, levels={GLOBEX: level})
        found = project.read(posthog.connection(), "1", state())

        assert found
        assert found.organization == GLOBEX

    def test_destroyed_all_the_same(self, caplog: pytest.LogCaptureFixture) -> None:
        """A destroy has nothing left to lose: the resource leaves the state with a warning."""
        posthog = FakePostHog(levels={ACME: 1})
        project.delete(posthog.connection(), "1", state())

        assert caplog.messages == [
            (
                "project 'Web' (1) leaves the state, but may exist: PostHog does not find it, and"
                " the credential's owner is not an administrator of its organization, so it may be"
                " hidden. If it does, delete it in PostHog."
            )
        ]
        assert not [one for one in posthog.asked if one.startswith("DELETE")]
