from typing import Any

import pytest
from support.fake_posthog import ACME, GLOBEX, Body, body
from support.fake_posthog_secrets import PROJECT, MintingPostHog

from posthog_pulumi.errors import NotFoundError, PermissionDeniedError, PostHogError, RefusedError
from posthog_pulumi.lifecycle import lookups
from posthog_pulumi.lifecycle.connection import Connection


def activity(number: int, **detail: Any) -> Body:
    """An entry of the activity log."""
    return {
        "id": str(number),
        "activity": "updated",
        "scope": "Team",
        "created_at": "2026-11-24T00:00:00Z",
        "user": {"first_name": "Ada", "email": "ada@acme.example"},
        "detail": detail,
    }


class TestProject:
    @pytest.mark.parametrize("by", [{"id_": "2", "name": None}, {"id_": None, "name": "Shop"}])
    def test_found(self, by: dict[str, str | None]) -> None:
        """A project is found by its number or its exact name, tokens hidden."""
        posthog = MintingPostHog({1: body(), 2: body(2, name="Shop", timezone="Asia/Tokyo")})
        found = lookups.project(posthog.connection(), None, **by)

        assert (found.id, found.name, found.settings["timezone"]) == (2, "Shop", "Asia/Tokyo")
        assert found.api_token.get_secret_value() == "phc_token002"
        assert "phc_" not in repr(found)

    @pytest.mark.parametrize("name", ["web", "We", "Shop"])
    def test_only_the_exact_name(self, name: str) -> None:
        """Another name, though it is like it, is not found; the error says what to check."""
        with pytest.raises(RefusedError) as caught:
            lookups.project(MintingPostHog({1: body()}).connection(), None, id_=None, name=name)

        assert str(caught.value) == (
            f"project '{name}' was not found: organization {ACME} has no project of that name."
            " Check its spelling and organization_id; only an exact name is found."
        )

    def test_name_taken_twice(self) -> None:
        """Which of two is meant is not guessed."""
        posthog = MintingPostHog({1: body(), 2: body(2)})

        with pytest.raises(RefusedError) as caught:
            lookups.project(posthog.connection(), None, id_=None, name="Web")
        assert str(caught.value) == (
            "project 'Web' was not found: the projects 1, 2 all have that name. Look it up by id."
        )

    @pytest.mark.parametrize("by", [{"id_": None, "name": None}, {"id_": "1", "name": "Web"}])
    def test_either_or(self, by: dict[str, str | None]) -> None:
        """Both, or neither, is a mistake that is found with no request."""
        posthog = MintingPostHog({1: body()})

        with pytest.raises(RefusedError, match="takes either an id or a name"):
            lookups.project(posthog.connection(), None, **by)
        assert posthog.asked == []

    def test_absent(self) -> None:
        """A number that does not exist is named."""
        with pytest.raises(NotFoundError, match=r"^project 7 was not found: "):
            lookups.project(MintingPostHog().connection(), None, id_="7", name=None)

    def test_one_request(self) -> None:
        """By number, and with a configured organization, it is one request."""
        posthog = MintingPostHog({1: body()})
        lookups.project(posthog.connection(organizationId=ACME), None, id_="1", name=None)

        assert posthog.asked == [f"GET {PROJECT}"]

    def test_current_once(self) -> None:
        """What ``@current`` means is asked for once in a program."""
        posthog = MintingPostHog({1: body()})
        on = posthog.connection()
        lookups.project(on, None, id_="1", name=None)
        lookups.project(on, None, id_="1", name=None)

        assert posthog.asked == ["GET /api/organizations/@current/", *[f"GET {PROJECT}"] * 2]

    def test_pending_deletion(self) -> None:
        """A project that is being deleted does not make its name ambiguous."""
        posthog = MintingPostHog({1: body(is_pending_deletion=True), 2: body(2)})

        assert lookups.project(posthog.connection(), None, id_=None, name="Web").id == 2

    def test_only_pending_deletion(self) -> None:
        """Nor is it found by its name."""
        posthog = MintingPostHog({1: body(is_pending_deletion=True)})

        with pytest.raises(RefusedError, match="has no project of that name"):
            lookups.project(posthog.connection(), None, id_=None, name="Web")

    @pytest.mark.parametrize("name", ['The "new" web', "Web, mobile", "Web\\0"])
    def test_not_searchable(self, name: str) -> None:
        """A name that the server's search does not match is found in the whole list."""
        posthog = MintingPostHog({1: body(), 2: body(2, name=name)}, unsearchable='",\\')
        found = lookups.project(posthog.connection(), None, id_=None, name=name)

        assert (found.id, found.name) == (2, name)

    def test_searchable(self) -> None:
        """A name that the search matches costs no list of all projects."""
        posthog = MintingPostHog({1: body(), 2: body(2, name="Shop")})
        lookups.project(posthog.connection(organizationId=ACME), None, id_=None, name="Shop")

        assert [call.split("/projects/")[1] for call in posthog.asked] == ["", "2/"]


