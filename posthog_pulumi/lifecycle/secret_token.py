"""A secret token's create, read, update and delete: two live ones until everyone has moved.

What a run remembers between ``diff``, ``create`` and ``delete`` is in ``lifecycle.memory``; what a
later run must know is in the state.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from posthog_pulumi.errors import (
    ProjectNotVisibleError,
    RefusedError,
    concerning,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.organization import (
    addressable,
    find,
    located,
    refuse_pending_deletion,
    resolve,
)
from posthog_pulumi.lifecycle.rotate import delete_backup, fingerprints, rotate
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.models.secret_token import (
    ProjectSecretTokenInputs,
    ProjectSecretTokenState,
    fingerprint,
)
from posthog_pulumi.plan.rotation import Creation, Disposal, creation, disposal, fired

_LOGGER: Final = logging.getLogger(__name__)

_MAY_BE_ROTATED: Final = (
    "It may be rotated in a minute: run `pulumi refresh` and then `pulumi up`, which takes over the"
    " token that PostHog then has; both tokens work until everyone has moved."
)


def create(on: Connection, wanted: ProjectSecretTokenInputs) -> tuple[str, ProjectSecretTokenState]:
    """Mint, take over or rotate, so that no token that somebody may use ends.

    Raises:
        RefusedError: Rotating would end a backup that may be in use.
    """
    rotation = on.memory.rotation(wanted.project_id)
    with concerning(_subject(wanted.project_id, "rotated")):
        project = located(on, addressable(on, wanted.organization_id), wanted.project_id)
        refuse_pending_deletion(project)
        what = creation(rotation.replaced, *fingerprints(project))
        if what in {Creation.UNFINISHED, Creation.FOREIGN_BACKUP}:
            raise _refusal(what)
        if what is Creation.TAKE_OVER:
            state = _taken_over(wanted, rotation.replaced, project)
        else:
            after = rotate(on, project, _MAY_BE_ROTATED)
            state = _minted(wanted, rotation.replaced, project, after)
    rotation.hold(state)
    return _id(state), state


def take_over(
    wanted: ProjectSecretTokenInputs, project: RemoteProject
) -> tuple[str, ProjectSecretTokenState]:
    """The id and state of the secret token that the project has, with nothing rotated."""
    state = _taken_over(wanted, None, project)
    return _id(state), state


def _id(state: ProjectSecretTokenState) -> str:
    return f"{state.project_id}/{state.rotated_at:%Y-%m-%dT%H:%M:%SZ}"


def _refusal(what: Creation) -> RefusedError:
    if what is Creation.FOREIGN_BACKUP:
        return RefusedError(
            "PostHog keeps an older secret token as the backup, which this program did not make,"
            " and a rotation would end it.",
            advice="If nobody uses it, delete the backup in PostHog first; then run `pulumi up`.",
        )
    return RefusedError(
        "the rotation before this one is not finished: somebody may still use the token before,"
        " which is the backup now, and another rotation would end it.",
        advice="Run `pulumi up` with rotate_when_changed as it was (by age: with a larger"
        " rotate_after_days), then rotate again; if that changes nothing and nobody uses the"
        " backup, delete it in PostHog.",
    )


def _minted(
    wanted: ProjectSecretTokenInputs,
    replaced: ProjectSecretTokenState | None,
    before: RemoteProject,
    after: RemoteProject,
) -> ProjectSecretTokenState:
    """The token of our own rotation; somebody else's, seen in its place, is taken over."""
    current, _ = fingerprints(before)
    _, backup = fingerprints(after)
    if backup != current:
        return _taken_over(wanted, replaced, after)
    facts = {
        "armed": wanted.rotate_when_changed,
        "previous": current,
        "previous_kept": bool(replaced and replaced.keep_previous),
    }
    return _state(wanted, after, facts)


