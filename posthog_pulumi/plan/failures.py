"""Check failures: what is wrong with the arguments, one sentence per property."""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from posthog_pulumi.config import ENVIRONMENT, NAMESPACE
from posthog_pulumi.models.types import closest
from posthog_pulumi.properties import PROVIDER_ARGUMENTS

_WORDS = {
    "missing": "is required",
    "bool_type": "must be true or false",
    "string_type": "must be a string",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "literal_error": "must be {expected}",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "extra_forbidden": "is not known",
    "value_error": "{error}",
}
_OTHERWISE = "has a value that does not fit"


def checked(
    model: type[BaseModel], arguments: Mapping[str, Any], unknown: Collection[str] = ()
) -> tuple[dict[str, Any], dict[str, str]]:
    """The arguments in normal form, and what is wrong with them.

    Args:
        model: What the arguments must fit.
        arguments: Those whose values are known.
        unknown: Names of arguments whose values are not computed yet; they pass, but while a
            required one is missing the others stay as they are. A misspelt name does not pass.

    Returns:
        The arguments, and the first problem of each by its name; values are never repeated.
    """
    misspelt = {name: _no_argument(name, model) for name in unknown if name not in _keys(model)}
    try:
        parsed = model.model_validate(dict(arguments))
    except ValidationError as error:
        return dict(arguments), _problems(model, error, unknown) | misspelt
    normal = parsed.model_dump(mode="json", by_alias=True)
    return {name: normal[name] for name in arguments}, misspelt


def _problems(
    model: type[BaseModel], error: ValidationError, unknown: Collection[str]
) -> dict[str, str]:
    """The first problem of each; a misspelt key before the required one that it was meant for."""
    problems = error.errors(include_url=False, include_input=False)
    found: dict[str, str] = {}
    for problem in sorted(problems, key=lambda it: it["type"] != "extra_forbidden"):
        name = str(problem["loc"][0])
        if name not in unknown:
            found.setdefault(name, _sentence(problem, model))
    return found


def _sentence(problem: ErrorDetails, model: type[BaseModel]) -> str:
    if problem["type"] == "extra_forbidden" and len(problem["loc"]) == 1:
        return _no_argument(str(problem["loc"][0]), model)
    return _place_and_words(problem)


def first_problem(error: ValidationError) -> str:
    """What is wrong with what an earlier step recorded, where only an output can be."""
    return _place_and_words(error.errors(include_url=False, include_input=False)[0])


def _place_and_words(problem: ErrorDetails) -> str:
    name, *rest = problem["loc"] or ("it",)
    place = f"{name}{''.join(f'[{key!r}]' for key in rest)}"
    words = _WORDS.get(problem["type"], _OTHERWISE)
    return f"{place} {words.format_map(problem.get('ctx', {}))}"


def _no_argument(name: str, model: type[BaseModel]) -> str:
    declared = [key for key, field in model.model_fields.items() if field.alias is None]
    close = get_close_matches(name, declared, n=1)
    hint = f"did you mean {close[0]}?" if close else "the docs list them"
    resource = f"PostHog{model.__name__.removesuffix('Inputs')}"
    return f"{name} is not an argument of {resource}; {hint}"


def unknown_keys(keys: Iterable[str]) -> list[str]:
    """A sentence for each configuration key of our namespace that nobody reads."""
    ours = [key.removeprefix(NAMESPACE) for key in keys if key.startswith(NAMESPACE)]
    return [_no_key(key) for key in ours if key not in {*ENVIRONMENT, PROVIDER_ARGUMENTS}]


def _no_key(key: str) -> str:
    meant = closest(key, ENVIRONMENT)
    hint = f"did you mean {NAMESPACE}{meant}?" if meant else "docs/credentials.md lists them."
    return f"{NAMESPACE}{key} is not known; {hint}"


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}
