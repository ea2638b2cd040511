import os
import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime import invoke_output
from support.cli_engine import Stack
from support.posthog_actions import signed_in
from support.posthog_ui import Ui

from tools.plugin import executable_in

TOKEN = re.compile(r"ph[a-z]_\w{6,}")


@pytest.fixture
def project(stack: Stack, ui: Ui, tmp_path: Path) -> str:
    """A project made by hand, whose owner is signed in."""
    stack.environ["PATH"] = os.pathsep.join([str(executable_in(tmp_path)), os.environ["PATH"]])
    for key, value in signed_in(ui).items():
        stack.configure(f"posthog:{key}", value, secret=key in {"apiKey", "sessionId"})
    return ui.create(name="By hand", timezone="Europe/Rome")


def test_every_function_finds_what_its_twin_finds(stack: Stack, ui: Ui, project: str) -> None:
    """In a preview too; what holds a token is a secret as a whole, and shown nowhere."""

    def asked(name: str, /, **arguments: Any) -> pulumi.Output[Any]:
        return invoke_output(f"posthog:index:{name}", arguments)

    def program() -> None:
        found = asked("getProject", id=project)
        named = asked("getProject", name="By hand")
        entries = asked("getProjectActivity", project_id=project, limit=1)
        demo = asked("isGeneratingDemoData", project_id=project)
        pulumi.export("timezone", found.apply(lambda it: it["settings"]["timezone"]))
        pulumi.export("same", pulumi.Output.all(found, named).apply(lambda it: it[0] == it[1]))
        pulumi.export("listed", asked("getProjects"))
        pulumi.export("organization", asked("getOrganization")["id"])
        pulumi.export(
            "newest", entries.apply(lambda it: [one["activity"] for one in it["entries"]])
        )
        pulumi.export("demo", demo["generating"])
        pulumi.export("token", found["api_token"])

    shown = stack.preview(program)
    done = stack.up(program)
    token = ui.project(project)["api_token"]

    assert done.outputs == {
        "timezone": "[secret]",
        "same": "[secret]",
        "listed": "[secret]",
        "organization": ui.tenant.organization_id,
        "newest": ["created"],
        "demo": False,
        "token": "[secret]",
    }
    assert stack.reveal("timezone") == "Europe/Rome"
    assert stack.reveal("same") is True
    assert [project["name"] for project in stack.reveal("listed")["projects"]] == ["By hand"]
    assert stack.reveal("token") == token
    assert TOKEN.findall(shown.text + done.text + stack.state_text()) == []


@pytest.mark.usefixtures("project")
def test_a_wrong_argument_is_named(stack: Stack) -> None:
    """As are a missing one, and a project that is not there."""

    def asking(name: str, /, **arguments: Any) -> str:
        def program() -> None:
            pulumi.export("found", invoke_output(f"posthog:index:{name}", arguments))

        return stack.preview(program, fails=True).text

    assert "getProject has no argument nam; it takes id, name" in asking("getProject", nam="Web")
    assert "getProjectActivity needs the argument project_id." in asking("getProjectActivity")
    assert "project 9 was not found: " in asking("getProject", id="9")
