"""Making a project, and never a second one when PostHog's answer is lost."""

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from posthog_pulumi.errors import AmbiguousProjectError, NotFoundError, PostHogError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import once
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.plan.project import made_since


def make(on: Connection, organization_id: str, body: Mapping[str, Any]) -> RemoteProject:
    """Create a project; where the answer is lost, look for it before asking again.

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
    return once(
        on,
        lambda: on.client.projects.create(organization_id, body),
        lambda: _the_one(on, organization_id, body["name"], began),
    )


def _the_one(on: Connection, organization_id: str, name: str, began: float) -> RemoteProject | None:
    try:
        found = list(_candidates(on, organization_id, name, began))
    except PostHogError as error:
        raise AmbiguousProjectError(
            "PostHog's answer was lost, and whether the project was made cannot be seen either:"
            f" {error.what}",
            request=error.request,
        ) from None
    if len(found) > 1:
        ids = ", ".join(str(project.id) for project in found)
        raise AmbiguousProjectError(
            f"PostHog's answer was lost, and the projects {ids} were all made under that name"
            " since."
        )
    return found[0] if found else None


def _candidates(
    on: Connection, organization_id: str, name: str, began: float
) -> Iterator[RemoteProject]:
    """The projects of exactly that name which this create may have made."""
    for item in on.client.projects.list(organization_id, search=name):
        if item.name != name or item.id in on.made:
            continue
        project = _retrieve(on, organization_id, item.id)
        if project is None or project.is_pending_deletion:
            continue
        made = datetime.fromisoformat(project.created_at).timestamp()
        if made_since(made, on.client.server_time(began)):
            yield project


def _retrieve(on: Connection, organization_id: str, project_id: int) -> RemoteProject | None:
    try:
        return on.client.projects.retrieve(organization_id, str(project_id))
    except NotFoundError:
        return None
