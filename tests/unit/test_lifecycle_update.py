from typing import Any

import pytest
from support.fake_posthog import ACME, GLOBEX, FakePostHog, body, state, wanted
from support.fake_posthog_secrets import lost, too_slow

from posthog_pulumi.errors import (
    APITimeoutError,
    BadRequestError,
    DeletionPendingError,
    NotFoundError,
    PostHogError,
    SettingIgnoredError,
)
from posthog_pulumi.lifecycle import project
from posthog_pulumi.models.project import ProjectInputs, ProjectState

PROJECT = f"/api/organizations/{ACME}/projects/1/"
REPLAY = "session_replay_config"


def update(
    posthog: FakePostHog,
    recorded: ProjectState,
    declared: ProjectInputs,
) -> ProjectState:
    """Update project 1."""
    return project.update(posthog.connection(), "1", recorded, declared)


def test_one_request() -> None:
    """An update sends what changed, once."""
    posthog = FakePostHog({1: body(surveys_opt_in=True)})
    recorded = state(("name", "surveys_opt_in"), surveys_opt_in=True)
    updated = update(posthog, recorded, wanted(name="Website", surveys_opt_in=True))

    assert posthog.asked == [f"PATCH {PROJECT}"]
    assert posthog.bodies == [{"name": "Website"}]
    assert updated.settings["name"] == "Website"
    assert updated.api_token == recorded.api_token


def test_dropped() -> None:
    """A setting that the program names no more goes back to PostHog's default."""
    posthog = FakePostHog({1: body(timezone="Europe/Berlin")})
    recorded = state(("name", "timezone"), timezone="Europe/Berlin")
    updated = update(posthog, recorded, wanted())

    assert posthog.projects[1]["timezone"] == "UTC"
    assert updated.managed == {"name"}


def test_dropped_but_ignored(caplog: pytest.LogCaptureFixture) -> None:
    """A dropped setting can always be dropped: PostHog ignoring its default is a warning."""
    posthog = FakePostHog({1: body(timezone="Asia/Tokyo")}, fixed={"timezone": "Asia/Tokyo"})
    recorded = state(("name", "timezone"), timezone="Asia/Tokyo")
    updated = update(posthog, recorded, wanted())

    assert caplog.messages == [
        (
            "project 'Web' (1): PostHog took the request, but timezone is 'Asia/Tokyo' and not"
            " 'UTC'. If that matters, change it in PostHog."
        )
    ]
    assert updated.managed == {"name"}


def test_dropped_where_it_does_not_exist() -> None:
    """A setting that the server does not have is dropped without a word to it."""
    posthog = FakePostHog({1: body()})
    update(posthog, state(("name", "base_currency")), wanted())

    assert posthog.bodies == []


def test_left_alone() -> None:
    """One whose default nobody knows is left as it is, and managed no more."""
    posthog = FakePostHog({1: body(week_start_day=1)})
    recorded = state(("name", "week_start_day"), week_start_day=1)
    updated = update(posthog, recorded, wanted())

    assert posthog.bodies == []
    assert posthog.projects[1]["week_start_day"] == 1
    assert updated.managed == {"name"}


def test_option() -> None:
    """An argument of ours is recorded, and nothing is changed in PostHog."""
    posthog = FakePostHog({1: body()})
    updated = update(posthog, state(), wanted(force_destroy=True))

    assert posthog.bodies == []
    assert updated.options == {"force_destroy": True}


