"""A secret API key's create, read, update and delete; PostHog tells its value only once."""

import secrets
import string

from posthog_pulumi.client.secret_api_keys import RemoteSecretApiKey
from posthog_pulumi.errors import NotFoundError, concerning
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import once
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
    changed = {
        name: value
        for name, value, recorded in (
            ("label", label, state.label_in_posthog),
            ("scopes", wanted.scopes, state.scopes),
        )
        if value != recorded
    }
    if changed:
        with concerning(_subject(wanted, "updated")):
            on.client.secret_api_keys.update(state.project_id, key_id, changed)
    facts = state.model_dump(include={"mask_value", "created_at", "value"})
    return ProjectSecretApiKeyState.of(wanted, {**facts, "label_in_posthog": label})


def delete(on: Connection, key_id: str, state: ProjectSecretApiKeyState) -> None:
    """Delete the key; one already gone counts as deleted."""
    with concerning(_subject(state, "deleted")):
        try:
            on.client.secret_api_keys.delete(state.project_id, key_id)
        except NotFoundError:
            return


def _make(on: Connection, wanted: ProjectSecretApiKeyInputs) -> RemoteSecretApiKey:
    keys, labels = on.client.secret_api_keys, [""]

    def make() -> RemoteSecretApiKey:
        labels.append(f"{wanted.label}-{_suffix()}")
        return keys.create(wanted.project_id, labels[-1], wanted.scopes)

    def delete_lost() -> None:
        """Delete the key whose value was lost with the answer; nobody else has its label."""
        for key in keys.list(wanted.project_id):
            if key.label == labels[-1]:
                keys.delete(wanted.project_id, key.id)

    return once(on, make, delete_lost)


def _suffix() -> str:
    alphabet = string.ascii_lowercase + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(SUFFIX_LENGTH))


def _subject(key: ProjectSecretApiKeyInputs, done: str) -> str:
    return f"the secret API key {key.label!r} of project {key.project_id} was not {done}"
