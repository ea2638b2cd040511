"""The schema of the native provider, from the models that check arguments and from their docs."""

import inspect
import json
import types
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, NotRequired, TypeVar, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, SecretStr
from pydantic.fields import FieldInfo
from typing_extensions import is_typeddict

import posthog_pulumi
from posthog_pulumi.config import Config
from posthog_pulumi.models.product_intent import ProductIntentState
from posthog_pulumi.models.project import ProjectState
from posthog_pulumi.models.secret_api_key import ProjectSecretApiKeyState
from posthog_pulumi.models.secret_token import ProjectSecretTokenState
from posthog_pulumi.models.settings import SENSITIVE
from posthog_pulumi.plugin.functions import FUNCTIONS, Function
from posthog_pulumi.plugin.resources import RESOURCES
from posthog_pulumi.properties import TOKENS
from posthog_pulumi.resources.results import Result
from tools.descriptions import first_sentence, of_arguments, of_fields

Schema = dict[str, Any]

_ANY: Final = {"$ref": "pulumi.json#/Any"}
_SCALARS: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    **dict.fromkeys((str, SecretStr, AwareDatetime), "string"),
}
_SECRETS: Final = {*TOKENS, "token", "value", *SENSITIVE}
_MAY_BE_ABSENT: Final = {"secret_api_token", "secret_api_token_backup", "superseded"}

_STATES: Final = {
    "posthog:index:Project": ProjectState,
    "posthog:index:ProjectSecretToken": ProjectSecretTokenState,
    "posthog:index:ProjectSecretApiKey": ProjectSecretApiKeyState,
    "posthog:index:ProductIntent": ProductIntentState,
}


class Types:
    """Shapes, and the objects that they name."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def shape(self, annotation: Any) -> Schema:
        """A type in the schema's words; an object whose keys PostHog does not name is anything."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin in {Annotated, Union, types.UnionType, NotRequired}:
            return self.shape(arguments[0])
        if origin is Literal:
            return self.shape(type(arguments[0]))
        if origin is list:
            return {"type": "array", "items": self.shape(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": _ANY}
        if annotation in _SCALARS or isinstance(annotation, TypeVar):
            return {"type": _SCALARS.get(annotation, "string")}
        kind = origin or annotation
        is_object = is_typeddict(kind) or (inspect.isclass(kind) and issubclass(kind, Result))
        return self._object(kind) if is_object else _ANY

    def _object(self, kind: Any) -> Schema:
        name = f"posthog:index:{kind.__name__}"
        if name not in self.named:
            self.named[name] = {"type": "object", **self.fields(kind)}
        return {"$ref": f"#/types/{name}"}

    def fields(self, kind: Any) -> Schema:
        """What an object holds, of a class with annotations."""
        described = of_fields(kind)
        hints = {name: it for name, it in kind.__annotations__.items() if name[0] != "_"}
        required = getattr(kind, "__required_keys__", hints.keys())
        return {
            "description": first_sentence(kind),
            "properties": {
                name: property_(name, self.shape(it), described) for name, it in hints.items()
            },
            "required": sorted(name for name in required if not _may_be_null(hints[name])),
        }


def _may_be_null(annotation: Any) -> bool:
    return annotation is Any or type(None) in get_args(annotation)


def property_(name: str, shape: Schema, described: Mapping[str, str]) -> Schema:
    """A property with its description, and whether it is a secret."""
    text = {"description": _plainly(described[name])} if name in described else {}
    return shape | text | ({"secret": True} if name in _SECRETS else {})


_OF_PYTHON: Final = {
    "``": "`",
    "; outside of a program a `SecretStr`": "",
    "; a token as in :class:`ProjectResult`": "",
    ", the same;": ";",
    "None": "null",
    "False": "false",
}


def _plainly(text: str) -> str:
    """The first paragraph, in the words of every language."""
    paragraph = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    for python, plain in _OF_PYTHON.items():
        paragraph = paragraph.replace(python, plain)
    return paragraph


def schema() -> Schema:
    """The schema, but for its version."""
    shapes = Types()
    resources = {token: _resource(token, shapes) for token in RESOURCES}
    functions = {token: _function(it, shapes) for token, it in FUNCTIONS.items()}
    config = _configuration(shapes)
    return {
        "name": "posthog",
        "displayName": "PostHog",
        "description": "Declare PostHog projects, with their tokens as secrets.",
        "license": "MIT",
        "repository": "https://github.com/posthog-pulumi/posthog-pulumi",
        "config": {"variables": config},
        "provider": {
            "description": "A host, a key and an organization of their own.",
            "inputProperties": config,
        },
        "types": shapes.named,
        "resources": resources,
        "functions": functions,
    }


def written() -> str:
    """The file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _configuration(shapes: Types) -> Schema:
    described = of_arguments(posthog_pulumi.PostHogProvider)
    return {
        str(field.alias): property_(name, shapes.shape(field.annotation), described)
        | ({"secret": True} if SecretStr in get_args(field.annotation) else {})
        for name, field in Config.model_fields.items()
    }


def _resource(token: str, shapes: Types) -> Schema:
    steps, program = RESOURCES[token], getattr(posthog_pulumi, f"PostHog{token.split(':')[2]}")
    fields = _public(steps.arguments)
    described = of_fields(program) | of_fields(steps.arguments) | of_arguments(program)
    inputs = {
        name: property_(name, shapes.shape(it.annotation), described) for name, it in fields.items()
    }
    computed = {
        name: property_(name, {"type": "string"}, of_fields(_STATES[token]) | of_fields(program))
        for name in steps.computed
    }
    computed |= {
        name: {**it, "type": "boolean"} for name, it in computed.items() if name == "superseded"
    }
    required = [name for name, field in fields.items() if field.is_required()]
    return {
        "description": first_sentence(program),
        "inputProperties": inputs,
        "requiredInputs": required,
        "properties": {**inputs, **computed},
        "required": sorted({*required, *computed} - _MAY_BE_ABSENT),
    }


def _public(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    return {
        name: field
        for name, field in model.model_fields.items()
        if not (field.alias or "").startswith("__")
    }


def _function(function: Function, shapes: Types) -> Schema:
    look_up = getattr(posthog_pulumi, function.look_up)
    described = of_arguments(look_up)
    kinds = {"limit": "integer"}
    if function.field:
        returns = shapes.shape(function.returns)
        outputs = {"properties": {function.field: returns}, "required": [function.field]}
    else:
        outputs = shapes.fields(get_origin(function.returns) or function.returns)
    return {
        "description": first_sentence(look_up),
        "inputs": {
            "type": "object",
            "properties": {
                name: property_(name, {"type": kinds.get(name, "string")}, described)
                for name in function.arguments
            },
            "required": [name for name, needed in function.arguments.items() if needed],
        },
        "outputs": {"type": "object", **outputs},
    }
