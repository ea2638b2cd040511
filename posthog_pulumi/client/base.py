"""Typed responses and pages: what all endpoints share."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ValidationError

from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.errors import APIResponseValidationError

Model = TypeVar("Model", bound=BaseModel)
Send = Callable[[Call], Any]


def parsed(body: object, call: Call, model: type[Model]) -> Model:
    """The response as the model.

    Raises:
        APIResponseValidationError: It lacks what the API promises; nothing is made up for it.
    """
    try:
        return model.model_validate(body)
    except RecursionError:
        raise unexpected("it is nested too deeply", call) from None
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(map(str, problem["loc"]))
        text = f"its {where} has another type" if where else "it has another form"
        missing = problem["type"] == "missing"
        raise unexpected(f"it has no {where}" if missing else text, call) from None


def identified(body: object, call: Call, model: type[Model], id_: str) -> Model:
    """The response as the model, which must be about the thing with that id and no other."""
    found = parsed(body, call, model)
    if str(getattr(found, "id", None)) != id_:
        raise unexpected(f"it is about another id than {id_}", call)
    return found


def unexpected(what: str, call: Call) -> APIResponseValidationError:
    """The error for a response that is not the one that was asked for."""
    return APIResponseValidationError(
        f"PostHog's response is not as its API describes it: {what}.", request=str(call)
    )


class _Page(BaseModel):
    next: str | None
    results: list[dict[str, Any]]


def pages(send: Send, call: Call, model: type[Model]) -> Iterator[Model]:
    """The items of all pages, each page fetched when it is reached.

    Raises:
        APIResponseValidationError: The pages lead in a circle, or hold something else.
    """
    nexts: set[str] = set()
    before: list[dict[str, Any]] = []
    while True:
        page = parsed(send(call), call, _Page)
        yield from (parsed(item, call, model) for item in page.results)
        if not page.next:
            return
        if page.next in nexts or page.results in ([], before):
            raise unexpected("its pages lead in a circle", call)
        nexts.add(page.next)
        before = page.results
        call = replace(call, query=_query(page.next, call))


def _query(url: str, call: Call) -> dict[str, str]:
    """That of the next page's URL, which may name another host where a proxy is in the way."""
    with suppress(ValueError):
        return dict(parse_qsl(urlsplit(url).query))
    raise unexpected("its next page has no URL", call)
