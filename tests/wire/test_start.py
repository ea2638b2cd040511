import pytest
from support.fronts import Name
from support.our_resources import RESOURCES, OurResource
from support.posthog_actions import signed_in
from support.posthog_ui import Ui
from support.wire_engine import Resource, WireEngine

from posthog_pulumi.provider import ProjectProvider

REPORT_IMPORTS = {"PYTHONPROFILEIMPORTTIME": "1"}
"""Lets Python write a line for each module that it imports."""

FOR_REQUESTS = {"httpx", "stamina", "posthog_pulumi.client.transport"}


def imported(engine: WireEngine) -> set[str]:
    """What a process that has ended had imported."""
    return {line.split("|")[-1].strip() for line in engine.stderr.splitlines()}


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_preview_imports_no_client(ui: Ui, ours: OurResource, front: Name) -> None:
    """Check and diff send nothing, so their process does not wait for what sends requests."""
    recorded = {"project_id": "7", **ours.least, **ours.added}
    with WireEngine(ours.provider(), signed_in(ui), REPORT_IMPORTS, front) as engine:
        engine.state["it"] = Resource("7", ours.least, recorded)
        checked, failures = engine.check(ours.least)
        engine.diff("it", checked)

    assert failures == []
    assert "posthog_pulumi.steps.border" in imported(engine)
    assert imported(engine) & FOR_REQUESTS == set()


def test_first_request_imports_the_client(ui: Ui, front: Name) -> None:
    """The step that needs PostHog brings what it takes."""
    with WireEngine(ProjectProvider(), signed_in(ui), REPORT_IMPORTS, front) as engine:
        engine.up("web", name="Web")

    assert imported(engine) >= FOR_REQUESTS