@pytest.mark.parametrize(
    ("configured", "given", "ids"),
    [({}, None, [1]), ({"organizationId": "globex"}, None, [2]), ({}, "globex", [2])],
)
def test_projects(configured: dict[str, str], given: str | None, ids: list[int]) -> None:
    """The projects are those of the organization that is named, here or in the configuration."""
    posthog = MintingPostHog({1: body(), 2: body(2, organization=GLOBEX)})
    found = lookups.projects(posthog.connection(**configured), given, "")

    assert [one.id for one in found] == ids
    assert "phc_" not in repr(found)


@pytest.mark.parametrize(
    ("spelling", "id_"), [(None, ACME), ("@current", ACME), ("globex", GLOBEX), (GLOBEX, GLOBEX)]
)
def test_organization(spelling: str | None, id_: str) -> None:
    """An organization is found by its UUID, its slug or as the current one."""
    assert lookups.organization(MintingPostHog().connection(), spelling).id == id_


class TestActivity:
    def test_entries(self) -> None:
        """An entry says who did what."""
        posthog = MintingPostHog({1: body()}, log=[activity(1, name="Web"), activity(2)])
        found = list(lookups.activity(posthog.connection(), ACME, "1"))

        assert [one.id for one in found] == ["1", "2"]
        assert found[0].user
        assert (found[0].user.first_name, found[0].detail.name) == ("Ada", "Web")

    def test_tokens_are_hidden(self) -> None:
        """PostHog's log shows API tokens in clear; ours does not."""
        change = {
            "field": "api_token",
            "before": "phc_old",
            "after": "phc_new",
            "action": "changed",
        }
        posthog = MintingPostHog({1: body()}, log=[activity(1, changes=[change])])
        (found,) = lookups.activity(posthog.connection(), ACME, "1")

        assert found.detail.changes
        assert found.detail.changes[0].after.get_secret_value() == "phc_new"
        assert "phc_" not in repr(found)

    def test_other_changes(self) -> None:
        """What is no token is passed on as PostHog has it, whatever it is."""
        changes = [{"field": "timezone", "before": None, "after": "UTC"}, {"action": "created"}]
        posthog = MintingPostHog({1: body()}, log=[activity(1, changes=changes)])
        (found,) = lookups.activity(posthog.connection(), ACME, "1")

        assert found.detail.changes
        assert [one.after for one in found.detail.changes] == ["UTC", None]

    def test_lazy(self) -> None:
        """Nothing is asked for before the first entry is wanted."""
        posthog = MintingPostHog({1: body()})
        lookups.activity(posthog.connection(), ACME, "1")

        assert posthog.asked == []


@pytest.mark.parametrize(("looks", "generating"), [(1, True), (0, False)])
def test_demo_data(*, looks: int, generating: bool) -> None:
    """A program can see whether demo data is still on its way."""
    posthog = MintingPostHog({1: body()}, demo_looks=looks)

    assert lookups.is_generating_demo_data(posthog.connection(), ACME, "1") is generating
    assert posthog.asked == [f"GET {PROJECT}is_generating_demo_data/"]


def failing() -> Connection:
    """A connection to a PostHog that refuses to be read."""
    posthog = MintingPostHog({1: body()})
    posthog.fail("GET", PermissionDeniedError("No."))
    return posthog.connection(organizationId=ACME)


def test_refused_projects() -> None:
    """A refusal says what was looked for."""
    with pytest.raises(PostHogError, match=r"^the organization's projects were not listed: No\."):
        lookups.projects(failing(), None, "")


def test_refused_organization() -> None:
    """So it does for an organization, by the name it goes by."""
    with pytest.raises(PostHogError, match=rf"^organization {ACME} was not found: No\."):
        lookups.organization(failing(), None)


def test_refused_activity() -> None:
    """So it does for the log."""
    with pytest.raises(PostHogError, match=r"^the activity of project 1 was not read: No\."):
        list(lookups.activity(failing(), None, "1"))


def test_refused_demo_data() -> None:
    """So it does for demo data."""
    with pytest.raises(PostHogError, match=r"^the demo data of project 1 was not looked at: No\."):
        lookups.is_generating_demo_data(failing(), None, "1")
