"""PostHog's endpoints, typed: each method is one endpoint and says which."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from posthog_pulumi.call import Call
from posthog_pulumi.config import CURRENT_ORGANIZATION
from posthog_pulumi.errors import UnreadableAnswerError
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.transport import Transport

Model = TypeVar("Model", bound=BaseModel)


class Organization(BaseModel):
    """An organization the credential can see."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: str
    name: str
    slug: str = ""


class ListedProject(BaseModel):
    """A project in the short form of the list endpoint."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: int
    name: str


class Organizations:
    """``/api/organizations/``; needs the scope ``organization:read``."""

    def __init__(self, send: Callable[[Call], Any]) -> None:
        self._send = send
        self._ids: dict[str, str] = {}

    def id_of(self, slug: str) -> str | None:
        """The UUID behind a slug, which PostHog does not take in a path; asked for once."""
        if slug not in self._ids:
            self._ids.update({item.slug: item.id for item in self.list()})
        return self._ids.get(slug)

    def list(self) -> Iterator[Organization]:
        """``GET /api/organizations/``, page by page."""
        call = Call(method="GET", path="/api/organizations/")
        return _pages(self._send, call, Organization)

    def retrieve(self, organization_id: str = CURRENT_ORGANIZATION) -> Organization:
        """``GET /api/organizations/{id}/``; the id is a UUID or ``@current``."""
        call = Call(method="GET", path=f"/api/organizations/{_part(organization_id)}/")
        return _parsed(self._send(call), call, Organization)


class Projects:
    """``/api/organizations/{organization_id}/projects/``; the id is a UUID or ``@current``."""

    def __init__(self, send: Callable[[Call], Any]) -> None:
        self._send = send

    def list(self, organization_id: str, search: str = "") -> Iterator[ListedProject]:
        """``GET …/projects/``, page by page; projects pending deletion are listed too.

        Args:
            organization_id: UUID or ``@current``.
            search: A phrase of the name; servers before 2026 ignore it.
        """
        query = {"search": search} if search else None
        call = Call(method="GET", path=_path(organization_id), query=query)
        return _pages(self._send, call, ListedProject)

    def create(self, organization_id: str, settings: Mapping[str, Any]) -> RemoteProject:
        """``POST …/projects/``; not idempotent, so a lost answer is the caller's to look into."""
        call = Call(method="POST", path=_path(organization_id), body=settings, repeatable=False)
        return _parsed(self._send(call), call, RemoteProject)

    def retrieve(self, organization_id: str, project_id: str) -> RemoteProject:
        """``GET …/projects/{id}/``."""
        call = Call(method="GET", path=_path(organization_id, project_id))
        return _parsed(self._send(call), call, RemoteProject)

    def retrieve_anywhere(self, project_id: str) -> RemoteProject:
        """``GET /api/projects/{id}/``: the project in whichever organization it now is."""
        call = Call(method="GET", path=f"/api/projects/{_part(project_id)}/")
        return _parsed(self._send(call), call, RemoteProject)

    def update(
        self, organization_id: str, project_id: str, settings: Mapping[str, Any]
    ) -> RemoteProject:
        """``PATCH …/projects/{id}/``: all of the settings or, on an error, none."""
        call = Call(method="PATCH", path=_path(organization_id, project_id), body=settings)
        return _parsed(self._send(call), call, RemoteProject)

    def delete(self, organization_id: str, project_id: str) -> None:
        """``DELETE …/projects/{id}/``: PostHog deletes the data at once or within 48 hours."""
        self._send(Call(method="DELETE", path=_path(organization_id, project_id)))

    def change_organization(
        self, organization_id: str, project_id: str, target: str
    ) -> RemoteProject:
        """``POST …/projects/{id}/change_organization/``: id, data and tokens stay; session only.

        Args:
            organization_id: Where it is: UUID.
            project_id: Which.
            target: UUID of the organization to move it to.
        """
        call = Call(
            method="POST",
            path=f"{_path(organization_id, project_id)}change_organization/",
            body={"organization_id": target},
            repeatable=False,
            session_only=True,
        )
        return _parsed(self._send(call), call, RemoteProject)


class PostHogClient:
    """PostHog's API for one configuration; safe to share between threads."""

    def __init__(self, transport: Transport) -> None:
        self.organizations = Organizations(transport.send)
        self.projects = Projects(transport.send)
        self.server_time = transport.server_time


def _path(organization_id: str, project_id: str = "") -> str:
    projects = f"/api/organizations/{_part(organization_id)}/projects/"
    return f"{projects}{_part(project_id)}/" if project_id else projects


def _part(text: str) -> str:
    """One segment of a path, whatever the text holds."""
    return quote(text, safe="@")


def _parsed(body: object, call: Call, model: type[Model]) -> Model:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, problem["loc"])) or "the body"
        raise UnreadableAnswerError(
            f"PostHog's answer is not as its API describes it: {where} {problem['msg']}.",
            request=str(call),
        ) from None


class _Page(BaseModel):
    next: str | None = None
    results: list[dict[str, Any]]


def _pages(send: Callable[[Call], Any], call: Call, model: type[Model]) -> Iterator[Model]:
    query = call.query
    while True:
        page = _parsed(send(_with_query(call, query)), call, _Page)
        yield from (_parsed(item, call, model) for item in page.results)
        if not page.next:
            return
        query = dict(parse_qsl(urlsplit(page.next).query))


def _with_query(call: Call, query: Mapping[str, Any] | None) -> Call:
    return Call(method=call.method, path=call.path, query=query)