@pytest.mark.parametrize(
    ("name", "stored", "recorded", "declared"),
    [
        ("survey_config", {"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1}),
        ("survey_config", {"a": 1, "unseen": 2}, {"a": 1}, {"a": 3}),
        ("survey_config", {"a": 1, "unseen": 2}, None, {"a": 1}),
        ("modifiers", {"a": 1}, {"a": 1}, {}),
        (
            REPLAY,
            {"ai_config": {"opt_in": True, "preferred_events": []}},
            {"ai_config": {"opt_in": True, "preferred_events": []}},
            {"ai_config": {"opt_in": True}},
        ),
        (REPLAY, {"record_canvas": True}, {"record_canvas": True}, {"ai_config": {"opt_in": True}}),
    ],
)
def test_merged_setting(name: str, stored: Any, recorded: Any, declared: Any) -> None:
    """A setting that PATCH merges ends up exactly as declared, keys unknown to us included."""
    posthog = FakePostHog({1: body(**{name: stored})})
    before = state(("name", name), **{name: recorded})
    updated = update(posthog, before, wanted(**{name: declared}))

    assert posthog.projects[1][name] == declared
    assert updated.settings[name] == declared


def test_ignored_value() -> None:
    """A value that PostHog does not keep is an error with both values."""
    posthog = FakePostHog({1: body()}, fixed={"timezone": "UTC"})

    with pytest.raises(SettingIgnoredError) as caught:
        update(posthog, state(), wanted(timezone="Asia/Tokyo"))
    assert str(caught.value) == (
        "project 'Web' (1) was not updated: PostHog took the request, but timezone is 'UTC' and"
        " not 'Asia/Tokyo'. Declare what PostHog keeps, or remove the setting from the program."
    )


def test_refused() -> None:
    """A refusal names the project as the program calls it."""
    posthog = FakePostHog({1: body()})
    posthog.fail("PATCH", BadRequestError("PostHog refuses app_urls: No."))

    with pytest.raises(BadRequestError, match=r"^project 'Website' \(1\) was not updated: "):
        update(posthog, state(), wanted(name="Website"))


def test_gone() -> None:
    """A project that is gone is not made again behind the user's back."""
    with pytest.raises(NotFoundError, match="Run `pulumi refresh`"):
        update(FakePostHog(), state(), wanted(name="Website"))


def test_on_its_way_out() -> None:
    """A project about to be deleted is no place for changes."""
    posthog = FakePostHog({1: body(is_pending_deletion=True)})

    with pytest.raises(DeletionPendingError, match="PostHog is deleting it"):
        update(posthog, state(), wanted(name="Website"))


class TestOrganization:
    @pytest.mark.parametrize("spelling", [ACME, ACME.upper(), "acme", "@current"])
    def test_other_spelling(self, spelling: str) -> None:
        """Another spelling of the same organization moves nothing, and is recorded."""
        posthog = FakePostHog({1: body()})
        declared = wanted(organization_id=spelling)
        updated = update(posthog, state(), declared)

        assert posthog.bodies == []
        assert updated.organization == ACME
        assert updated.options == {"organization_id": spelling}

    def test_same_spelling(self) -> None:
        """What ``@current`` means may change meanwhile; the project stays."""
        posthog = FakePostHog({1: body(organization=GLOBEX)})
        recorded = state(organization=GLOBEX, organization_id="@current")
        declared = wanted(name="Website", organization_id="@current")
        updated = update(posthog, recorded, declared)

        assert updated.organization == GLOBEX

    def test_no_longer_named(self) -> None:
        """A project stays where it is when the program names no organization any more."""
        posthog = FakePostHog({1: body(organization=GLOBEX)})
        recorded = state(organization=GLOBEX, organization_id="globex")
        updated = update(posthog, recorded, wanted())

        assert (updated.organization, updated.options) == (GLOBEX, {})

    @pytest.mark.parametrize("spelling", [GLOBEX, "globex"])
    def test_moved(self, spelling: str) -> None:
        """Another organization is a move in place: id and tokens stay."""
        posthog = FakePostHog({1: body()})
        declared = wanted(name="Website", organization_id=spelling)
        updated = update(posthog, state(), declared)

        assert updated.organization == GLOBEX
        assert updated.settings["name"] == "Website"
        assert updated.api_token == state().api_token
        assert posthog.projects[1]["organization"] == GLOBEX


class TestLost:
    @pytest.mark.parametrize("error", [lost(), too_slow()])
    @pytest.mark.parametrize("fault", [{"done": True}, {"after": 12.0}])
    def test_done(self, error: PostHogError, fault: dict[str, Any]) -> None:
        """Settings that arrived though the response was lost are not sent again."""
        posthog = FakePostHog({1: body()})
        posthog.fail("PATCH", error, **fault)
        updated = update(posthog, state(), wanted(name="Website"))

        assert updated.settings["name"] == "Website"
        assert posthog.bodies == [{"name": "Website"}]

    def test_not_seen(self) -> None:
        """Settings that may yet arrive are not sent twice: the second could undo a later change."""
        posthog = FakePostHog({1: body()})
        posthog.fail("PATCH", too_slow())

        with pytest.raises(APITimeoutError) as caught:
            update(posthog, state(), wanted(name="Website"))
        assert str(caught.value) == (
            "project 'Website' (1) was not updated: no response in time. Run `pulumi refresh` and"
            " then `pulumi up` in a minute: they send what is still missing."
        )
        assert posthog.asked.count(f"PATCH {PROJECT}") == 1

    def test_between_two_that_belong_together(self) -> None:
        """The request that clears a merged setting is over before the one that sets it is sent."""
        posthog = FakePostHog({1: body(survey_config={"a": 1, "b": 2})})
        before = state(("name", "survey_config"), survey_config={"a": 1, "b": 2})
        posthog.fail("PATCH", too_slow(), after=5)
        update(posthog, before, wanted(survey_config={"a": 1}))

        assert posthog.projects[1]["survey_config"] == {"a": 1}
        assert posthog.bodies == [{"survey_config": None}, {"survey_config": {"a": 1}}]
