from typing import Any

import pulumi
import pytest
from pulumi import Output, ResourceOptions
from support.mocked_programs import Run, run

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    PostHogProjectSecretApiKey,
    PostHogProjectSecretToken,
)

SCOPES = ["feature_flag:read"]
RESOURCES: list[tuple[type[pulumi.Resource], dict[str, Any], str, set[str]]] = [
    (PostHogProject, {}, "Project", {"api_token", "secret_api_token", "secret_api_token_backup"}),
    (PostHogProjectSecretToken, {"project_id": "7"}, "ProjectSecretToken", {"token"}),
    (
        PostHogProjectSecretApiKey,
        {"project_id": "7", "label": "flags", "scopes": SCOPES},
        "ProjectSecretApiKey",
        {"value"},
    ),
    (
        PostHogProductIntent,
        {"project_id": "7", "product_type": "surveys"},
        "ProductIntent",
        set(),
    ),
]


def registered(resource: type[Any], options: ResourceOptions | None = None, **given: Any) -> Run:
    """A run of a program that declares that resource alone, under the name ``it``."""

    def program() -> dict[str, Output[Any]]:
        resource("it", options, **given)
        return {}

    return run(program)


@pytest.mark.parametrize(("resource", "given", "token", "secrets"), RESOURCES)
def test_type_and_secrets(
    resource: type[Any], given: dict[str, Any], token: str, secrets: set[str]
) -> None:
    """Type tokens are eternal; what lets its holder act is a secret output."""
    request = registered(resource, **given).resources["it"].request

    assert request.type == f"pulumi-python:dynamic/posthog:{token}"
    assert set(request.additionalSecretOutputs) >= secrets


@pytest.mark.parametrize(("resource", "given", "token", "secrets"), RESOURCES)
def test_users_options(
    resource: type[Any], given: dict[str, Any], token: str, secrets: set[str]
) -> None:
    """The user's options are kept, as is the object that holds them."""
    options = ResourceOptions(protect=True, additional_secret_outputs=["created_at"])
    request = registered(resource, options, **given).resources["it"].request

    assert request.type.endswith(token)
    assert request.protect
    assert set(request.additionalSecretOutputs) >= secrets | {"created_at"}
    assert options.additional_secret_outputs == ["created_at"]


@pytest.mark.parametrize(
    ("resource", "given"),
    [
        (
            PostHogProjectSecretToken,
            {
                "project_id": "7",
                "organization_id": "acme",
                "rotate_when_changed": {"quarter": "Q4"},
                "rotate_after_days": 90.0,
                "keep_previous": True,
                "revoke_on_destroy": False,
            },
        ),
        (PostHogProjectSecretToken, {"project_id": "7"}),
        (
            PostHogProjectSecretApiKey,
            {
                "project_id": "7",
                "label": "flags",
                "scopes": SCOPES,
                "rotate_when_changed": {"quarter": "Q4"},
                "rotate_after_days": 0.5,
            },
        ),
        (
            PostHogProductIntent,
            {
                "project_id": "7",
                "product_type": "surveys",
                "organization_id": "acme",
                "intent_context": "onboarding",
                "metadata": {"team": "growth"},
                "onboarding_completed": True,
            },
        ),
        (PostHogProductIntent, {"project_id": "7", "product_type": "surveys"}),
        (
            PostHogProject,
            {
                "name": "Web",
                "timezone": "Europe/Berlin",
                "organization_id": "acme",
                "force_destroy": True,
                "is_demo": True,
                "wait_for_demo_data": True,
                "rotate_api_token_when_changed": {"leak": "1"},
            },
        ),
    ],
)
def test_inputs(resource: type[Any], given: dict[str, Any]) -> None:
    """Every argument reaches the provider as it was given, and no other does."""
    assert registered(resource, **given).resources["it"].inputs == given
