from typing import Any

import pytest
from support.cli_engine import Stack
from support.posthog_ui import CREATE, LIST, Ui

from posthog_pulumi import PostHogProject


def web() -> None:
    """A project with one setting."""
    PostHogProject("web", timezone="Europe/Berlin")


NO_PROJECT_SCOPE = {"scopes": ["organization:read"]}
MEMBER = {"level": 1}
AT_THE_LIMIT = {"organization": {"project_limit": 0}}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (NO_PROJECT_SCOPE, "API key missing required scope 'project:write'. Add that scope"),
        (MEMBER, "You need to be an organization admin or above to create new projects."),
        (AT_THE_LIMIT, "Delete a project or upgrade the plan"),
    ],
    ids=["scope", "level", "plan limit"],
)
def test_a_create_that_posthog_forbids(
    stack: Stack, ui: Ui, options: dict[str, Any], words: str
) -> None:
    """403: the error says in one line what is missing, and nothing is made or recorded."""
    poor = ui.tenant.new_tenant(**options)
    stack.environ["POSTHOG_API_KEY"] = poor.api_key
    stack.environ["POSTHOG_ORGANIZATION_ID"] = poor.organization_id
    refused = stack.up(web, fails=True)

    assert len(refused.errors) == 1
    assert words in refused.errors[0]
    assert "\n" not in refused.errors[0]
    assert "Traceback" not in refused.text
    assert stack.requests() == [CREATE]
    assert stack.state() == {}


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("POSTHOG_API_KEY", "phx_of_nobody", "POSTHOG_API_KEY"),
        (
            "POSTHOG_ORGANIZATION_ID",
            "00000000-0000-4000-8000-000000000000",
            "Check posthog:host and organization_id",
        ),
    ],
    ids=["401", "404"],
)
def test_a_create_with_wrong_settings(
    stack: Stack, ui: Ui, variable: str, value: str, words: str
) -> None:
    """A key or an organization that PostHog does not know: one line, naming what to set."""
    stack.environ[variable] = value
    refused = stack.up(web, fails=True)

    assert words in refused.errors[0]
    assert "\n" not in refused.errors[0]
    assert stack.requests() == [CREATE]
    assert (stack.state(), ui.projects()) == ({}, [])


def test_a_name_that_is_taken(stack: Stack, ui: Ui) -> None:
    """409: the name is said, and the other project is neither adopted nor doubled."""
    ui.create(name="web")
    refused = stack.up(web, fails=True)

    assert 'There is already a project called "web"' in refused.errors[0]
    assert (stack.state(), ui.projects()) == ({}, ["web"])


def test_a_value_that_only_posthog_can_refuse(stack: Stack, ui: Ui) -> None:
    """400: the setting is named with PostHog's own words."""
    modifiers = {"noSuchModifier": True}
    refused = stack.up(lambda: PostHogProject("web", modifiers=modifiers), fails=True)

    assert "PostHog refuses modifiers: Invalid modifier key." in refused.errors[0]
    assert (stack.state(), ui.projects()) == ({}, [])


def test_an_update_that_is_refused_changes_nothing(stack: Stack, ui: Ui) -> None:
    """The state keeps the old values, so the next preview shows the same change again."""
    stack.up(web)
    ui.create(name="Taken")

    def taken() -> None:
        PostHogProject("web", name="Taken", timezone="Europe/Paris")

    refused = stack.up(taken, fails=True)

    assert "There is already a project called" in refused.errors[0]
    assert stack.preview(taken).changes == ["~ name", "~ timezone"]
    assert ui.project(stack.state()["web"].id)["timezone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"drop": True, "work": True}, {"garbage": True, "status": 502, "work": True}],
    ids=["failed before the work", "cut after the work", "HTML after the work"],
)
def test_a_lost_response_makes_one_project(stack: Stack, ui: Ui, fault: dict[str, Any]) -> None:
    """Whether the create was done is looked up, so there is exactly one project in the end."""
    ui.fault("POST", **fault)
    made = stack.up(web)
    sent = stack.requests()

    assert made.steps == {"web": "create"}
    assert sent[:2] == [CREATE, LIST]
    assert ui.projects() == ["web"]
    assert stack.preview(web).steps == {"web": "same"}


def test_a_host_that_is_not_posthog(stack: Stack) -> None:
    """HTML instead of JSON: the host is questioned, and nothing is recorded."""
    stack.ui.fault("POST", garbage=True, status=403, times=None)
    refused = stack.up(web, fails=True)

    assert "text/html instead of PostHog's JSON" in refused.text
    assert "Traceback" not in refused.text
    assert stack.state() == {}


def test_throttling_is_waited_out(stack: Stack, ui: Ui) -> None:
    """429 with `Retry-After`: the create waits and goes on."""
    ui.fault("POST", status=429, headers={"Retry-After": "1"})
    made = stack.up(web)

    assert made.steps == {"web": "create"}
    assert stack.requests() == [CREATE, CREATE]


def test_one_failure_does_not_lose_the_others(stack: Stack, ui: Ui) -> None:
    """Projects that were made before another failed are recorded, and found unchanged later."""
    ui.create(name="taken")

    def program() -> None:
        first = PostHogProject("first")
        PostHogProject("second", name=first.id.apply(lambda _: "taken"))

    stack.up(program, fails=True)

    assert list(stack.state()) == ["first"]
    assert ui.projects() == ["first", "taken"]
