"""Our resources, listed once, with what tests that take each of them in turn must know of it."""

import inspect
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    PostHogProjectArgs,
    PostHogProjectSecretApiKey,
    PostHogProjectSecretToken,
)
from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState
from posthog_pulumi.models.project import ProjectInputs, ProjectState
from posthog_pulumi.models.secret_api_key import (
    ProjectSecretApiKeyInputs,
    ProjectSecretApiKeyState,
)
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs, ProjectSecretTokenState
from posthog_pulumi.provider import (
    PostHogResourceProvider,
    ProductIntentProvider,
    ProjectProvider,
    SecretApiKeyProvider,
    SecretTokenProvider,
)

MOMENT: Final = "2026-11-24T00:00:00Z"


@dataclass(frozen=True, kw_only=True)
class OurResource:
    """A resource of the package."""

    kind: str
    """Its name in the tests of the fault matrix."""
    resource: type[Any]
    provider: type[PostHogResourceProvider]
    models: tuple[type[BaseModel], type[Any]]
    """Of its arguments and of its state."""
    pulumi_type: str
    """The end of its type in Pulumi."""
    least: dict[str, Any]
    """The arguments that a program must give."""
    more: dict[str, Any]
    """All others, each with a good value; of the settings of a project, some."""
    added: dict[str, Any]
    """What the state has beside them."""
    secrets: frozenset[str] = frozenset()
    """The outputs that are secrets."""

    def __str__(self) -> str:
        return self.kind


RESOURCES: Final = (
    OurResource(
        kind="project",
        resource=PostHogProject,
        provider=ProjectProvider,
        models=(ProjectInputs, ProjectState),
        pulumi_type="Project",
        least={"name": "Web"},
        more={
            "timezone": "Europe/Berlin",
            "organization_id": "acme",
            "force_destroy": True,
            "is_demo": True,
            "wait_for_demo_data": True,
            "rotate_api_token_when_changed": {"leak": "1"},
        },
        added={
            "organization": "acme",
            "uuid": "018f",
            "created_at": MOMENT,
            "api_token": "phc_1",
        },
        secrets=frozenset({"api_token", "secret_api_token", "secret_api_token_backup"}),
    ),
    OurResource(
        kind="token",
        resource=PostHogProjectSecretToken,
        provider=SecretTokenProvider,
        models=(ProjectSecretTokenInputs, ProjectSecretTokenState),
        pulumi_type="ProjectSecretToken",
        least={"project_id": "7"},
        more={
            "organization_id": "acme",
            "rotate_when_changed": {"quarter": "Q4"},
            "rotate_after_days": 90.0,
            "keep_previous": True,
            "revoke_on_destroy": False,
        },
        added={"organization": "acme", "token": "phs_1", "rotated_at": MOMENT},
        secrets=frozenset({"token"}),
    ),
    OurResource(
        kind="key",
        resource=PostHogProjectSecretApiKey,
        provider=SecretApiKeyProvider,
        models=(ProjectSecretApiKeyInputs, ProjectSecretApiKeyState),
        pulumi_type="ProjectSecretApiKey",
        least={"project_id": "7", "label": "flags", "scopes": ["feature_flag:read"]},
        more={"rotate_when_changed": {"quarter": "Q4"}, "rotate_after_days": 0.5},
        added={
            "value": "phs_1",
            "mask_value": "phs_...x",
            "label_in_posthog": "flags-abc123",
            "created_at": MOMENT,
        },
        secrets=frozenset({"value"}),
    ),
    OurResource(
        kind="intent",
        resource=PostHogProductIntent,
        provider=ProductIntentProvider,
        models=(ProductIntentInputs, ProductIntentState),
        pulumi_type="ProductIntent",
        least={"project_id": "7", "product_type": "surveys"},
        more={
            "organization_id": "acme",
            "intent_context": "onboarding",
            "metadata": {"team": "growth"},
            "onboarding_completed": True,
        },
        added={"organization": "acme", "declared_at": MOMENT},
    ),
)


def arguments_of(resource: type[Any]) -> list[str]:
    """What a program may give it, beside its name and Pulumi's options."""
    if resource is PostHogProject:
        return [*PostHogProjectArgs.__annotations__]
    _, _, *names = inspect.signature(resource).parameters
    return names
