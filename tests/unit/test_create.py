from dataclasses import replace

import pytest
from support.fake_posthog import ACME, LONG_AGO, Body, FakePostHog, body
from support.fake_posthog_secrets import broken, lost, too_slow

from posthog_pulumi.client.clock import ServerClock
from posthog_pulumi.client.refusals import ADVICE_BY_WORDS
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APIResponseValidationError,
    APITimeoutError,
    BadRequestError,
    ConflictError,
    InternalServerError,
    PermissionDeniedError,
    PostHogError,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.create import make
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.lifecycle.once import LOOKS

POST = f"POST /api/organizations/{ACME}/projects/"
LIST = f"GET /api/organizations/{ACME}/projects/"
WEB = {"name": "Web", "timezone": "Europe/Berlin"}


def posts(posthog: FakePostHog) -> int:
    """How many projects were asked for."""
    return posthog.asked.count(POST)


def another_run(posthog: FakePostHog) -> Connection:
    """A connection of another process, which remembers nothing of ours."""
    return replace(posthog.connection(), memory=Memory(), server_clock=ServerClock())


def test_made() -> None:
    """A response that arrives is one request and no look."""
    posthog = FakePostHog()
    project = make(posthog.connection(), ACME, WEB)

    assert project.settings["timezone"] == "Europe/Berlin"
    assert posthog.asked == [POST]
    assert posthog.slept == []


@pytest.mark.parametrize(
    "error",
    [BadRequestError("No."), PermissionDeniedError("No."), APIConnectError("No connection.")],
)
def test_refused(error: PostHogError) -> None:
    """What PostHog refuses was not done, so there is nothing to look for."""
    posthog = FakePostHog()
    posthog.fail("POST", error)

    with pytest.raises(type(error)):
        make(posthog.connection(), ACME, WEB)
    assert posthog.asked == [POST]


class TestLost:
    @pytest.mark.parametrize(
        "error", [lost(), too_slow(), broken(), APIResponseValidationError("HTML.")]
    )
    def test_adopted(self, error: PostHogError) -> None:
        """A project that was made though the response was lost is taken over, not made again."""
        posthog = FakePostHog()
        posthog.fail("POST", error, done=True)
        project = make(posthog.connection(), ACME, WEB)

        assert [project.id] == list(posthog.projects)
        assert posthog.asked == [POST, LIST, f"{LIST}1/"]

    @pytest.mark.parametrize("seconds", [7.0, 12.0, 60.0])
    def test_made_later(self, seconds: float) -> None:
        """A front that gives up at once while PostHog goes on gets one project, not two."""
        posthog = FakePostHog()
        posthog.fail("POST", too_slow(), after=seconds)
        project = make(posthog.connection(), ACME, WEB)

        assert [project.id] == list(posthog.projects)
        assert posts(posthog) == 1

    @pytest.mark.parametrize("error", [lost(), too_slow()])
    def test_never_repeated(self, error: PostHogError) -> None:
        """One that does not show within a minute may come later: what to look for is said."""
        posthog = FakePostHog()
        posthog.fail("POST", error)

        with pytest.raises(APIConnectionError) as caught:
            make(posthog.connection(), ACME, WEB)
        assert caught.value.advice.startswith(
            "A project called 'Web' may exist, or come to exist, that was created at "
        )
        assert caught.value.advice.endswith(
            " UTC or later: look for it in PostHog in a minute, and take it over with"
            " `posthog-pulumi import --project ID`, or delete it, before you run `pulumi up` again,"
            " which would make another."
        )
        assert posthog.asked == [POST] + [LIST] * len(LOOKS)

    def test_over_is_repeated(self) -> None:
        """After PostHog's own error, and with no project to be found, it is sent again."""
        posthog = FakePostHog()
        posthog.fail("POST", broken())
        project = make(posthog.connection(), ACME, WEB)

        assert [project.id] == list(posthog.projects)
        assert posthog.asked == [POST, LIST, POST]
        assert posthog.slept == []

    def test_given_up(self) -> None:
        """A PostHog that keeps failing is reported after three tries, with nothing made."""
        posthog = FakePostHog()
        posthog.fail("POST", broken())
        posthog.fail("POST", broken())
        posthog.fail("POST", broken())

        with pytest.raises(InternalServerError):
            make(posthog.connection(), ACME, WEB)
        assert posthog.projects == {}
        assert posts(posthog) == 3

    def test_look_fails(self) -> None:
        """If it cannot be seen whether the project was made, it is not made again."""
        posthog = FakePostHog()
        posthog.fail("POST", lost(), done=True)
        posthog.fail(LIST, PermissionDeniedError("PostHog says: No."))

        with pytest.raises(APIConnectionError) as caught:
            make(posthog.connection(), ACME, WEB)
        assert "Whether it was done cannot be seen: PostHog says: No." in str(caught.value)
        assert "A project called 'Web' may exist" in str(caught.value)
        assert posts(posthog) == 1


