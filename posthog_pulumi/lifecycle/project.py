"""A project's create, read, update and delete, as the engine asks for them."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from posthog_pulumi.errors import (
    DataGuardError,
    DeletionPendingError,
    NotFoundError,
    PostHogError,
    SettingIgnoredError,
    concerning,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.create import make
from posthog_pulumi.lifecycle.demo import wait_for_demo_data
from posthog_pulumi.lifecycle.once import mint_once
from posthog_pulumi.lifecycle.organization import (
    addressable,
    find,
    move,
    refuse_the_dying,
    resolve,
)
from posthog_pulumi.models.project import ProjectInputs, ProjectState, RemoteProject
from posthog_pulumi.plan import project as plan
from posthog_pulumi.plan.rotation import fired

_LOGGER: Final = logging.getLogger(__name__)


def create(on: Connection, wanted: ProjectInputs) -> tuple[str, ProjectState]:
    """Make the project; its id and state.

    Once it exists it must be recorded, so whatever fails after that is a warning: the state then
    holds PostHog's values, and the next preview shows what is left to do.
    """
    with concerning(f"project {wanted.name!r} was not created"):
        organization_id = addressable(on, wanted.organization_id)
        project = make(on, organization_id, plan.create_body(wanted))
    project = _finish(on, project, wanted)
    return str(project.id), _state(project, wanted)


def _finish(on: Connection, made: RemoteProject, wanted: ProjectInputs) -> RemoteProject:
    """Send what a create request cannot set, and say what PostHog did not take."""
    missing = plan.unheeded(made.settings, wanted.declared())
    try:
        project = _bring(on, made.organization, str(made.id), made.settings, missing) or made
    except Exception as error:  # noqa: BLE001  # even a bug must not make an orphan of the project
        _LOGGER.warning("%s was created, but not all of it was set: %s", _name(made), error)
        return _as_it_is(on, made)
    if ignored := plan.unheeded(project.settings, wanted.declared()):
        text = f"{_ignored(project, ignored)} {SettingIgnoredError.advice}"
        _LOGGER.warning("%s: %s", _name(made), text)
    if wanted.is_demo and wanted.wait_for_demo_data:
        _wait(on, project)
    return project


def _as_it_is(on: Connection, made: RemoteProject) -> RemoteProject:
    with suppress(PostHogError):
        return on.client.projects.retrieve(made.organization, str(made.id))
    return made


def _wait(on: Connection, project: RemoteProject) -> None:
    try:
        wait_for_demo_data(on, project)
    except PostHogError as error:
        text = "%s was created, but its demo data was not waited for: %s"
        _LOGGER.warning(text, _name(project), error)


def read(on: Connection, project_id: str, state: ProjectState) -> ProjectState | None:
    """The project as it is; None if it is gone or on its way out."""
    with concerning(f"{_recorded_name(state, project_id)} was not read"):
        project = find(on.client, state.organization, project_id)
    if project is None or project.is_pending_deletion:
        return None
    return state.refreshed(project, _options_now(project, state))


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
        refuse_the_dying(project)
    return ProjectState.of_get(project)


def update(
    on: Connection, project_id: str, state: ProjectState, wanted: ProjectInputs
) -> ProjectState:
    """Bring the project to what the program declares now; the id, data and tokens stay."""
    with concerning(f"project {wanted.name!r} ({project_id}) was not updated"):
        project = _move(on, project_id, state, wanted)
        organization_id = project.organization if project else state.organization
        body = plan.update_body(state, wanted)
        project = (
            _bring(on, organization_id, project_id, state.settings, body)
            or project
            or on.client.projects.retrieve(organization_id, project_id)
        )
        refuse_the_dying(project)
        ignored = plan.unheeded(project.settings, body)
        if ignored.keys() & wanted.declared().keys():
            raise SettingIgnoredError(_ignored(project, ignored))
        if ignored:
            _LOGGER.warning("%s: %s", _name(project), _ignored(project, ignored))
        if fired(_trigger(state.options), _trigger(wanted.options())):
            project = _reset_api_token(on, project)
    return _state(project, wanted)


def _trigger(options: Mapping[str, Any]) -> object:
    return options.get("rotate_api_token_when_changed")


def _reset_api_token(on: Connection, before: RemoteProject) -> RemoteProject:
    """Last of all, so that nothing can fail between the new token and the state."""
    return mint_once(
        on,
        before,
        lambda: on.client.projects.reset_token(before.organization, str(before.id)),
        lambda project: project.api_token,
    )


def _move(
    on: Connection, project_id: str, state: ProjectState, wanted: ProjectInputs
) -> RemoteProject | None:
    """Move the project if the program names another organization, not just another spelling."""
    spelling = wanted.organization_id
    if spelling is None or spelling == state.options.get("organization_id"):
        return None
    target = resolve(on.client, spelling)
    return None if target == state.organization else move(on.client, state, project_id, target)


def delete(on: Connection, project_id: str, state: ProjectState) -> None:
    """Delete the project; one already gone, or on its way out, counts as deleted."""
    force_destroy = state.options.get("force_destroy", on.config.force_destroy)
    with concerning(f"{_recorded_name(state, project_id)} was not deleted"):
        project = find(on.client, state.organization, project_id)
        if project is None or project.is_pending_deletion:
            return
        if plan.may_lose_data(ingested_event=project.ingested_event, force_destroy=force_destroy):
            raise DataGuardError("it holds events.")
        with suppress(NotFoundError, DeletionPendingError):
            on.client.projects.delete(project.organization, project_id)


def _bring(
    on: Connection,
    organization_id: str,
    project_id: str,
    settings: Mapping[str, Any],
    body: dict[str, Any],
) -> RemoteProject | None:
    """PATCH the settings to what is in ``body``; None if there was nothing to send."""
    project = None
    for patch in plan.patches(settings, body):
        project = on.client.projects.update(organization_id, project_id, patch)
    again = plan.to_clear_again(project.settings, body) if project else {}
    for patch in plan.patches(project.settings if project else {}, again):
        project = on.client.projects.update(organization_id, project_id, patch)
    return project


def _ignored(project: RemoteProject, sent: Mapping[str, Any]) -> str:
    return f"PostHog took the request, but {plan.both_values(project.settings, sent)}."


def _name(project: RemoteProject) -> str:
    return f"project {project.settings.get('name')!r} ({project.id})"


def _recorded_name(state: ProjectState, project_id: str) -> str:
    return f"project {state.settings.get('name')!r} ({project_id})"


def _state(project: RemoteProject, wanted: ProjectInputs) -> ProjectState:
    return ProjectState.of(project, wanted.options(), wanted.declared())
