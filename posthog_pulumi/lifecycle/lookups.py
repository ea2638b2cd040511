"""Looking things up for a program."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import SecretStr

from posthog_pulumi.errors import RefusedError, concerning
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.organization import addressable
from posthog_pulumi.models.lookups import Activity, ListedProject, Organization
from posthog_pulumi.models.project import RemoteProject


def project(
    on: Connection, organization_id: str | None, *, id_: str | None, name: str | None
) -> RemoteProject:
    """The project with that id or, exactly, that name."""
    if (id_ is None) == (name is None):
        raise RefusedError("get_project takes either an id or a name.")
    with concerning(f"project {id_ or repr(name)} was not found"):
        where = addressable(on, organization_id)
        return on.client.projects.retrieve(where, id_) if id_ else _named(on, where, str(name))


def projects(
    on: Connection, organization_id: str | None, search: str
) -> list[ListedProject[SecretStr]]:
    """All projects of the organization that the credential can see."""
    with concerning("the organization's projects were not listed"):
        return list(on.client.projects.list(addressable(on, organization_id), search))


def organization(on: Connection, organization_id: str | None) -> Organization:
    """The organization behind a UUID, a slug or ``@current``."""
    with concerning(f"organization {organization_id or on.config.organization_id} was not found"):
        return on.client.organizations.retrieve(addressable(on, organization_id))


def activity(on: Connection, organization_id: str | None, project_id: str) -> Iterator[Activity]:
    """The project's activity log, newest first, each page fetched when it is reached."""
    with concerning(f"the activity of project {project_id} was not read"):
        where = addressable(on, organization_id)
        yield from on.client.projects.activity(where, project_id)


def is_generating_demo_data(on: Connection, organization_id: str | None, project_id: str) -> bool:
    """Whether the demo data of the project is still on its way."""
    with concerning(f"the demo data of project {project_id} was not looked at"):
        where = addressable(on, organization_id)
        return on.client.projects.is_generating_demo_data(where, project_id)


_LOOK_UPS: Final[Mapping[str, Callable[..., Any]]] = {
    "get_project": project,
    "get_projects": projects,
    "get_organization": organization,
    "get_project_activity": activity,
    "is_generating_demo_data": is_generating_demo_data,
}


def ask(on: Connection, function: str, given: Mapping[str, Any]) -> Any:
    """What the look-up of that public name finds with these arguments, of which some are None."""
    known = {name: value if value is None else str(value) for name, value in given.items()}
    return _LOOK_UPS[function](
        on, **{"id_" if name == "id" else name: known[name] for name in known}
    )


def _named(on: Connection, organization_id: str, name: str) -> RemoteProject:
    """The project of exactly that name; one that is pending deletion does not count."""
    projects = on.client.projects
    listed = [item for item in projects.list(organization_id, name) if item.name == name]
    if not listed:  # the server's search is for a phrase, and may not know every character
        listed = [item for item in projects.list(organization_id) if item.name == name]
    found = [projects.retrieve(organization_id, str(item.id)) for item in listed]
    there = [project for project in found if not project.is_pending_deletion]
    if len(there) == 1:
        return there[0]
    if there:
        ids = ", ".join(str(project.id) for project in there)
        raise RefusedError(f"the projects {ids} all have that name.", advice="Look it up by id.")
    raise RefusedError(
        f"organization {organization_id} has no project of that name.",
        advice="Check its spelling and organization_id; only an exact name is found.",
    )
