from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.fake_posthog import ACME, LONG_AGO, Body, FakePostHog, body
from support.fake_posthog_secrets import broken, lost, too_slow

from posthog_pulumi.client.clock import ServerClock
from posthog_pulumi.errors import (
    AmbiguousProjectError,
    NotFoundError,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.create import make
from posthog_pulumi.lifecycle.memory import Memory

POST = f"POST /api/organizations/{ACME}/projects/"
LIST = f"GET /api/organizations/{ACME}/projects/"
WEB = {"name": "Web", "timezone": "Europe/Berlin"}


def posts(posthog: FakePostHog) -> int:
    """How many projects were asked for."""
    return posthog.asked.count(POST)


def another_run(posthog: FakePostHog) -> Connection:
    """A connection of another process, which remembers nothing of ours."""
    return replace(posthog.connection(), memory=Memory(), server_clock=ServerClock())


def aged(minutes: float, **changes: Any) -> Body:
    """Project 5, made so many minutes ago with what we are about to send."""
    created = datetime.now(UTC) - timedelta(minutes=minutes)
    return body(5, created_at=created.isoformat(), **WEB, **changes)


class TestOthers:
    @pytest.mark.parametrize(
        "other",
        [
            body(5, created_at=LONG_AGO, **WEB),
            aged(11),
            body(5, name="web"),
            body(5, name="Web 2"),
            aged(0, is_pending_deletion=True),
        ],
    )
    def test_not_adopted(self, other: Body) -> None:
        """An older project, one of another name, or one being deleted is somebody else's."""
        posthog = FakePostHog({5: other})
        posthog.fail("POST", lost(), done=True)
        project = make(posthog.connection(), ACME, WEB)

        assert project.id == 6
        assert posts(posthog) == 1

    def test_only_an_old_one_is_left(self) -> None:
        """With an older project of the name and none of ours, ours is sent again."""
        posthog = FakePostHog({5: body(5, created_at=LONG_AGO)})
        posthog.fail("POST", broken())
        project = make(posthog.connection(), ACME, WEB)

        assert project.id == 6
        assert posts(posthog) == 2

    def test_own(self) -> None:
        """Two resources of one name get two projects, on servers that allow it."""
        posthog = FakePostHog()
        connection = posthog.connection()
        first = make(connection, ACME, WEB)
        connection.memory.projects.add(first.id)
        posthog.fail("POST", lost(), done=True)
        second = make(connection, ACME, WEB)

        assert {first.id, second.id} == set(posthog.projects)
        assert first.id != second.id

    def test_gone_before_the_look(self) -> None:
        """A listed project that is gone when it is looked at is no candidate."""
        posthog = FakePostHog({5: body(5)})
        posthog.fail("POST", lost(), done=True)
        posthog.fail(f"{LIST}5/", NotFoundError("PostHog says: Not found."))
        project = make(posthog.connection(), ACME, WEB)

        assert project.id == 6


class TestNotKnown:
    @pytest.mark.parametrize(
        "minutes", [0.1, 9, -1], ids=["just before", "minutes before", "in the future"]
    )
    def test_of_about_that_time(self, minutes: float) -> None:
        """One made within ten minutes may be another run's: it is named, and none is made."""
        posthog = FakePostHog({5: aged(minutes)})
        posthog.fail("POST", lost())

        with pytest.raises(AmbiguousProjectError) as caught:
            make(posthog.connection(), ACME, WEB)
        assert caught.value.what == (
            "PostHog's response was lost, and whether project 5 is the one that was made does not"
            " show in its settings and age."
        )
        assert "`posthog-pulumi import --project 5`" in caught.value.advice
        assert posts(posthog) == 1

    def test_other_settings(self) -> None:
        """Another stack that makes the name at the same time is not adopted."""
        posthog = FakePostHog()
        theirs = {"name": "Web", "timezone": "Asia/Tokyo"}
        posthog.fail("POST", too_slow())
        posthog.later(2, lambda: make(another_run(posthog), ACME, theirs))

        with pytest.raises(AmbiguousProjectError, match="whether project 1 is the one"):
            make(posthog.connection(), ACME, WEB)
        assert len(posthog.projects) == 1

    def test_beside_ours(self) -> None:
        """With another stack's beside it, ours is not guessed either."""
        posthog = FakePostHog({5: aged(1)})
        posthog.fail("POST", lost(), done=True)

        with pytest.raises(AmbiguousProjectError, match="project 6 or 5 is the one"):
            make(posthog.connection(), ACME, WEB)

    def test_twins(self) -> None:
        """Of two that are equal and were made at the same time none is taken for ours."""
        posthog = FakePostHog()
        make(another_run(posthog), ACME, WEB)
        posthog.fail("POST", lost(), done=True)

        with pytest.raises(AmbiguousProjectError, match="project 1 or 2 is the one"):
            make(posthog.connection(), ACME, WEB)

    @pytest.mark.parametrize("ahead", [3.0, -3.0, 300.0])
    def test_clock_of_the_front(self, ahead: float) -> None:
        """A front whose clock is wrong by a little makes no second project."""
        posthog = FakePostHog(front_is_ahead=ahead)
        posthog.fail("POST", lost(), done=True)

        with pytest.raises(AmbiguousProjectError, match="whether project 1 is the one"):
            make(posthog.connection(), ACME, WEB)
        assert posts(posthog) == 1

    @pytest.mark.parametrize("project", [{}, {5: body(5, created_at=LONG_AGO)}])
    def test_no_clock(self, project: dict[int, Body]) -> None:
        """Without ``Date`` no project of that name is known from ours."""
        posthog = FakePostHog(project, front_is_ahead=None)
        posthog.fail("POST", lost(), done=True)

        with pytest.raises(AmbiguousProjectError):
            make(posthog.connection(), ACME, WEB)
        assert posts(posthog) == 1
