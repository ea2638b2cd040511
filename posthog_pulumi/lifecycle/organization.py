"""Which organization is meant, and which one a project is in."""

from contextlib import suppress
from uuid import UUID

from posthog_pulumi.config import CURRENT_ORGANIZATION
from posthog_pulumi.errors import (
    ConfigurationError,
    DeletionPendingError,
    NotFoundError,
    PermissionDeniedError,
    ProjectNotVisibleError,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import once
from posthog_pulumi.models.lookups import ADMINISTRATOR
from posthog_pulumi.models.project import RemoteProject


def is_uuid(text: str) -> bool:
    """Whether PostHog takes the text as an organization's id without a look-up."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def addressable(on: Connection, spelling: str | None) -> str:
    """What to put into a path for what a program, or else the configuration, says."""
    return resolve(on, spelling or on.config.organization_id)


def resolve(on: Connection, spelling: str) -> str:
    """The UUID behind a UUID, a slug or ``@current``; looked up once per run.

    What ``@current`` means may move while the run goes on. Only a key that can see neither the
    organization nor a project of it keeps ``@current`` as it is, which PostHog takes in a path.

    Raises:
        ConfigurationError: No organization that the credential can see has that slug.
    """
    if is_uuid(spelling):
        return spelling.lower()
    known = on.memory.organizations
    with on.memory.resolving:
        if spelling == CURRENT_ORGANIZATION and spelling not in known:
            known[spelling] = _current(on)
        elif spelling not in known:
            known.update({item.slug: item.id for item in on.client.organizations.list()})
    if spelling not in known:
        raise ConfigurationError(
            f"this credential sees no organization with the slug {spelling!r}.",
            advice="Set organization_id to its UUID, which PostHog shows under Settings >"
            " Organization.",
        )
    return known[spelling]


def _current(on: Connection) -> str:
    with suppress(PermissionDeniedError):
        return on.client.organizations.retrieve().id
    found = next(on.client.projects.list(CURRENT_ORGANIZATION), None)
    return found.organization if found else CURRENT_ORGANIZATION


def find(on: Connection, organization_id: str | None, project_id: str) -> RemoteProject | None:
    """The project, wherever it now is; None only if it is certainly gone.

    PostHog responds 404 as well for an organization or a private project that the credential does
    not see, and for a project that somebody moved. Dropping a living project from the state would
    lead to a second one.

    Args:
        on: The connection.
        organization_id: UUID of the organization on record, or None if there is none.
        project_id: The project.

    Raises:
        ProjectNotVisibleError: This credential does not show whether it is gone.
    """
    if organization_id is not None:
        with suppress(NotFoundError):
            return on.client.projects.retrieve(organization_id, project_id)
    try:
        levels = {item.id: item.membership_level or 0 for item in on.client.organizations.list()}
    except PermissionDeniedError:
        raise ProjectNotVisibleError(
            "PostHog does not find it, and without the scope organization:read nobody can tell"
            " whether it was deleted or moved."
        ) from None
    for other in levels.keys() - {organization_id}:
        with suppress(NotFoundError, PermissionDeniedError):
            return on.client.projects.retrieve(other, project_id)
    held = levels if organization_id is None else {organization_id: levels.get(organization_id, 0)}
    if min(held.values(), default=0) >= ADMINISTRATOR:
        return None
    raise ProjectNotVisibleError(
        "PostHog does not find it, and the credential's owner is not an administrator of its"
        " organization, so it may be hidden."
    )


def located(on: Connection, organization_id: str, project_id: str) -> RemoteProject:
    """The project, wherever it now is.

    Raises:
        NotFoundError: It does not exist.
        ProjectNotVisibleError: Whether it exists is not known.
    """
    project = find(on, organization_id, project_id)
    if project is None:
        raise NotFoundError("PostHog does not have the project.")
    return project


def move(on: Connection, organization_id: str, project_id: str, target: str) -> RemoteProject:
    """Move the project to the organization with the UUID ``target``.

    An earlier try may have moved it and failed afterwards, or its response may have been lost.
    """

    def there() -> RemoteProject | None:
        with suppress(NotFoundError):
            return on.client.projects.retrieve(target, project_id)
        return None

    try:
        return once(
            on,
            lambda: on.client.projects.change_organization(organization_id, project_id, target),
            there,
            "It may have been moved: run `pulumi refresh` and then `pulumi up` in a minute.",
        )
    except NotFoundError:
        moved = there()
        if moved is None:
            raise
        return moved


def refuse_pending_deletion(project: RemoteProject) -> None:
    """PostHog would still change a project that it is about to delete; a user would not."""
    if project.is_pending_deletion:
        raise DeletionPendingError("PostHog is deleting it.")
