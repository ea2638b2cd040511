import pytest
from support.fake_posthog import ACME, GLOBEX, FakePostHog, wanted

from posthog_pulumi.errors import (
    BadRequestError,
    ConfigurationError,
    PermissionDeniedError,
)
from posthog_pulumi.lifecycle import project

PROJECTS = f"/api/organizations/{ACME}/projects/"


class TestCreate:
    def test_one_request(self, caplog: pytest.LogCaptureFixture) -> None:
        """A create that PostHog carries out as sent is one request."""
        posthog = FakePostHog()
        id_, made = project.create(posthog.connection(), wanted(timezone="Europe/Berlin"))

        assert id_ == "1"
        assert made.settings == {"name": "Web", "timezone": "Europe/Berlin"}
        assert made.managed == {"name", "timezone"}
        assert posthog.asked == ["POST /api/organizations/@current/projects/"]
        assert caplog.messages == []

    def test_second_request(self, caplog: pytest.LogCaptureFixture) -> None:
        """What a create request cannot set is set by a second one, in the project's place."""
        posthog = FakePostHog()
        _, made = project.create(posthog.connection(), wanted(primary_dashboard=5))

        assert posthog.bodies == [{"name": "Web"}, {"primary_dashboard": 5}]
        assert posthog.asked[1] == f"PATCH {PROJECTS}1/"
        assert made.settings["primary_dashboard"] == 5
        assert caplog.messages == []

    def test_second_request_fails(self, caplog: pytest.LogCaptureFixture) -> None:
        """A project that exists is recorded whatever fails after that; the user is warned."""
        posthog = FakePostHog()
        posthog.fail("PATCH", BadRequestError("PostHog refuses primary_dashboard: No."))
        id_, made = project.create(posthog.connection(), wanted(primary_dashboard=5))

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
        _, made = project.create(posthog.connection(), wanted(timezone="Asia/Tokyo"))

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
        _, made = project.create(connection, wanted(organization_id=declared))

        assert made.organization == made_in

    def test_unknown_slug(self) -> None:
        """A slug that the credential does not see is named, and nothing is made."""
        posthog = FakePostHog()

        with pytest.raises(ConfigurationError) as caught:
            project.create(posthog.connection(), wanted(organization_id="initech"))
        assert str(caught.value).startswith(
            "project 'Web' was not created: this credential sees no organization with the slug"
            " 'initech'."
        )
        assert posthog.projects == {}

    def test_refused(self) -> None:
        """A refusal says which project it was about."""
        posthog = FakePostHog()
        posthog.fail("POST", PermissionDeniedError("PostHog says: No."))

        with pytest.raises(PermissionDeniedError, match=r"^project 'Web' was not created: "):
            project.create(posthog.connection(), wanted())
