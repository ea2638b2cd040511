"""A project's read, update and delete, as the engine asks for them."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from posthog_pulumi.errors import (
    DataGuardError,
    DeletionPendingError,
    NotFoundError,
    ProjectNotVisibleError,
    SettingIgnoredError,
    concerning,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import mint_once, once
from posthog_pulumi.lifecycle.organization import (
    addressable,
    find,
    move,
    refuse_pending_deletion,
    resolve,
)
from posthog_pulumi.lifecycle.settings import bring, ignored_text
from posthog_pulumi.models.project import ProjectInputs, ProjectState, RemoteProject
from posthog_pulumi.plan import project as plan
from posthog_pulumi.properties import for_project

_LOGGER: Final = logging.getLogger(__name__)


def read(on: Connection, project_id: str, state: ProjectState) -> ProjectState | None:
    """The project as it is; None if it is gone or on its way out."""
    with concerning(f"{_recorded_name(state, project_id)} was not read"):
        project = _find(on, state, project_id)
    if project is None or project.is_pending_deletion:
        return None
    return state.refreshed(project, _options_now(project, state))


def _find(on: Connection, state: ProjectState, project_id: str) -> RemoteProject | None:
    on.memory.projects.add(int(project_id))
    return find(on, state.organization, project_id)


def _options_now(project: RemoteProject, state: ProjectState) -> dict[str, Any]:
    """The recorded arguments; a declared organization that it was moved out of is drift."""
    if project.organization == state.organization or "organization_id" not in state.options:
        return state.options
    return {**state.options, "organization_id": project.organization}


def get(on: Connection, project_id: str, inputs: Mapping[str, Any]) -> ProjectState:
    """A project that the program only looks at; it must exist."""
    with concerning(f"project {project_id} was not found"):
        organization_id = addressable(on, inputs.get("organization_id"))
        project = on.client.projects.retrieve(organization_id, project_id)
        refuse_pending_deletion(project)
    on.memory.projects.add(project.id)
    return ProjectState.of_get(project)


def update(
    on: Connection, project_id: str, state: ProjectState, wanted: ProjectInputs
) -> ProjectState:
    """Bring the project to what the program declares now; the id, data and tokens stay."""
    on.memory.projects.add(int(project_id))
    with concerning(f"project {wanted.name!r} ({project_id}) was not updated"):
        project = _move(on, project_id, state, wanted)
        organization_id = project.organization if project else state.organization
        body = plan.update_body(state, wanted)
        project = (
            bring(on, organization_id, project_id, state.settings, body)
            or project
            or on.client.projects.retrieve(organization_id, project_id)
        )
        refuse_pending_deletion(project)
        ignored = plan.not_applied(project.settings, body)
        if ignored.keys() & wanted.declared().keys():
            raise SettingIgnoredError(ignored_text(project, ignored))
        if ignored:
            name = f"project {wanted.name!r} ({project_id})"
            text = "%s: %s If that matters, change it in PostHog."
            _LOGGER.warning(text, name, ignored_text(project, ignored))
        if plan.resets_api_token(state, wanted):
            project = _reset_api_token(on, project)
    return ProjectState.of(project, wanted.options(), wanted.declared())


def _reset_api_token(on: Connection, before: RemoteProject) -> RemoteProject:
    """Last of all, so that nothing can fail between the new token and the state."""
    return mint_once(
        on,
        before,
        lambda: on.client.projects.reset_token(before.organization, str(before.id)),
        lambda project: project.api_token,
        "The API token may be another one in a minute: run `pulumi refresh` to see it; `pulumi up`"
        " resets it again.",
    )


def _move(
    on: Connection, project_id: str, state: ProjectState, wanted: ProjectInputs
) -> RemoteProject | None:
    """Move the project if the program names another organization, not just another spelling."""
    if not (plan.may_move(state, wanted) and wanted.organization_id):
        return None
    here, target = state.organization, resolve(on, wanted.organization_id)
    return None if target == here else move(on, here, project_id, target)


def delete(on: Connection, project_id: str, state: ProjectState) -> None:
    """Delete the project; one already gone, or on its way out, counts as deleted.

    With ``force_destroy`` applied it is one request. Without, the data guard looks first, and again
    after each wait, since the first event may arrive meanwhile.
    """
    name = _recorded_name(state, project_id)
    try:
        with concerning(f"{name} was not deleted"), suppress(DeletionPendingError, NotFoundError):
            if state.options.get("force_destroy", on.config.force_destroy):
                _delete_with_data(on, project_id, state)
            elif project := _find(on, state, project_id):
                _guard(project)
                _delete(on, project.organization, project_id, guarded=True)
    except ProjectNotVisibleError as error:
        text = "%s leaves the state, but may exist: %s If it does, delete it in PostHog."
        _LOGGER.warning(text, name, error.what)


def _delete_with_data(on: Connection, project_id: str, state: ProjectState) -> None:
    try:
        _delete(on, state.organization, project_id, guarded=False)
    except NotFoundError:
        if moved := _find(on, state, project_id):
            _delete(on, moved.organization, project_id, guarded=False)


def _guard(project: RemoteProject) -> None:
    """Refuse to delete a project that has ever taken an event."""
    refuse_pending_deletion(project)
    if plan.may_lose_data(ingested_event=project.ingested_event, force_destroy=False):
        advice = for_project(DataGuardError.advice, project.id)
        raise DataGuardError("it holds events.", advice=advice)


def _delete(on: Connection, organization_id: str, project_id: str, *, guarded: bool) -> None:
    def look() -> RemoteProject:
        return on.client.projects.retrieve(organization_id, project_id)

    def make() -> bool:
        recheck = (lambda: _guard(look())) if guarded else None
        on.client.projects.delete(organization_id, project_id, recheck)
        return True

    def gone() -> bool | None:
        try:
            return look().is_pending_deletion or None
        except NotFoundError:
            return True

    once(on, make, gone, "It may be gone in a minute: run `pulumi refresh`, then this again.")


def _recorded_name(state: ProjectState, project_id: str) -> str:
    return f"project {state.settings.get('name')!r} ({project_id})"
