"""Paths, pages and typed answers: what all endpoints share."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

from pydantic import BaseModel, ValidationError

from posthog_pulumi.client.call import Call
from posthog_pulumi.errors import APIResponseValidationError

Model = TypeVar("Model", bound=BaseModel)
Send = Callable[[Call], Any]


def project_path(organization_id: str, project_id: str = "") -> str:
    """The organization's projects, or one of them."""
    projects = f"/api/organizations/{part(organization_id)}/projects/"
    return f"{projects}{part(project_id)}/" if project_id else projects


def part(text: str) -> str:
    """One segment of a path, whatever the text holds."""
    return quote(text, safe="@")


def parsed(body: object, call: Call, model: type[Model]) -> Model:
    """The answer as the model, or an error that says what does not fit."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, problem["loc"])) or "the body"
        raise APIResponseValidationError(
            f"PostHog's answer is not as its API describes it: {where} {problem['msg']}.",
            request=str(call),
        ) from None


class _Page(BaseModel):
    next: str | None = None
    results: list[dict[str, Any]]


def pages(send: Send, call: Call, model: type[Model]) -> Iterator[Model]:
    """The items of all pages, each page fetched when it is reached."""
    query = call.query
    while True:
        page = parsed(send(replace(call, query=query)), call, _Page)
        yield from (parsed(item, call, model) for item in page.results)
        if not page.next:
            return
        query = dict(parse_qsl(urlsplit(page.next).query))