class TestConflict:
    @pytest.mark.parametrize("name", ["Web", "web", "WEB"])
    def test_names_the_other(self, name: str) -> None:
        """A name that is taken is an error that says by which project."""
        posthog = FakePostHog({5: body(5, name=name, created_at=LONG_AGO)})
        posthog.fail("POST", ConflictError("Taken."))

        with pytest.raises(ConflictError) as caught:
            make(posthog.connection(), ACME, WEB)
        assert caught.value.advice == f"It is project 5. {ConflictError.advice}"
        assert posthog.asked == [POST, LIST]

    def test_names_the_command(self) -> None:
        """The way to manage the other one stands in the error with its id."""
        posthog = FakePostHog({5: body(5, created_at=LONG_AGO)})
        advice = ADVICE_BY_WORDS["there is already a project"]
        posthog.fail("POST", ConflictError("Taken.", advice=advice))

        with pytest.raises(ConflictError, match="run `posthog-pulumi import --project 5`; to read"):
            make(posthog.connection(), ACME, WEB)

    @pytest.mark.parametrize("project", [{}, {5: body(5, name="Other")}])
    def test_not_visible(self, project: dict[int, Body]) -> None:
        """Where the other one is not listed the error says no more than PostHog's."""
        posthog = FakePostHog(project)
        posthog.fail("POST", ConflictError("Taken."))

        with pytest.raises(ConflictError) as caught:
            make(posthog.connection(), ACME, WEB)
        assert caught.value.advice == ConflictError.advice

    def test_look_fails(self) -> None:
        """A look that is refused does not hide that the name is taken."""
        posthog = FakePostHog()
        posthog.fail("POST", ConflictError("Taken."))
        posthog.fail(LIST, PermissionDeniedError("No."))

        with pytest.raises(ConflictError):
            make(posthog.connection(), ACME, WEB)

    def test_by_the_first_request_after_all(self) -> None:
        """A name that is taken only on the second try was taken by the first: it is ours."""
        posthog = FakePostHog()
        posthog.fail("POST", broken())
        posthog.fail("POST", ConflictError("Taken."), done=True)
        project = make(posthog.connection(), ACME, WEB)

        assert [project.id] == list(posthog.projects)

    def test_by_another_meanwhile(self) -> None:
        """A name that is taken by an older project is a conflict on the second try too."""
        posthog = FakePostHog({5: body(5, created_at=LONG_AGO)})
        posthog.fail("POST", broken())
        posthog.fail("POST", ConflictError("Taken."))

        with pytest.raises(ConflictError, match=r"Taken\. It is project 5\."):
            make(posthog.connection(), ACME, WEB)
        assert list(posthog.projects) == [5]

    def test_after_a_minute(self) -> None:
        """Run again after a lost create, the conflict names the project that it made."""
        posthog = FakePostHog()
        posthog.fail("POST", too_slow(), after=600)
        with pytest.raises(APITimeoutError):
            make(posthog.connection(), ACME, WEB)
        posthog.clock.sleep(600)
        posthog.fail("POST", ConflictError("Taken."))

        with pytest.raises(ConflictError, match="It is project 1"):
            make(another_run(posthog), ACME, WEB)
