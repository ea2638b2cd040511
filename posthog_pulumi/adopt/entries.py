"""Pulumi's import file, with what the provider's own steps would have recorded."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pulumi.dynamic import Resource, ResourceProvider
from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider
from pulumi.runtime import rpc

from posthog_pulumi import provider
from posthog_pulumi.adopt.projects import FIRST_TRIGGER, Adopted
from posthog_pulumi.config import Config
from posthog_pulumi.properties import ROTATES_SECRET_TOKEN
from posthog_pulumi.resources.product_intent import PostHogProductIntent
from posthog_pulumi.resources.project import (
    PostHogProject,
    secret_token_arguments,
    secret_token_name,
)
from posthog_pulumi.resources.secret_token import PostHogProjectSecretToken
from posthog_pulumi.steps import product_intent, project, secret_token

Entry = dict[str, Any]


def import_file(config: Config, projects: Iterable[Adopted]) -> str:
    """The file's text; tokens are in clear in it, marked as secrets."""
    entries = [entry for one in projects for entry in _entries(config, one)]
    return json.dumps({"resources": entries}, indent=2) + "\n"


def _entries(config: Config, one: Adopted) -> Iterator[Entry]:
    arguments = {**one.settings, **_given("organization_id", one.organization_id)}
    if one.rotates:
        arguments[ROTATES_SECRET_TOKEN] = True
    recorded = project.recorded(config, one.project, arguments)
    yield _entry(PostHogProject, provider.ProjectProvider(), one.name, one.id, *recorded)
    if one.rotates:
        yield _secret_token(config, one)
    for intent in one.intents:
        yield _product_intent(config, one, intent.product_type, intent.onboarding_completed_at)


def _secret_token(config: Config, one: Adopted) -> Entry:
    """Its name in the file is not the resource's, which a project may have too."""
    rotation = {"rotate_when_changed": FIRST_TRIGGER}
    arguments = secret_token_arguments(one.id, one.project.organization, rotation)
    found = secret_token.recorded(config, one.project, arguments)
    name = secret_token_name(one.name)
    entry = _entry(PostHogProjectSecretToken, provider.SecretTokenProvider(), name, *found)
    return {**entry, "name": f"{one.name}/secret-token", "logicalName": name, "parent": one.name}


def _product_intent(config: Config, one: Adopted, product: str, completed: str | None) -> Entry:
    arguments = {
        "project_id": one.id,
        "product_type": product,
        **_given("organization_id", one.organization_id),
        **_given("onboarding_completed", True if completed else None),
    }
    found = product_intent.recorded(config, one.project, arguments)
    name = intent_name(one, product)
    entry = _entry(PostHogProductIntent, provider.ProductIntentProvider(), name, *found)
    return {**entry, "name": f"{one.name}/{product}", "logicalName": name}


def intent_name(one: Adopted, product: str) -> str:
    """Pulumi's name of a product intent."""
    return f"{one.name}-{product.replace('_', '-')}"


def _given(name: str, value: object) -> dict[str, Any]:
    return {} if value is None else {name: value}


def _entry(  # noqa: PLR0913, PLR0917  # an entry has that many parts
    kind: type[Resource],
    by: ResourceProvider,
    name: str,
    id_: str,
    inputs: Mapping[str, Any],
    outputs: Mapping[str, Any],
) -> Entry:
    pickled = {PROVIDER_KEY: serialize_provider(by)}
    return {
        "type": f"pulumi-python:{kind._resource_type_name}",  # noqa: SLF001  # it has no other
        "name": name,
        "id": id_,
        "inputs": {**in_file(inputs), **pickled},
        "outputs": {**in_file(outputs), **pickled},
    }


def in_file(value: Any) -> Any:
    """The value with its secrets marked as the file has them, which differs from the wire."""
    if rpc.is_rpc_secret(value):
        mark = {key: item for key, item in value.items() if key != "value"}
        return {**mark, "plaintext": json.dumps(rpc.unwrap_rpc_secret(value))}
    if isinstance(value, dict):
        return {key: in_file(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [in_file(item) for item in value]
    return value
