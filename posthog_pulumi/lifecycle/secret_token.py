"""A secret token's create, read, update and delete: two live ones until everyone has moved."""

from datetime import UTC, datetime

from pydantic import SecretStr

from posthog_pulumi.errors import NotFoundError, concerning
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import mint_once
from posthog_pulumi.lifecycle.organization import addressable, find, refuse_the_dying, resolve
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs, ProjectSecretTokenState
from posthog_pulumi.plan.rotation import Disposal, disposal


def create(on: Connection, wanted: ProjectSecretTokenInputs) -> tuple[str, ProjectSecretTokenState]:
    """Rotate: the token before becomes the backup and keeps working.

    If the token that is being replaced already is the backup, PostHog was rotated since the state
    was written (by hand, or by a rotation whose answer never arrived). Rotating again would end
    it while it is in use, so the current token is adopted.
    """
    with concerning(_subject(wanted.project_id, "rotated")):
        where = addressable(on, wanted.organization_id)
        before = on.client.projects.retrieve(where, wanted.project_id)
        refuse_the_dying(before)
        replaced = on.replaced_tokens.pop(wanted.project_id, None)
        if replaced is not None and replaced == _text(before.secret_api_token_backup):
            after = before
        else:
            after = _rotate(on, before)
        if wanted.keep_previous:
            on.kept_tokens.add(_text(after.secret_api_token_backup))
        state = _state(wanted, after)
    return f"{wanted.project_id}/{state.rotated_at:%Y-%m-%dT%H:%M:%SZ}", state


def read(on: Connection, state: ProjectSecretTokenState) -> ProjectSecretTokenState | None:
    """The same token, flagged if PostHog has another current one; None if there is none at all.

    The old half of an unfinished rotation is read too: its token must stay, or its deletion would
    end the wrong one.
    """
    with concerning(_subject(state.project_id, "read")):
        project = find(on.client, state.organization, state.project_id)
    if project is None or project.is_pending_deletion or project.secret_api_token is None:
        return None
    superseded = project.secret_api_token != state.token
    facts = {"superseded": superseded, "organization": project.organization}
    return state.model_copy(update=facts)


def update(
    on: Connection, state: ProjectSecretTokenState, wanted: ProjectSecretTokenInputs
) -> ProjectSecretTokenState:
    """Remember the arguments; a superseded token is exchanged for PostHog's current one."""
    with concerning(_subject(state.project_id, "updated")):
        organization = state.organization
        if wanted.organization_id and wanted.organization_id != state.organization_id:
            organization = resolve(on.client, wanted.organization_id)
        if state.superseded:
            project = on.client.projects.retrieve(organization, state.project_id)
            refuse_the_dying(project)
            return _state(wanted, project)
    facts = {"organization": organization, "token": state.token, "rotated_at": state.rotated_at}
    return ProjectSecretTokenState.of(wanted, facts)


def delete(on: Connection, state: ProjectSecretTokenState) -> None:
    """End the token, whichever of the two it now is; one that PostHog no longer has is ended."""
    with concerning(_subject(state.project_id, "revoked")):
        project = find(on.client, state.organization, state.project_id)
        if project is None or project.is_pending_deletion:
            return
        what = disposal(
            state,
            current=_text(project.secret_api_token),
            backup=_text(project.secret_api_token_backup),
            kept=state.token.get_secret_value() in on.kept_tokens,
        )
        if what is Disposal.REVOKE:
            project = _rotate(on, project)
        if what is not Disposal.NOTHING:
            on.client.projects.delete_secret_token_backup(project.organization, state.project_id)


def _rotate(on: Connection, before: RemoteProject) -> RemoteProject:
    return mint_once(
        on,
        before,
        lambda: on.client.projects.rotate_secret_token(before.organization, str(before.id)),
        lambda project: project.secret_api_token,
    )


def _state(wanted: ProjectSecretTokenInputs, project: RemoteProject) -> ProjectSecretTokenState:
    if project.secret_api_token is None:
        raise NotFoundError("PostHog has no secret token for it any more.")
    now = datetime.now(UTC)
    return ProjectSecretTokenState.of(
        wanted,
        {
            "organization": project.organization,
            "token": project.secret_api_token,
            "rotated_at": now,
        },
    )


def _text(token: SecretStr | None) -> str:
    return token.get_secret_value() if token else ""


def _subject(project_id: str, done: str) -> str:
    return f"the secret token of project {project_id} was not {done}"
