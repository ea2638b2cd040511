"""A project's rotation of the API token, its demo data and its moves."""

from typing import Any

import pytest
from support.fake_posthog import GLOBEX, body, state, wanted
from support.fake_posthog_secrets import PROJECT, MintingPostHog, lost, too_slow

from posthog_pulumi.errors import (
    APIConnectionError,
    APITimeoutError,
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
    PostHogError,
    SessionRequiredError,
)
from posthog_pulumi.lifecycle import create, project
from posthog_pulumi.models.project import ProjectState

ARMED = {"rotate_api_token_when_changed": {"leak": "1"}}
FIRED = {"rotate_api_token_when_changed": {"leak": "2"}}
DEMO: dict[str, Any] = {"is_demo": True, "wait_for_demo_data": True}
RESET = f"PATCH {PROJECT}reset_token/"


def updated(
    posthog: MintingPostHog, recorded: dict[str, Any], declared: dict[str, Any]
) -> ProjectState:
    """The project after an update from what is recorded to what is declared."""
    return project.update(posthog.connection(), "1", state(**recorded), wanted(**declared))


class TestApiToken:
    @pytest.mark.parametrize(
        ("recorded", "declared", "resets"),
        [({}, ARMED, 0), (ARMED, ARMED, 0), (ARMED, {}, 0), (ARMED, FIRED, 1)],
    )
    def test_trigger(self, recorded: dict[str, Any], declared: dict[str, Any], resets: int) -> None:
        """The first value arms the trigger, a changed one resets, removing it does nothing."""
        posthog = MintingPostHog({1: body()})
        found = updated(posthog, recorded, declared)

        assert posthog.asked.count(RESET) == resets
        assert found.api_token.get_secret_value() == posthog.projects[1]["api_token"]
        assert found.options == declared

    def test_last_of_all(self) -> None:
        """Settings are sent first, so that nothing can fail between the new token and the state."""
        posthog = MintingPostHog({1: body()})
        updated(posthog, ARMED, {**FIRED, "timezone": "Asia/Tokyo"})

        assert posthog.asked == [f"PATCH {PROJECT}", RESET]

    def test_failed_before(self) -> None:
        """Where the settings are refused the token lives on, and the trigger stays as it was."""
        posthog = MintingPostHog({1: body()})
        posthog.fail("PATCH", BadRequestError("No."))

        with pytest.raises(BadRequestError):
            updated(posthog, ARMED, {**FIRED, "timezone": "Asia/Tokyo"})
        assert RESET not in posthog.asked

    @pytest.mark.parametrize("fault", [{"done": True}, {"after": 7.0}])
    def test_lost(self, fault: dict[str, Any]) -> None:
        """A reset whose response was lost is not repeated: the new token is looked up."""
        posthog = MintingPostHog({1: body()})
        posthog.fail(RESET, lost(), **fault)
        found = updated(posthog, ARMED, FIRED)

        assert found.api_token.get_secret_value() == posthog.projects[1]["api_token"]
        assert posthog.asked.count(RESET) == 1

    def test_not_seen(self) -> None:
        """A reset that may yet happen is an error that says so: no dead token is recorded."""
        posthog = MintingPostHog({1: body()})
        posthog.fail(RESET, too_slow())

        with pytest.raises(APITimeoutError) as caught:
            updated(posthog, ARMED, FIRED)
        assert str(caught.value) == (
            "project 'Web' (1) was not updated: no response in time. The API token may be another"
            " one in a minute: run `pulumi refresh` to see it; `pulumi up` resets it again."
        )
        assert posthog.asked.count(RESET) == 1


class TestDemoData:
    @pytest.mark.parametrize(
        ("declared", "looks"),
        [
            (DEMO, 3),
            ({"is_demo": True}, 0),
            ({"is_demo": True, "wait_for_demo_data": False}, 0),
            ({"wait_for_demo_data": True}, 0),
        ],
    )
    def test_waited_for(self, declared: dict[str, Any], looks: int) -> None:
        """Making a demo project lasts until its data is there, if the program says so."""
        posthog = MintingPostHog(demo_looks=2)
        create.create(posthog.connection(), wanted(**declared))

        assert posthog.asks("GET").count("is_generating_demo_data") == looks

    @pytest.mark.parametrize("error", [SessionRequiredError("No."), lost()])
    def test_cannot_be_seen(self, error: PostHogError, caplog: pytest.LogCaptureFixture) -> None:
        """A project that exists is recorded, whatever becomes of its data: that is a warning."""
        posthog = MintingPostHog(demo_looks=2)
        posthog.fail(f"GET {PROJECT}is_generating", error)
        id_, _ = create.create(posthog.connection(), wanted(**DEMO))

        assert id_ == "1"
        assert [text.split(": ")[0] for text in caplog.messages] == [
            "project 'Web' (1) was created, but its demo data was not waited for"
        ]


class TestMoved:
    def test_found_in_another_organization(self) -> None:
        """A project is looked for in every organization that the credential sees."""
        third = "018f0000-0000-7000-8000-000000000003"
        posthog = MintingPostHog({1: body(organization=third)})
        posthog.organizations["third"] = third
        found = project.read(posthog.connection(), "1", state())

        assert found
        assert found.organization == third

    def test_forbidden_one_is_passed_over(self) -> None:
        """An organization whose projects the credential may not read says nothing."""
        posthog = MintingPostHog()
        posthog.fail(f"GET /api/organizations/{GLOBEX}/projects/1/", PermissionDeniedError("No."))

        assert project.read(posthog.connection(), "1", state()) is None

    def test_refused_move(self) -> None:
        """A move that PostHog refuses is an error with its reason, and nothing else is sent."""
        posthog = MintingPostHog({1: body()})
        posthog.fail("POST", PermissionDeniedError("PostHog says: Not an administrator there."))

        with pytest.raises(PermissionDeniedError, match="Not an administrator there"):
            updated(posthog, {}, {"organization_id": GLOBEX, "timezone": "Asia/Tokyo"})
        assert posthog.asks("PATCH") == []

    @pytest.mark.parametrize("fault", [{"done": True}, {"after": 7.0}])
    def test_lost(self, fault: dict[str, Any]) -> None:
        """A move whose response was lost is found where the project should be."""
        posthog = MintingPostHog({1: body()})
        posthog.fail("POST", lost(), **fault)
        found = updated(posthog, {}, {"organization_id": GLOBEX})

        assert found.organization == GLOBEX
        assert posthog.asks("POST") == ["change_organization"]

    def test_not_seen(self) -> None:
        """A move that does not show within a minute may come later, and is not sent again."""
        posthog = MintingPostHog({1: body()})
        posthog.fail("POST", lost())

        with pytest.raises(APIConnectionError) as caught:
            updated(posthog, {}, {"organization_id": GLOBEX})
        assert caught.value.advice == (
            "It may have been moved: run `pulumi refresh` and then `pulumi up` in a minute."
        )
        assert posthog.asks("POST") == ["change_organization"]

    def test_by_an_earlier_run(self) -> None:
        """A move that an earlier run made, and could not record, is found done."""
        posthog = MintingPostHog({1: body(organization=GLOBEX)})
        found = updated(posthog, {}, {"organization_id": GLOBEX})

        assert found.organization == GLOBEX

    def test_gone(self) -> None:
        """A project that is in neither is an error of the move."""
        with pytest.raises(NotFoundError, match="was not updated"):
            updated(MintingPostHog(), {}, {"organization_id": GLOBEX})
