from collections.abc import Callable
from typing import Any

import pytest
from pulumi import Output
from support.mocked_programs import run
from support.project_provider import request

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProjectSecretApiKey,
    PostHogProjectSecretToken,
    provider,
)
from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.provider import PostHogResourceProvider
from posthog_pulumi.steps.border import Configured

PROVIDERS = [
    provider.ProjectProvider,
    provider.SecretTokenProvider,
    provider.SecretApiKeyProvider,
    provider.ProductIntentProvider,
]
KEY = {"project_id": "7", "label": "flags", "scopes": ["survey:read"]}
INTENT = {"project_id": "7", "product_type": "surveys"}
STATE: dict[str, Any] = {
    **INTENT,
    **KEY,
    "name": "Web",
    "organization": "acme",
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


@pytest.mark.parametrize("kind", PROVIDERS)
def test_steps(kind: type[PostHogResourceProvider]) -> None:
    """A provider holds nothing until it is configured, and then the steps of its resource."""
    made = kind()
    before = dict(vars(made))
    made.configure(request())
    (steps,) = vars(made).values()

    assert before == {}
    assert isinstance(steps, Configured)
    assert steps.__class__.__name__ == kind.__name__.replace("Provider", "Steps")


@pytest.mark.parametrize("kind", PROVIDERS[:3])
@pytest.mark.parametrize(
    "step",
    [
        lambda it: it.read("7", STATE),
        lambda it: it.delete("7", STATE),
    ],
)
def test_bad_configuration(
    kind: type[PostHogResourceProvider], step: Callable[[PostHogResourceProvider], object]
) -> None:
    """With a configuration that cannot be used, a step that needs PostHog says why."""
    made = kind()
    made.configure(request(apiKey="phc_project1"))

    with pytest.raises(ConfigurationError, match="posthog:apiKey is a project API key"):
        step(made)


@pytest.mark.parametrize(
    ("resource", "given", "outputs"),
    [
        (
            PostHogProjectSecretToken,
            {"project_id": "7"},
            {"project_id": "7", "token": "phs_1", "rotated_at": "2026-11-24T00:00:00Z"},
        ),
        (
            PostHogProjectSecretApiKey,
            KEY,
            {
                "project_id": "7",
                "value": "phs_1",
                "mask_value": "phs_...x",
                "label_in_posthog": "flags-abc123",
                "created_at": "2026-11-24T00:00:00Z",
            },
        ),
        (PostHogProductIntent, INTENT, {"project_id": "7", "product_type": "surveys"}),
    ],
)
def test_outputs(resource: type[Any], given: dict[str, Any], outputs: dict[str, str]) -> None:
    """What PostHog adds is there for the rest of the program."""

    def program() -> dict[str, Output[Any]]:
        made = resource("it", **given)
        return {name: getattr(made, name) for name in outputs}

    told = run(program, posthog={name: STATE[name] for name in outputs}).outputs

    assert {name: one.value for name, one in told.items()} == outputs
