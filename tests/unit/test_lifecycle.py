import pytest
from support.fake_posthog import ACME, GLOBEX, Body, FakePostHog, body, state

from posthog_pulumi.errors import (
    BadRequestError,
    DataGuardError,
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

    def test_uncertain(self) -> None:
        """A 404 of a key that does not see the organization must not empty the state."""
        posthog = FakePostHog(organizations={"globex": GLOBEX})

        with pytest.raises(NotFoundError, match=r"^project 'Web' \(1\) was not read: "):
            project.read(posthog.connection(), "1", state())

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


class TestDelete:
    @pytest.mark.parametrize(
        ("live", "recorded", "configured"),
        [
            ({}, {}, "false"),
            ({"ingested_event": True}, {"force_destroy": True}, "false"),
            ({"ingested_event": True}, {}, "true"),
        ],
    )
    def test_deleted(self, live: Body, recorded: Body, configured: str) -> None:
        """An empty project goes freely, one with events if that was applied before."""
        posthog = FakePostHog({1: body(**live)})
        project.delete(posthog.connection(forceDestroy=configured), "1", state(**recorded))

        assert posthog.projects == {}
        assert posthog.asked == [f"GET {PROJECTS}1/", f"DELETE {PROJECTS}1/"]

    @pytest.mark.parametrize(
        ("recorded", "configured"), [({}, "false"), ({"force_destroy": False}, "true")]
    )
    def test_guarded(self, recorded: Body, configured: str) -> None:
        """A project with events stays, and the refusal says what to do."""
        posthog = FakePostHog({1: body(ingested_event=True)})

        with pytest.raises(DataGuardError, match="set force_destroy=True, run `pulumi up`"):
            project.delete(posthog.connection(forceDestroy=configured), "1", state(**recorded))
        assert list(posthog.projects) == [1]

    @pytest.mark.parametrize(
        "posthog",
        [
            FakePostHog(),
            FakePostHog({1: body(is_pending_deletion=True, ingested_event=True)}),
        ],
    )
    def test_gone_already(self, posthog: FakePostHog) -> None:
        """A project that is gone, or on its way out, is deleted with no further request."""
        project.delete(posthog.connection(), "1", state())

        assert not [one for one in posthog.asked if one.startswith("DELETE")]

    @pytest.mark.parametrize("error", [NotFoundError("No."), DeletionPendingError("Pending.")])
    def test_gone_meanwhile(self, error: PostHogError) -> None:
        """One that goes between the look and the request is deleted as well."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", error)
        project.delete(posthog.connection(), "1", state())

        assert posthog.asked[-1] == f"DELETE {PROJECTS}1/"

    def test_moved(self) -> None:
        """A project moved in PostHog is deleted where it now is."""
        posthog = FakePostHog({1: body(organization=GLOBEX)})
        project.delete(posthog.connection(), "1", state())

        assert posthog.projects == {}

    def test_refused(self) -> None:
        """PostHog may refuse, and then the project is named."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", BadRequestError("PostHog says: Not the last one."))

        with pytest.raises(BadRequestError, match=r"^project 'Web' \(1\) was not deleted: "):
            project.delete(posthog.connection(), "1", state())
