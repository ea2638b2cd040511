from datetime import UTC, datetime, timedelta

import pytest
from support.fake_posthog import ACME, LONG_AGO, Body, FakePostHog, body

from posthog_pulumi.errors import (
    AmbiguousProjectError,
    APIConnectError,
    APIConnectionError,
    BadRequestError,
    ConflictError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    PostHogError,
)
from posthog_pulumi.lifecycle.create import make

POST = f"POST /api/organizations/{ACME}/projects/"
LIST = f"GET /api/organizations/{ACME}/projects/"
WEB = {"name": "Web", "timezone": "Europe/Berlin"}


def lost() -> PostHogError:
    """The connection was cut before the answer came."""
    return APIConnectionError("the connection was cut.", request=POST)


def posts(posthog: FakePostHog) -> int:
    """How many projects were asked for."""
    return posthog.asked.count(POST)


def test_made() -> None:
    """An answer that arrives is one request and no look."""
    posthog = FakePostHog()
    project = make(posthog.connection(), ACME, WEB)

    assert project.settings["timezone"] == "Europe/Berlin"
    assert posthog.asked == [POST]
    assert posthog.slept == []


@pytest.mark.parametrize(
    "error",
    [
        BadRequestError("No."),
        PermissionDeniedError("No."),
        ConflictError("Taken."),
        APIConnectError("No connection."),
    ],
)
def test_refused(error: PostHogError) -> None:
    """What PostHog refuses was not done, so there is nothing to look for."""
    posthog = FakePostHog()
    posthog.fail("POST", error)

    with pytest.raises(type(error)):
        make(posthog.connection(), ACME, WEB)
    assert posthog.asked == [POST]


@pytest.mark.parametrize("error", [lost(), InternalServerError("PostHog failed.")])
def test_lost_answer_is_adopted(error: PostHogError) -> None:
    """A project that was made though its answer was lost is taken over, not made again."""
    posthog = FakePostHog()
    posthog.fail("POST", error, done=True)
    project = make(posthog.connection(), ACME, WEB)

    assert [project.id] == list(posthog.projects)
    assert posts(posthog) == 1


def test_lost_request_is_repeated() -> None:
    """If no project is found after several looks, none was made, and it is asked for again."""
    posthog = FakePostHog()
    posthog.fail("POST", lost())
    project = make(posthog.connection(), ACME, WEB)

    assert [project.id] == list(posthog.projects)
    assert posts(posthog) == 2
    assert len(posthog.slept) > 1


def test_given_up() -> None:
    """A network that loses everything is told as such, with nothing made."""
    posthog = FakePostHog()
    posthog.fail("POST", lost())
    posthog.fail("POST", lost())
    posthog.fail("POST", lost())

    with pytest.raises(APIConnectionError):
        make(posthog.connection(), ACME, WEB)
    assert posthog.projects == {}


@pytest.mark.parametrize(
    "other",
    [
        body(5, created_at=LONG_AGO),
        body(5, name="web"),
        body(5, name="Web 2"),
        body(5, is_pending_deletion=True),
    ],
)
def test_others_are_not_adopted(other: Body) -> None:
    """An older project, one of another name, or one on its way out is somebody else's."""
    posthog = FakePostHog({5: other})
    posthog.fail("POST", lost(), done=True)
    project = make(posthog.connection(), ACME, WEB)

    assert project.id == 6
    assert posts(posthog) == 1


def test_only_an_old_one_is_left() -> None:
    """With an older project of the name and none of ours, ours is asked for again."""
    posthog = FakePostHog({5: body(5, created_at=LONG_AGO)})
    posthog.fail("POST", lost())
    project = make(posthog.connection(), ACME, WEB)

    assert project.id == 6
    assert posts(posthog) == 2


def test_own_projects_are_not_adopted() -> None:
    """Two resources of one name get two projects, on servers that allow it."""
    posthog = FakePostHog()
    connection = posthog.connection()
    first = make(connection, ACME, WEB)
    posthog.fail("POST", lost(), done=True)
    second = make(connection, ACME, WEB)

    assert {first.id, second.id} == set(posthog.projects)
    assert first.id != second.id


def test_several_candidates() -> None:
    """Which of several is ours cannot be told, so none is taken and all are named."""
    soon = (datetime.now(UTC) + timedelta(seconds=5)).isoformat()
    posthog = FakePostHog({5: body(5, created_at=soon), 6: body(6, created_at=soon)})
    posthog.fail("POST", lost())

    with pytest.raises(AmbiguousProjectError) as caught:
        make(posthog.connection(), ACME, WEB)
    assert "the projects 5, 6 were all made under that name" in str(caught.value)
    assert posts(posthog) == 1


def test_look_fails() -> None:
    """If it cannot be seen whether the project was made, it is not made again."""
    posthog = FakePostHog()
    posthog.fail("POST", lost(), done=True)
    posthog.fail(LIST, PermissionDeniedError("PostHog says: No."))

    with pytest.raises(AmbiguousProjectError) as caught:
        make(posthog.connection(), ACME, WEB)
    assert "whether the project was made cannot be seen" in str(caught.value)
    assert "PostHog says: No." in str(caught.value)
    assert posts(posthog) == 1


def test_gone_before_the_look() -> None:
    """A listed project that is gone when it is looked at is no candidate."""
    posthog = FakePostHog({5: body(5)})
    posthog.fail("POST", lost(), done=True)
    posthog.fail(f"{LIST}5/", NotFoundError("PostHog says: Not found."))
    project = make(posthog.connection(), ACME, WEB)

    assert project.id == 6


def test_made_by_the_first_request_after_all() -> None:
    """A name that is taken only on the second try was taken by the first: it is ours."""
    posthog = FakePostHog()
    posthog.fail("POST", lost())
    posthog.fail("POST", ConflictError("Taken."), done=True)
    project = make(posthog.connection(), ACME, WEB)

    assert [project.id] == list(posthog.projects)


def test_taken_by_another_meanwhile() -> None:
    """A name that is taken by an older project is a conflict on the second try too."""
    posthog = FakePostHog({5: body(5, created_at=LONG_AGO)})
    posthog.fail("POST", lost())
    posthog.fail("POST", ConflictError("Taken."))

    with pytest.raises(ConflictError):
        make(posthog.connection(), ACME, WEB)
    assert list(posthog.projects) == [5]
