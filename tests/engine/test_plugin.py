from typing import Any

import pulumi
import pytest
from pulumi import Alias, ResourceOptions
from support.cli_engine import Stack
from support.native_resources import NATIVE, Native
from support.posthog_ui import CREATE, READ, UPDATE, Ui

from posthog_pulumi import PostHogProject, PostHogProjectSecretToken

DYNAMIC = "pulumi-python:dynamic/posthog:"

pytestmark = pytest.mark.usefixtures("plugin")


def website(timezone: str = "UTC", **more: Any) -> Native:
    """A project, and another one that holds its token."""
    web = Native("Project", "web", {"name": "Website", "timezone": timezone, **more})
    Native("Project", "user", {"name": "User", "product_description": web.api_token})
    pulumi.export("api_token", web.api_token)
    return web


def test_a_life(stack: Stack, ui: Ui) -> None:
    """Created, left alone, changed, refreshed and destroyed, each with its own requests alone."""
    created = stack.up(website)
    made = stack.requests()
    same = stack.up(website)
    changed = stack.up(lambda: website("Europe/Rome"))
    sent = stack.requests()
    stack.refresh()
    read = stack.requests()
    stack.destroy()

    assert created.steps == {"web": "create", "user": "create"}
    assert made == [CREATE, CREATE]
    assert same.steps == {"web": "same", "user": "same"}
    assert changed.steps == {"web": "update", "user": "same"}
    assert sent == [UPDATE]
    assert read == [READ, READ]
    assert ui.projects() == []


def test_a_preview_of_an_update_is_quiet(stack: Stack, ui: Ui) -> None:
    """It shows the argument that changes, leaves dependents alone, and no token in clear."""
    stack.up(website)
    token = ui.project(stack.state()["web"].id)["api_token"]
    stack.requests()
    preview = stack.preview(lambda: website("Europe/Rome"))

    assert preview.steps == {"web": "update", "user": "same"}
    assert preview.changes == ["~ timezone"]
    assert token not in preview.text
    assert stack.requests() == []


def test_a_rotation_moves_dependents(stack: Stack) -> None:
    """A changed trigger replaces the token, and its preview does not know the new one."""

    def program(quarter: str) -> None:
        web = Native("Project", "web", {"name": "Website"})
        trigger = {"quarter": quarter}
        kept = {"project_id": web.id, "rotate_when_changed": trigger}
        token = Native("ProjectSecretToken", "token", kept)
        Native("Project", "user", {"name": "User", "product_description": token.token})

    stack.environ["POSTHOG_SESSION_ID"] = stack.ui.tenant.session_id
    stack.up(lambda: program("Q3"))
    before = stack.state()["token"].id
    preview = stack.preview(lambda: program("Q4"))
    done = stack.up(lambda: program("Q4"))

    assert preview.steps == {"web": "same", "token": "replace", "user": "update"}
    assert done.steps == {"web": "same", "token": "replace", "user": "update"}
    assert stack.state()["token"].id != before


def test_an_import_takes_what_is_there(stack: Stack, ui: Ui) -> None:
    """A project by its id; what differs from PostHog's defaults is declared, and nothing sent."""
    id_ = ui.create(name="Website", timezone="Europe/Rome")

    def program(import_: str | None) -> None:
        options = ResourceOptions(import_=import_)
        Native("Project", "web", {"name": "Website", "timezone": "Europe/Rome"}, options)

    stack.requests()
    place = f"{ui.tenant.organization_id}/{id_}"
    imported = stack.up(lambda: program(place))
    after = stack.preview(lambda: program(None))
    missing = stack.up(
        lambda: Native("Project", "x", {"name": "X"}, ResourceOptions(import_="9")), fails=True
    )

    assert imported.steps == {"web": "import"}
    assert stack.state()["web"].outputs["api_token"] == "[secret]"  # noqa: S105  # how the state shows it
    assert after.steps == {"web": "same"}
    assert not [request for request in stack.requests() if not request.startswith("GET ")]
    assert "project 9 was not imported: PostHog does not have the project." in missing.text


def test_a_half_made_project_is_recorded(stack: Stack, ui: Ui) -> None:
    """The run fails with its reason, the project is in the state, and the next `up` goes on."""
    wanted = {"name": "Website", "revenue_analytics_config": {"filter_test_accounts": True}}
    ui.fault("PATCH", status=400, times=1)
    failed = stack.up(lambda: Native("Project", "web", wanted), fails=True)
    stack.requests()
    again = stack.up(lambda: Native("Project", "web", wanted))

    assert "was created, but not all of it was set" in failed.text
    assert again.steps == {"web": "update"}
    assert CREATE not in stack.requests()
    assert ui.projects() == ["Website"]


def test_a_stack_moves_from_the_dynamic_provider_and_back(stack: Stack) -> None:
    """With aliases nothing changes and nothing is sent, either way."""
    trigger = {"quarter": "Q3"}

    def alias(kind: str) -> ResourceOptions:
        return ResourceOptions(aliases=[Alias(type_=kind)])

    def dynamic() -> None:
        web = PostHogProject("web", name="Website", opts=alias(f"{NATIVE}Project"))
        kind = alias(f"{NATIVE}ProjectSecretToken")
        PostHogProjectSecretToken("t", project_id=web.id, rotate_when_changed=trigger, opts=kind)

    def native() -> None:
        web = Native("Project", "web", {"name": "Website"}, alias(f"{DYNAMIC}Project"))
        kept = {"project_id": web.id, "rotate_when_changed": trigger}
        Native("ProjectSecretToken", "t", kept, alias(f"{DYNAMIC}ProjectSecretToken"))

    stack.environ["POSTHOG_SESSION_ID"] = stack.ui.tenant.session_id
    stack.up(dynamic)
    stack.requests()
    there = stack.up(native)
    kinds = {entry.type for entry in stack.state().values()}
    sent = stack.requests()
    stack.refresh()
    stack.requests()
    back = stack.up(dynamic)
    sent_back = stack.requests()
    refreshed = stack.refresh()
    stack.destroy()

    assert there.steps == {"web": "same", "t": "same"}
    assert kinds == {f"{NATIVE}Project", f"{NATIVE}ProjectSecretToken"}
    assert back.steps == {"web": "same", "t": "same"}
    assert sent == sent_back == []
    assert set(refreshed.steps.values()) == {"same"}


def test_what_the_plugin_made_moves_to_the_dynamic_provider(stack: Stack, ui: Ui) -> None:
    """With an alias nothing changes and nothing is sent; it is refreshed and destroyed there."""
    options = ResourceOptions(aliases=[Alias(type_=f"{NATIVE}Project")])
    stack.up(lambda: Native("Project", "web", {"name": "Website"}))
    stack.requests()
    moved = stack.up(lambda: PostHogProject("web", options, name="Website"))
    sent = stack.requests()
    refreshed = stack.refresh()
    stack.destroy()

    assert moved.steps == refreshed.steps == {"web": "same"}
    assert sent == []
    assert ui.projects() == []
