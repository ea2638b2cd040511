import pytest
from support.fake_posthog import ACME, GLOBEX, FakePostHog, body, state

from posthog_pulumi.errors import (
    DeletionPendingError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    PostHogError,
)
from posthog_pulumi.lifecycle import project

PROJECTS = f"/api/organizations/{ACME}/projects/"


class TestRead:
    def test_drift(self) -> None:
        """A refresh shows what was changed in PostHog, and remembers what was declared."""
        recorded = state(force_destroy=True)
        found = project.read(FakePostHog({1: body(name="Renamed")}).connection(), "1", recorded)

        assert found
        assert found.settings["name"] == "Renamed"
        assert found.managed == {"name"}
        assert found.options == {"force_destroy": True}

    def test_one_request(self) -> None:
        """A refresh is one request for a project."""
        posthog = FakePostHog({1: body()})
        project.read(posthog.connection(), "1", state())

        assert posthog.asked == [f"GET {PROJECTS}1/"]

    def test_gone(self) -> None:
        """A project that was deleted in PostHog leaves the state."""
        others = FakePostHog({2: body(2)})

        assert project.read(others.connection(), "1", state()) is None

    def test_last_one_gone(self) -> None:
        """An organization that is seen and empty has no project any more."""
        assert project.read(FakePostHog().connection(), "1", state()) is None

    def test_on_its_way_out(self) -> None:
        """A project whose deletion is pending counts as deleted."""
        posthog = FakePostHog({1: body(is_pending_deletion=True)})

        assert project.read(posthog.connection(), "1", state()) is None

    @pytest.mark.parametrize(
        "error", [InternalServerError("Failed."), PermissionDeniedError("No.")]
    )
    def test_other_errors(self, error: PostHogError) -> None:
        """A broken server or key is no sign that the project is gone."""
        posthog = FakePostHog()
        posthog.fail("GET", error)

        with pytest.raises(type(error)):
            project.read(posthog.connection(), "1", state())

    def test_moved(self) -> None:
        """A project moved in PostHog is found; a declared organization shows the drift."""
        posthog = FakePostHog({1: body(organization=GLOBEX)})
        found = project.read(posthog.connection(), "1", state(organization_id="acme"))
        undeclared = project.read(posthog.connection(), "1", state())

        assert found
        assert (found.organization, found.options) == (GLOBEX, {"organization_id": GLOBEX})
        assert undeclared
        assert (undeclared.organization, undeclared.options) == (GLOBEX, {})


class TestGet:
    def test_found(self) -> None:
        """A project that is only looked at is managed in nothing."""
        found = project.get(FakePostHog({7: body(7)}).connection(), "7", {})

        assert found.settings["name"] == "Web"
        assert not found.managed
        assert not found.options

    def test_in_another_organization(self) -> None:
        """It may be in another organization than the configured one."""
        posthog = FakePostHog({7: body(7, organization=GLOBEX)})
        found = project.get(posthog.connection(), "7", {"organization_id": "globex"})

        assert found.organization == GLOBEX

    def test_absent(self) -> None:
        """It must exist."""
        with pytest.raises(NotFoundError, match=r"^project 7 was not found: "):
            project.get(FakePostHog().connection(), "7", {})

    def test_on_its_way_out(self) -> None:
        """It must not be about to vanish either."""
        posthog = FakePostHog({7: body(7, is_pending_deletion=True)})

        with pytest.raises(DeletionPendingError, match="PostHog is deleting it"):
            project.get(posthog.connection(), "7", {})
