from itertools import islice

import pulumi
import pytest
from support.cli_engine import Stack
from support.posthog_actions import ACTIVITY, signed_in
from support.posthog_ui import Ui

from posthog_pulumi import get_project_activity, get_project_activity_output


@pytest.fixture
def project(stack: Stack, ui: Ui) -> str:
    """A project with 25 activities, which the stack may look at with a key and a session."""
    for key, value in signed_in(ui).items():
        stack.configure(f"posthog:{key}", value, secret=key in {"apiKey", "sessionId"})
    id_ = ui.create(name="By hand")
    for number in range(24):
        ui.change(id_, app_urls=[f"https://{number}.example"])
    ui.requests()
    return id_


def test_activity_is_fetched_page_by_page(stack: Stack, ui: Ui, project: str) -> None:
    """Whoever needs the newest entries pays for one page."""
    found: list[list[str]] = []

    def program(most: int) -> None:
        log = islice(get_project_activity(project), most)
        found.append([item.activity for item in log])

    stack.preview(lambda: program(3))
    few = ui.requests()
    stack.preview(lambda: program(100))

    assert found == [["updated"] * 3, ["updated"] * 24 + ["created"]]
    assert few == [ACTIVITY]
    assert ui.requests() == [ACTIVITY] * 3


def test_the_twin_is_a_secret(stack: Stack, ui: Ui, project: str) -> None:
    """The log shows API tokens in clear, so its Output is a secret as a whole."""

    def program() -> None:
        log = get_project_activity_output(pulumi.Output.from_input(project), limit=1)
        pulumi.export("activities", log.apply(len))

    done = stack.up(program)

    assert done.outputs == {"activities": "[secret]"}
    assert stack.reveal("activities") == 1
    assert ui.requests() == [ACTIVITY]
