from typing import Any

import pytest
from pulumi.dynamic import ResourceProvider
from support.posthog_actions import signed_in
from support.posthog_ui import Ui
from support.wire_engine import Resource, WireEngine

from posthog_pulumi.provider import (
    ProductIntentProvider,
    ProjectProvider,
    SecretApiKeyProvider,
    SecretTokenProvider,
)

REPORT_IMPORTS = {"PYTHONPROFILEIMPORTTIME": "1"}
"""Lets Python write a line for each module that it imports."""

FOR_REQUESTS = {"httpx", "stamina", "posthog_pulumi.client.transport"}

KEY = {"project_id": "7", "label": "flags", "scopes": ["survey:read"]}
INTENT = {"project_id": "7", "product_type": "surveys"}
RECORDED: dict[str, Any] = {
    "organization": "acme",
    "project_id": "7",
    "uuid": "018f",
    "created_at": "2026-11-24T00:00:00Z",
    "declared_at": "2026-11-24T00:00:00Z",
    "rotated_at": "2026-11-24T00:00:00Z",
    "api_token": "phc_1",
    "token": "phs_1",
    "value": "phs_1",
    "mask_value": "phs_...x",
    "label_in_posthog": "flags-abc123",
}


def imported(engine: WireEngine) -> set[str]:
    """What a process that has ended had imported."""
    return {line.split("|")[-1].strip() for line in engine.stderr.splitlines()}


@pytest.mark.parametrize(
    ("provider", "inputs"),
    [
        (ProjectProvider(), {"name": "Web", "timezone": "UTC"}),
        (SecretTokenProvider(), {"project_id": "7", "rotate_when_changed": {"q": 1}}),
        (SecretApiKeyProvider(), KEY),
        (ProductIntentProvider(), INTENT),
    ],
    ids=["project", "secret token", "secret API key", "product intent"],
)
def test_preview_imports_no_client(
    ui: Ui, provider: ResourceProvider, inputs: dict[str, Any]
) -> None:
    """Check and diff send nothing, so their process does not wait for what sends requests."""
    with WireEngine(provider, signed_in(ui), REPORT_IMPORTS) as engine:
        engine.state["it"] = Resource("7", inputs, {**RECORDED, **inputs})
        checked, failures = engine.check(inputs)
        engine.diff("it", checked)

    assert failures == []
    assert "posthog_pulumi.steps.border" in imported(engine)
    assert imported(engine) & FOR_REQUESTS == set()


def test_first_request_imports_the_client(ui: Ui) -> None:
    """The step that needs PostHog brings what it takes."""
    with WireEngine(ProjectProvider(), signed_in(ui), REPORT_IMPORTS) as engine:
        engine.up("web", name="Web")

    assert imported(engine) >= FOR_REQUESTS
