"""Check failures: what is wrong with the arguments, one sentence per property."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "is required",
    "bool_type": "must be true or false",
    "string_type": "must be a string",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "extra_forbidden": "is not known",
}


def checked(
    model: type[BaseModel], arguments: Mapping[str, Any], unknown: Collection[str] = ()
) -> tuple[dict[str, Any], dict[str, str]]:
    """The arguments in normal form, and what is wrong with them.

    Args:
        model: What the arguments must fit.
        arguments: Those whose values are known.
        unknown: Names of arguments whose values are not computed yet; they pass, but while a
            required one is missing the others stay as they are.

    Returns:
        The arguments, and the first problem of each by its name; values are never repeated.
    """
    try:
        parsed = model.model_validate(dict(arguments))
    except ValidationError as error:
        return dict(arguments), _problems(model, error, unknown)
    normal = parsed.model_dump(mode="json", by_alias=True)
    return {name: normal[name] for name in arguments}, {}


def _problems(
    model: type[BaseModel], error: ValidationError, unknown: Collection[str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0])
        if name not in unknown:
            found.setdefault(name, f"{_path(problem['loc'])} {_words(problem, model)}")
    return found


def _path(location: tuple[int | str, ...]) -> str:
    first, *rest = location
    return f"{first}{''.join(f'[{key!r}]' for key in rest)}"


def _words(problem: ErrorDetails, model: type[BaseModel]) -> str:
    known = _WORDS.get(problem["type"])
    if problem["type"] == "extra_forbidden" and len(problem["loc"]) == 1:
        close = get_close_matches(str(problem["loc"][0]), _names(model), n=1)
        hint = f"did you mean {close[0]}?" if close else "README lists them"
        return f"is not an argument of {_resource(model)}; {hint}"
    if known is None:
        return problem["msg"].removeprefix("Value error, ")
    return known.format_map(problem.get("ctx", {}))


def _names(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.alias is None]


def _resource(model: type[BaseModel]) -> str:
    return f"PostHog{model.__name__.removesuffix('Inputs')}"
