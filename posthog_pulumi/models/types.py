"""Types of single values, which settings and the arguments of several resources share."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from math import isfinite
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints

from posthog_pulumi.properties import plain


def closest(word: str, names: Iterable[str]) -> str | None:
    """The name that a misspelt one was meant for, whatever its case; None if none is near."""
    by_folded = {name.lower(): name for name in names}
    close = get_close_matches(word.lower(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def _whole(value: object) -> object:
    """Numbers arrive as floats, and a bool is not a number here."""
    if isinstance(value, bool):
        raise ValueError("must be a whole number")  # noqa: TRY004  # pydantic wants a ValueError
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a number")  # noqa: TRY004  # pydantic wants a ValueError
    return value.strip() if isinstance(value, str) else value


def _two_places(value: float) -> float:
    if round(value, 2) != value:
        raise ValueError("must have at most two decimal places")
    return value


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _finite(value: Any) -> Any:
    """JSON has no word for the others, so PostHog could not take them."""
    if not _holds_finite_numbers(value):
        raise ValueError("must hold finite numbers only")
    return plain(value)


def _holds_finite_numbers(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_holds_finite_numbers, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_holds_finite_numbers, value))
    return not isinstance(value, float) or isfinite(value)


def matching(pattern: str, words: str) -> AfterValidator:
    """A text of that form, which the words describe to those who do not read patterns."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(words)
        return value

    return AfterValidator(check)


def _digits(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Flag = Annotated[bool, Strict()]
TRIMMED: Final = BeforeValidator(_trimmed)
"""Cut as PostHog cuts it: for pydantic four of Python's white space characters are none.

It stands last, so that it comes before what else is asked of the text.
"""
NotBlank = Annotated[str, StringConstraints(min_length=1), TRIMMED]
Whole = Annotated[int, BeforeValidator(_whole), Strict()]
Rate = Annotated[
    float, BeforeValidator(_number), Field(ge=0, le=1, allow_inf_nan=False),
    AfterValidator(_two_places),
]  # fmt: skip
"""0 to 1 in hundredths; PostHog sends it as a string such as ``"0.50"``."""
Days = Annotated[float, Field(gt=0, le=36_500, allow_inf_nan=False)]
"""Up to a hundred years, so that the day it leads to has a date."""
Url = Annotated[str, StringConstraints(min_length=1, max_length=200), TRIMMED]
Json = Annotated[Any, AfterValidator(_finite)]
JsonObject = Annotated[dict[str, Any], AfterValidator(_finite)]
JsonObjects = Annotated[list[dict[str, Any]], AfterValidator(_finite)]

Name = Annotated[str, StringConstraints(min_length=1, max_length=200), TRIMMED]
"""Name of a project."""
ProjectId = Annotated[
    str, BeforeValidator(_digits), matching(r"[0-9]+", "must be the project's number in PostHog")
]
"""A project's number; one that is passed as a number arrives as a float."""
OrganizationId = Annotated[str, StringConstraints(min_length=1)]
"""UUID, slug or ``@current``."""
Trigger = JsonObject
"""Any object: a changed value requires a rotation."""
