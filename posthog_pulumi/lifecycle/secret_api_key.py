"""A secret API key's create, read, update and delete; PostHog shows its value only once."""

import secrets
import string
from contextlib import suppress

from posthog_pulumi.client.secret_api_keys import NewSecretApiKey, RemoteSecretApiKey
from posthog_pulumi.errors import NotFoundError, PermissionDeniedError, RefusedError, concerning
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import ATTEMPTS, once
from posthog_pulumi.lifecycle.organization import find
from posthog_pulumi.models.secret_api_key import (
    SUFFIX_LENGTH,
    ProjectSecretApiKeyInputs,
    ProjectSecretApiKeyState,
)


def create(
    on: Connection, wanted: ProjectSecretApiKeyInputs
) -> tuple[str, ProjectSecretApiKeyState]:
    """Make a key beside the one it may replace; labels are unique, so a suffix tells them apart."""
    with concerning(_subject(wanted, "created")):
        key = _make(on, wanted)
    facts = {
        "label_in_posthog": key.label,
        "mask_value": key.mask_value or "",
        "created_at": key.created_at,
        "value": key.value,
    }
    return key.id, ProjectSecretApiKeyState.of(wanted, facts)


def read(
    on: Connection, key_id: str, state: ProjectSecretApiKeyState
) -> ProjectSecretApiKeyState | None:
    """The key as PostHog has it, with the value from the state; None if it is gone."""
    with concerning(_subject(state, "read")):
        try:
            key = on.client.secret_api_keys.retrieve(state.project_id, key_id)
        except NotFoundError:
            _make_sure_it_is_gone(on, state.project_id)
            return None
    return ProjectSecretApiKeyState.of(
        state,
        {
            "label": key.label.removesuffix(state.suffix),
            "label_in_posthog": key.label,
            "scopes": key.scopes,
            "mask_value": key.mask_value or "",
            "created_at": key.created_at,
            "value": state.value,
            "superseded": state.superseded or (key.mask_value or "") != state.mask_value,
        },
    )


def update(
    on: Connection,
    key_id: str,
    state: ProjectSecretApiKeyState,
    wanted: ProjectSecretApiKeyInputs,
) -> ProjectSecretApiKeyState:
    """Change label and scopes; the value stays."""
    label = f"{wanted.label}{state.suffix}"
    wanted_now = {"label": label, "scopes": wanted.scopes}
    recorded = {"label": state.label_in_posthog, "scopes": state.scopes}
    changed = {name: value for name, value in wanted_now.items() if value != recorded[name]}

    def look() -> RemoteSecretApiKey | None:
        key = on.client.secret_api_keys.retrieve(state.project_id, key_id)
        arrived = (key.label, sorted(key.scopes)) == (label, wanted.scopes)
        return key if arrived else None

    if changed:
        with concerning(_subject(wanted, "updated")):
            once(
                on,
                lambda: on.client.secret_api_keys.update(state.project_id, key_id, changed),
                look,
                "Run `pulumi refresh` and then `pulumi up` in a minute.",
            )
    facts = state.model_dump(include={"mask_value", "created_at", "value"})
    return ProjectSecretApiKeyState.of(wanted, {**facts, "label_in_posthog": label})


def delete(on: Connection, key_id: str, state: ProjectSecretApiKeyState) -> None:
    """Delete the key; one already gone counts as deleted."""

    def make() -> bool:
        on.client.secret_api_keys.delete(state.project_id, key_id)
        return True

    def gone() -> bool | None:
        try:
            on.client.secret_api_keys.retrieve(state.project_id, key_id)
        except NotFoundError:
            return True
        return None

    with concerning(_subject(state, "deleted")), suppress(NotFoundError):
        once(on, make, gone, "It may be gone in a minute: run the command again.")


def _make_sure_it_is_gone(on: Connection, project_id: str) -> None:
    """A key's 404 means that the key is gone only where its project can be read, or is gone too.

    Raises:
        ProjectNotVisibleError: Whether it is gone is not known.
    """
    try:
        next(on.client.secret_api_keys.list(project_id), None)
    except (NotFoundError, PermissionDeniedError):
        find(on, None, project_id)


def _make(on: Connection, wanted: ProjectSecretApiKeyInputs) -> NewSecretApiKey:
    """Make a key; one whose value was lost with the response is deleted, and another is made.

    Nobody else has its label, so it is not mistaken for another.
    """
    for _ in range(ATTEMPTS):
        made = _one(on, wanted, f"{wanted.label}-{_suffix()}")
        if isinstance(made, NewSecretApiKey):
            return made
        with concerning(
            f"the secret API key {made.label!r}, whose value was lost, was not deleted"
        ):
            on.client.secret_api_keys.delete(wanted.project_id, made.id)
    raise RefusedError(
        f"PostHog's response was lost {ATTEMPTS} times, and each key it made was deleted.",
        advice="Check the network and any proxy, then run `pulumi up` again.",
    )


def _one(on: Connection, wanted: ProjectSecretApiKeyInputs, label: str) -> RemoteSecretApiKey:
    keys, project_id = on.client.secret_api_keys, wanted.project_id

    def look() -> RemoteSecretApiKey | None:
        return next((key for key in keys.list(project_id) if key.label == label), None)

    return once(
        on,
        lambda: keys.create(project_id, label, wanted.scopes),
        look,
        f"A key labelled {label!r} may come to exist, whose value nobody knows: delete it in"
        " PostHog, then run `pulumi up` again.",
    )


def _suffix() -> str:
    alphabet = string.ascii_lowercase + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(SUFFIX_LENGTH))


def _subject(key: ProjectSecretApiKeyInputs, done: str) -> str:
    return f"the secret API key {key.label!r} of project {key.project_id} was not {done}"
