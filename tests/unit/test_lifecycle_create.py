import pytest
from support.fake_posthog import ACME, GLOBEX, FakePostHog, body, wanted
from support.fake_posthog_secrets import MintingPostHog, lost, too_slow

from posthog_pulumi.errors import (
    APITimeoutError,
    BadRequestError,
    ConfigurationError,
    PermissionDeniedError,
)
from posthog_pulumi.lifecycle.create import create

PROJECTS = f"/api/organizations/{ACME}/projects/"


class TestCreate:
    def test_one_request(self, caplog: pytest.LogCaptureFixture) -> None:
        """A create that PostHog carries out as sent is one request."""
        posthog = FakePostHog()
        connection = posthog.connection(organizationId=ACME)
        id_, made = create(connection, wanted(timezone="Europe/Berlin"))

        assert id_ == "1"
        assert made.settings == {"name": "Web", "timezone": "Europe/Berlin"}
        assert made.managed == {"name", "timezone"}
        assert posthog.asked == [f"POST {PROJECTS}"]
        assert caplog.messages == []

    def test_second_request(self, caplog: pytest.LogCaptureFixture) -> None:
        """What a create request cannot set is set by a second one, in the project's place."""
        posthog = FakePostHog()
        _, made = create(posthog.connection(), wanted(primary_dashboard=5))

        assert posthog.bodies == [{"name": "Web"}, {"primary_dashboard": 5}]
        assert posthog.asked[-1] == f"PATCH {PROJECTS}1/"
        assert made.settings["primary_dashboard"] == 5
        assert caplog.messages == []

    def test_second_request_fails(self, caplog: pytest.LogCaptureFixture) -> None:
        """A project that exists is recorded whatever fails after that; the user is warned."""
        posthog = FakePostHog()
        posthog.fail("PATCH", BadRequestError("PostHog refuses primary_dashboard: No."))
        id_, made = create(posthog.connection(), wanted(primary_dashboard=5))

        assert id_ == "1"
        assert "primary_dashboard" not in made.settings
        assert made.managed == {"name", "primary_dashboard"}
        assert caplog.messages == [
            (
                "project 'Web' (1) was created, but not all of it was set: PostHog refuses"
                " primary_dashboard: No. Correct the value and run `pulumi up` again."
            )
        ]

    def test_ignored_value(self, caplog: pytest.LogCaptureFixture) -> None:
        """A value that the server will not take is a warning with both values."""
        posthog = FakePostHog(fixed={"timezone": "UTC"})
        _, made = create(posthog.connection(), wanted(timezone="Asia/Tokyo"))

        assert made.settings["timezone"] == "UTC"
        assert caplog.messages == [
            (
                "project 'Web' (1): PostHog took the request, but timezone is 'UTC' and not"
                " 'Asia/Tokyo'. Declare what PostHog keeps, or remove the setting from the program."
            )
        ]

    @pytest.mark.parametrize(
        ("declared", "configured", "made_in"),
        [
            (None, "@current", ACME),
            (None, GLOBEX, GLOBEX),
            (None, "globex", GLOBEX),
            ("globex", "acme", GLOBEX),
            (GLOBEX.upper(), "@current", GLOBEX),
        ],
    )
    def test_organization(self, declared: str | None, configured: str, made_in: str) -> None:
        """An organization is a UUID, a slug or ``@current``; the argument wins."""
        posthog = FakePostHog()
        connection = posthog.connection(organizationId=configured)
        _, made = create(connection, wanted(organization_id=declared))

        assert made.organization == made_in

    def test_current_is_looked_up_once(self) -> None:
        """What ``@current`` means may move while a program runs, so all go where the first went."""
        posthog = FakePostHog()
        connection = posthog.connection()
        create(connection, wanted())
        posthog.current = GLOBEX
        _, made = create(connection, wanted(name="Shop"))

        assert made.organization == ACME
        assert posthog.asked.count("GET /api/organizations/@current/") == 1

    def test_current_without_the_scope(self) -> None:
        """A key that sees no organizations learns the current one from its projects."""
        posthog = FakePostHog({1: body()}, sees_organizations=False)
        connection = posthog.connection()
        create(connection, wanted(name="Shop"))
        posthog.current = GLOBEX
        _, made = create(connection, wanted(name="Docs"))

        assert made.organization == ACME

    def test_current_of_an_empty_organization(self) -> None:
        """With no project there either, PostHog resolves ``@current`` itself."""
        posthog = FakePostHog(sees_organizations=False)
        create(posthog.connection(), wanted())

        assert posthog.asked[-1] == "POST /api/organizations/@current/projects/"

    def test_unknown_slug(self) -> None:
        """A slug that the credential does not see is named, and nothing is made."""
        posthog = FakePostHog()

        with pytest.raises(ConfigurationError) as caught:
            create(posthog.connection(), wanted(organization_id="initech"))
        assert str(caught.value).startswith(
            "project 'Web' was not created: this credential sees no organization with the slug"
            " 'initech'."
        )
        assert posthog.projects == {}

    def test_lost(self) -> None:
        """A create that may have failed says which project, what to look for and what to do."""
        posthog = FakePostHog()
        posthog.fail("POST", too_slow())

        with pytest.raises(APITimeoutError) as caught:
            create(posthog.connection(), wanted())
        assert str(caught.value).startswith(
            "project 'Web' was not created: no response in time. A project called 'Web' may exist,"
        )

    def test_follow_up_is_lost(self, caplog: pytest.LogCaptureFixture) -> None:
        """A second request whose response is lost is looked for, and is no warning if done."""
        posthog = FakePostHog()
        posthog.fail("PATCH", too_slow(), after=5)
        _, made = create(posthog.connection(), wanted(primary_dashboard=5))

        assert made.settings["primary_dashboard"] == 5
        assert len(posthog.bodies) == 2
        assert caplog.messages == []

    def test_recorded_as_it_is(self) -> None:
        """After a follow-up that failed, the state holds what PostHog then has."""
        posthog = FakePostHog()
        posthog.fail("PATCH", BadRequestError("No."), done=True)
        _, made = create(posthog.connection(), wanted(primary_dashboard=5))

        assert made.settings["primary_dashboard"] == 5

    def test_recorded_whatever_happens(self) -> None:
        """Where PostHog cannot be reached any more either, what it responded is recorded."""
        posthog = FakePostHog()
        posthog.fail("PATCH", BadRequestError("No."))
        posthog.fail(f"GET {PROJECTS}1/", lost())
        id_, made = create(posthog.connection(), wanted(primary_dashboard=5))

        assert (id_, made.settings["name"]) == ("1", "Web")

    @pytest.mark.parametrize("also", [f"GET {PROJECTS}1/", "nothing else"])
    def test_bug_afterwards(self, caplog: pytest.LogCaptureFixture, also: str) -> None:
        """Even a bug of ours makes no orphan: the project is recorded, and no value is shown."""
        posthog = FakePostHog()
        posthog.fail("PATCH", KeyError("hidden"))
        posthog.fail(also, KeyError("hidden"))
        id_, made = create(posthog.connection(), wanted(primary_dashboard=5))

        assert (id_, made.settings["name"]) == ("1", "Web")
        assert caplog.messages == [
            (
                "project 'Web' (1) was created, but not all of it was set: a KeyError, which is a"
                " bug in posthog_pulumi: report it. Run `pulumi refresh` and then `pulumi up`."
            )
        ]

    def test_bug_while_waiting(self, caplog: pytest.LogCaptureFixture) -> None:
        """So it is while the data of a demo project is waited for."""
        posthog = MintingPostHog()
        posthog.fail(f"GET {PROJECTS}1/is_generating_demo_data/", KeyError("hidden"))
        id_, _ = create(posthog.connection(), wanted(is_demo=True, wait_for_demo_data=True))

        assert id_ == "1"
        assert caplog.messages == [
            (
                "project 'Web' (1) was created, but its demo data was not waited for: a KeyError,"
                " which is a bug in posthog_pulumi: report it. Run `pulumi refresh` and then"
                " `pulumi up`."
            )
        ]

    def test_refused(self) -> None:
        """A refusal says which project it was about."""
        posthog = FakePostHog()
        posthog.fail("POST", PermissionDeniedError("PostHog says: No."))

        with pytest.raises(PermissionDeniedError, match=r"^project 'Web' was not created: "):
            create(posthog.connection(), wanted())
