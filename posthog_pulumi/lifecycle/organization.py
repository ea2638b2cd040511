"""Which organization is meant, and which one a project is in."""

from contextlib import suppress
from uuid import UUID

from posthog_pulumi.client import PostHogClient
from posthog_pulumi.config import CURRENT_ORGANIZATION
from posthog_pulumi.errors import (
    ConfigurationError,
    DeletionPendingError,
    NotFoundError,
    PermissionDeniedError,
    PostHogError,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.models.project import ProjectState, RemoteProject


def is_uuid(text: str) -> bool:
    """Whether PostHog takes the text as an organization's id without a look-up."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def resolve(client: PostHogClient, spelling: str) -> str:
    """The UUID behind a UUID, a slug or ``@current``; the first costs no request.

    Raises:
        ConfigurationError: No organization that the credential can see has that slug.
    """
    if is_uuid(spelling):
        return spelling.lower()
    if spelling == CURRENT_ORGANIZATION:
        return client.organizations.retrieve().id
    found = client.organizations.id_of(spelling)
    if found is None:
        raise ConfigurationError(
            f"this credential sees no organization with the slug {spelling!r}.",
            advice="Set organization_id to its UUID, which PostHog shows under Settings >"
            " Organization.",
        )
    return found


def addressable(on: Connection, spelling: str | None) -> str:
    """What to put into a path for what a program, or else the configuration, says.

    ``@current`` is understood there, a slug is not.
    """
    meant = spelling or on.config.organization_id
    return meant if meant == CURRENT_ORGANIZATION else resolve(on.client, meant)


def find(client: PostHogClient, organization_id: str, project_id: str) -> RemoteProject | None:
    """The project, wherever it now is; None only if it is surely gone.

    PostHog answers 404 as well for an organization that the credential no longer sees, and for a
    project that somebody moved to another organization.

    Raises:
        NotFoundError: The credential does not see the organization.
    """
    with suppress(NotFoundError):
        return client.projects.retrieve(organization_id, project_id)
    visible = _visible(client)
    for other in visible - {organization_id}:
        with suppress(NotFoundError, PermissionDeniedError):
            return client.projects.retrieve(other, project_id)
    if organization_id not in visible and not any(client.projects.list(organization_id)):
        client.organizations.retrieve(organization_id)
    return None


def _visible(client: PostHogClient) -> set[str]:
    """The organizations to look in; the current one if the key lacks ``organization:read``."""
    try:
        return {item.id for item in client.organizations.list()}
    except PermissionDeniedError:
        return {CURRENT_ORGANIZATION}


def move(client: PostHogClient, state: ProjectState, project_id: str, target: str) -> RemoteProject:
    """Move the project to the organization with the UUID ``target``.

    An earlier try may have moved it and failed afterwards, or its answer may have been lost.
    """
    try:
        return client.projects.change_organization(state.organization, project_id, target)
    except PostHogError as error:
        if not (error.may_have_been_done or isinstance(error, NotFoundError)):
            raise
        with suppress(NotFoundError):
            return client.projects.retrieve(target, project_id)
        raise


def refuse_the_dying(project: RemoteProject) -> None:
    """PostHog would still change a project that it is about to delete; a user would not."""
    if project.is_pending_deletion:
        raise DeletionPendingError("PostHog is deleting it.")
