import pytest
from support.fake_posthog import ACME, GLOBEX, Body, FakePostHog, body, state
from support.fake_posthog_secrets import broken, lost, too_slow

from posthog_pulumi.errors import (
    APIConnectionError,
    APIResponseValidationError,
    BadRequestError,
    DataGuardError,
    DeletionPendingError,
    NotFoundError,
    PostHogError,
)
from posthog_pulumi.lifecycle import project

PROJECTS = f"/api/organizations/{ACME}/projects/"


class TestDelete:
    @pytest.mark.parametrize(
        ("live", "recorded", "configured", "asked"),
        [
            ({}, {}, "false", ["GET", "DELETE"]),
            ({"ingested_event": True}, {"force_destroy": True}, "false", ["DELETE"]),
            ({"ingested_event": True}, {}, "true", ["DELETE"]),
        ],
    )
    def test_deleted(self, live: Body, recorded: Body, configured: str, asked: list[str]) -> None:
        """An empty project goes freely, one with events, and with no look, if that was applied."""
        posthog = FakePostHog({1: body(**live)})
        project.delete(posthog.connection(forceDestroy=configured), "1", state(**recorded))

        assert posthog.projects == {}
        assert posthog.asked == [f"{method} {PROJECTS}1/" for method in asked]

    @pytest.mark.parametrize(
        ("recorded", "configured"), [({}, "false"), ({"force_destroy": False}, "true")]
    )
    def test_guarded(self, recorded: Body, configured: str) -> None:
        """A project with events stays, and the refusal says what to do."""
        posthog = FakePostHog({1: body(ingested_event=True)})

        with pytest.raises(DataGuardError, match="set force_destroy=True, run `pulumi up`") as said:
            project.delete(posthog.connection(forceDestroy=configured), "1", state(**recorded))
        assert "which `posthog-pulumi import --project 1` undoes" in said.value.advice
        assert list(posthog.projects) == [1]

    def test_no_fact_no_deletion(self) -> None:
        """A response that does not say whether there are events opens no guard."""
        silent = body()
        del silent["ingested_event"]
        posthog = FakePostHog({1: silent})

        with pytest.raises(APIResponseValidationError, match="ingested_event"):
            project.delete(posthog.connection(), "1", state())
        assert list(posthog.projects) == [1]

    def test_first_event_during_a_wait(self) -> None:
        """The guard looks again after a wait: the first event may arrive meanwhile."""
        posthog = FakePostHog({1: body()})
        posthog.limit("DELETE", lambda: posthog.projects[1].update(ingested_event=True))

        with pytest.raises(DataGuardError):
            project.delete(posthog.connection(), "1", state())
        assert list(posthog.projects) == [1]

    def test_deleted_by_hand_during_a_wait(self) -> None:
        """One that somebody deletes during a wait is deleted."""
        posthog = FakePostHog({1: body()})
        posthog.limit("DELETE", lambda: posthog.projects[1].update(is_pending_deletion=True))
        project.delete(posthog.connection(), "1", state())

        assert posthog.asked == [f"GET {PROJECTS}1/", f"GET {PROJECTS}1/"]

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

    @pytest.mark.parametrize("recorded", [{}, {"force_destroy": True}])
    def test_moved(self, recorded: Body) -> None:
        """A project moved in PostHog is deleted where it now is."""
        posthog = FakePostHog({1: body(organization=GLOBEX)})
        project.delete(posthog.connection(), "1", state(**recorded))

        assert posthog.projects == {}

    def test_gone_with_force(self) -> None:
        """One that is gone is looked for where it may have been moved, and then is deleted."""
        posthog = FakePostHog()
        project.delete(posthog.connection(), "1", state(force_destroy=True))

        assert posthog.asked[0] == f"DELETE {PROJECTS}1/"

    def test_refused(self) -> None:
        """PostHog may refuse, and then the project is named."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", BadRequestError("PostHog says: Not the last one."))

        with pytest.raises(BadRequestError, match=r"^project 'Web' \(1\) was not deleted: "):
            project.delete(posthog.connection(), "1", state())


class TestLostDelete:
    @pytest.mark.parametrize("error", [lost(), too_slow(), broken()])
    def test_done(self, error: PostHogError) -> None:
        """A deletion whose response was lost is found done, and not sent again."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", error, done=True)
        project.delete(posthog.connection(), "1", state(force_destroy=True))

        assert posthog.asked == [f"DELETE {PROJECTS}1/", f"GET {PROJECTS}1/"]

    @pytest.mark.parametrize("recorded", [{}, {"force_destroy": True}])
    def test_going_on(self, recorded: Body) -> None:
        """A deletion over the time-out is looked at while it goes on, and never sent again."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", too_slow(), after=50)
        project.delete(posthog.connection(), "1", state(**recorded))

        assert posthog.projects == {}
        assert posthog.asked.count(f"DELETE {PROJECTS}1/") == 1

    def test_pending(self) -> None:
        """A deletion that is under way by then counts as deleted."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", too_slow())
        posthog.later(5, lambda: posthog.projects[1].update(is_pending_deletion=True))
        project.delete(posthog.connection(), "1", state())

        assert posthog.asked.count(f"DELETE {PROJECTS}1/") == 1

    def test_not_seen(self) -> None:
        """One that shows nothing within a minute may happen later, which the error says."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", lost())

        with pytest.raises(APIConnectionError) as caught:
            project.delete(posthog.connection(), "1", state())
        assert str(caught.value) == (
            "project 'Web' (1) was not deleted: the connection was cut. It may be gone in a minute:"
            " run `pulumi refresh`, then this again."
        )
        assert posthog.asked.count(f"DELETE {PROJECTS}1/") == 1

    def test_over(self) -> None:
        """After PostHog's own error, and with the project still there, it is sent again."""
        posthog = FakePostHog({1: body()})
        posthog.fail("DELETE", broken())
        project.delete(posthog.connection(), "1", state(force_destroy=True))

        assert posthog.projects == {}
        assert posthog.slept == []