def _taken_over(
    wanted: ProjectSecretTokenInputs,
    replaced: ProjectSecretTokenState | None,
    project: RemoteProject,
) -> ProjectSecretTokenState:
    """PostHog's current token; a trigger that has fired stays as it was armed, and fires again."""
    if replaced is None:
        return _state(wanted, project, {"armed": wanted.rotate_when_changed})
    _, backup = fingerprints(project)
    ours = backup == replaced.fingerprint
    armed = wanted.rotate_when_changed
    if fired(replaced.armed, armed):
        armed = replaced.armed
        _LOGGER.warning(
            "the secret token of project %s was rotated since, by hand or by a run that did not"
            " finish: this run takes over PostHog's current one, and the next `pulumi up` rotates"
            " it",
            wanted.project_id,
        )
    facts = {
        "armed": armed,
        "previous": replaced.fingerprint if ours else replaced.previous,
        "previous_kept": bool(replaced.keep_previous) if ours else replaced.previous_kept,
    }
    return _state(wanted, project, facts)


def read(on: Connection, state: ProjectSecretTokenState) -> ProjectSecretTokenState | None:
    """The same token, flagged if PostHog has another current one; None if there is none at all.

    The old half of an unfinished rotation is read too: its token must stay, or its deletion would
    end the wrong one.
    """
    with concerning(_subject(state.project_id, "read")):
        project = find(on, state.organization, state.project_id)
    if project is None or project.is_pending_deletion or project.secret_api_token is None:
        return None
    superseded = fingerprint(project.secret_api_token) != state.fingerprint
    facts = {"superseded": superseded, "organization": project.organization}
    return state.model_copy(update=facts)


def update(
    on: Connection, state: ProjectSecretTokenState, wanted: ProjectSecretTokenInputs
) -> ProjectSecretTokenState:
    """Remember the arguments: the first trigger arms, and one that is removed is forgotten."""
    with concerning(_subject(state.project_id, "updated")):
        organization = state.organization
        if wanted.organization_id and wanted.organization_id != state.organization_id:
            organization = resolve(on, wanted.organization_id)
    facts = state.model_dump(include={"token", "rotated_at", "previous", "previous_kept"})
    armed = wanted.rotate_when_changed
    updated = ProjectSecretTokenState.of(
        wanted, {**facts, "organization": organization, "armed": armed}
    )
    on.memory.rotation(state.project_id).hold(updated)
    return updated


def delete(on: Connection, state: ProjectSecretTokenState) -> None:
    """End the token if it is this program's to end; one that PostHog no longer has is ended."""
    subject = _subject(state.project_id, "revoked")
    try:
        with concerning(subject):
            project = find(on, state.organization, state.project_id)
    except ProjectNotVisibleError as error:
        text = "%s: %s If the project exists, delete its secret token in PostHog."
        _LOGGER.warning(text, subject, error.what)
        return
    if project is None or project.is_pending_deletion:
        return
    rotation = on.memory.rotation(state.project_id)
    replaced = rotation.replaced and rotation.replaced.fingerprint
    what = disposal(
        state,
        *fingerprints(project),
        held=state.fingerprint in rotation.held,
        old_half=state.fingerprint in {replaced, *rotation.previous},
    )
    with concerning(subject):
        if what is Disposal.LEAVE:
            _LOGGER.warning(
                "%s: PostHog keeps a backup that this program did not make, and revoking the"
                " current token would end it; both are left alive. Delete in PostHog what nobody"
                " uses.",
                subject,
            )
        if what is Disposal.REVOKE:
            project = rotate(on, project)
        if what in {Disposal.REVOKE, Disposal.DELETE_BACKUP}:
            delete_backup(on, project, state.fingerprint)


def _state(
    wanted: ProjectSecretTokenInputs, project: RemoteProject, facts: Mapping[str, Any]
) -> ProjectSecretTokenState:
    return ProjectSecretTokenState.of(
        wanted,
        {
            "organization": project.organization,
            "token": project.secret_api_token,
            "rotated_at": datetime.now(UTC),
            **facts,
        },
    )


def _subject(project_id: str, done: str) -> str:
    return f"the secret token of project {project_id} was not {done}"
