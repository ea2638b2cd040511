"""The package's schema, from which Pulumi checks YAML programs and generates SDKs."""

import types
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from posthog_pulumi.config import Config
from posthog_pulumi.models.settings import SENSITIVE
from posthog_pulumi.plugin.resources import RESOURCES
from posthog_pulumi.properties import TOKENS

_ANY: Final = {"$ref": "pulumi.json#/Any"}
_SCALARS: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}
_SECRETS: Final = {*TOKENS, "token", "value", *SENSITIVE}
_LISTS_AND_FLAGS: Final = {"superseded": "boolean"}
_ABOUT: Final = {
    "Project": "A PostHog project, updated in place and never replaced.",
    "ProjectSecretToken": "A project's secret token, rotated with two live ones.",
    "ProjectSecretApiKey": "A project's secret API key, rotated with two live ones.",
    "ProductIntent": "What a project is meant to be used for.",
}


def schema(version: str) -> dict[str, Any]:
    """The schema, with PostHog's own names of properties."""
    config = {
        str(field.alias): _shape(field.annotation)
        | _secret(field.annotation is not None and SecretStr in get_args(field.annotation))
        for field in Config.model_fields.values()
    }
    return {
        "name": "posthog",
        "version": version,
        "displayName": "PostHog",
        "description": "Declare PostHog projects, with their tokens as secrets.",
        "license": "MIT",
        "config": {"variables": config},
        "provider": {"inputProperties": config, "properties": config},
        "resources": {name: _resource(name) for name in RESOURCES},
    }


def _resource(name: str) -> dict[str, Any]:
    steps = RESOURCES[name]
    fields = _public(steps.arguments)
    inputs = {key: _property(key, field) for key, field in fields.items()}
    computed = {
        key: {"type": _LISTS_AND_FLAGS.get(key, "string")} | _secret(key in _SECRETS)
        for key in steps.computed
    }
    required = [key for key, field in fields.items() if field.is_required()]
    return {
        "description": _ABOUT[name.rpartition(":")[2]],
        "inputProperties": inputs,
        "requiredInputs": required,
        "properties": {**inputs, **computed},
        "required": [*required, *computed.keys() - {"secret_api_token", "secret_api_token_backup"}],
    }


def _public(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    return {
        name: field
        for name, field in model.model_fields.items()
        if not (field.alias or "").startswith("__")
    }


def _property(name: str, field: FieldInfo) -> dict[str, Any]:
    described = {"description": field.description} if field.description else {}
    return _shape(field.annotation) | described | _secret(name in _SECRETS)


def _secret(yes: bool) -> dict[str, Any]:  # noqa: FBT001
    return {"secret": True} if yes else {}


def _shape(annotation: Any) -> dict[str, Any]:
    """A type in the schema's words; an object whose keys PostHog does not name is anything."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Annotated, Union, types.UnionType}:
        return _shape(arguments[0])
    if origin is Literal:
        return {"type": _SCALARS[type(arguments[0])]}
    if origin is list:
        return {"type": "array", "items": _shape(arguments[0])}
    if annotation is SecretStr:
        return {"type": "string"}
    if annotation in _SCALARS:
        return {"type": _SCALARS[annotation]}
    return {"type": "object", "additionalProperties": _ANY} if origin is dict else _ANY
