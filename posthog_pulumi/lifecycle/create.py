"""Making a project, and never a second one when PostHog's answer is lost."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from posthog_pulumi.errors import (
    AmbiguousProjectError,
    ConflictError,
    NotFoundError,
    PostHogError,
    TooSlowError,
)
from posthog_pulumi.lifecycle.connection import LOOKS, Connection
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.plan.project import made_since

ATTEMPTS: Final = 3


def make(on: Connection, organization_id: str, body: Mapping[str, Any]) -> RemoteProject:
    """Create a project; where the answer is lost, look for it before asking again.

    A request that was too slow may still be at work, so it is not repeated.

    Raises:
        AmbiguousProjectError: It cannot be told whether, or as which project, it was made.
        PostHogError: PostHog refused, and nothing was made.
    """
    with on.naming[body["name"]]:
        project = _make(on, organization_id, body)
        on.made.add(project.id)
    return project


def _make(on: Connection, organization_id: str, body: Mapping[str, Any]) -> RemoteProject:
    began = time.time()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return on.client.projects.create(organization_id, body)
        except PostHogError as error:
            made_meanwhile = attempt > 1 and isinstance(error, ConflictError)
            if not (error.may_have_been_done or made_meanwhile):
                raise
            found = _look_patiently(on, organization_id, body["name"], began)
            last = attempt == ATTEMPTS or isinstance(error, TooSlowError)
            if found or last or made_meanwhile:
                return _the_one(found, error)
    raise AssertionError("unreachable")  # pragma: no cover


def _the_one(found: list[RemoteProject], error: PostHogError) -> RemoteProject:
    if not found:
        raise error
    if len(found) > 1:
        ids = ", ".join(str(project.id) for project in found)
        raise AmbiguousProjectError(
            f"PostHog's answer was lost, and the projects {ids} were all made under that name"
            " since.",
            request=error.request,
        )
    return found[0]


def _look_patiently(
    on: Connection, organization_id: str, name: str, began: float
) -> list[RemoteProject]:
    for pause in LOOKS:
        on.sleep(pause)
        try:
            found = _look(on, organization_id, name, began)
        except PostHogError as error:
            raise AmbiguousProjectError(
                "PostHog's answer was lost, and whether the project was made cannot be seen"
                f" either: {error.what}",
                request=error.request,
            ) from None
        if found:
            return found
    return []


def _look(on: Connection, organization_id: str, name: str, began: float) -> list[RemoteProject]:
    """The projects of exactly that name which this create may have made."""
    listed = on.client.projects.list(organization_id, search=name)
    ids = [item.id for item in listed if item.name == name and item.id not in on.made]
    projects = [project for id_ in ids if (project := _retrieve(on, organization_id, id_))]
    earliest = on.client.server_time(began)
    return [
        project
        for project in projects
        if made_since(datetime.fromisoformat(project.created_at).timestamp(), earliest)
        and not project.is_pending_deletion
    ]


def _retrieve(on: Connection, organization_id: str, project_id: int) -> RemoteProject | None:
    try:
        return on.client.projects.retrieve(organization_id, str(project_id))
    except NotFoundError:
        return None
