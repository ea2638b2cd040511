"""Reading live projects, several at once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from pydantic import SecretStr

from posthog_pulumi.config import CURRENT_ORGANIZATION
from posthog_pulumi.errors import (
    NotFoundError,
    PermissionDeniedError,
    ProjectNotVisibleError,
    concerning,
)
from posthog_pulumi.lifecycle import lookups
from posthog_pulumi.lifecycle.cancel import CANCELLED
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.organization import (
    addressable,
    located,
    refuse_pending_deletion,
)
from posthog_pulumi.models.lookups import ListedProject
from posthog_pulumi.models.project import RemoteProject

_AT_ONCE: Final = 8
"""Requests; PostHog allows eight in a second."""

_WHAT_THERE_IS: Final = (
    "Without --project and --all this command lists the projects that the credential sees, with"
    " --organization those of another organization."
)


def home(on: Connection) -> str | None:
    """UUID of the organization that the configuration names; None if it is not known."""
    found = _addressable(on, None)
    return None if found == CURRENT_ORGANIZATION else found


def listed(on: Connection, organization_id: str | None) -> list[ListedProject[SecretStr]]:
    """The organization's projects, in the order of their ids."""
    return sorted(lookups.projects(on, organization_id, ""), key=lambda project: project.id)


def projects(
    on: Connection, organization_id: str | None, ids: Sequence[str]
) -> Iterator[RemoteProject]:
    """These projects in full and in this order; one may be in another organization."""
    where = _addressable(on, organization_id)

    def read(id_: str) -> RemoteProject:
        with concerning(f"project {id_} was not read"):
            try:
                return located(on, where, id_)
            except (NotFoundError, ProjectNotVisibleError) as error:
                error.advice = _WHAT_THERE_IS
                raise

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        yield from pool.map(read, ids)
    except KeyboardInterrupt:
        CANCELLED.set()  # whoever waits for a rate limit stops
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _addressable(on: Connection, organization_id: str | None) -> str:
    """What to put into a path; a key limited to single projects may not ask what @current is."""
    try:
        return addressable(on, organization_id)
    except PermissionDeniedError:
        if (organization_id or on.config.organization_id) == CURRENT_ORGANIZATION:
            return CURRENT_ORGANIZATION
        raise


def refuse_pending(project: RemoteProject) -> RemoteProject:
    """The project, unless PostHog is about to delete it."""
    with concerning(f"project {project.id} was not imported"):
        refuse_pending_deletion(project)
    return project
