"""What a program declares of tokens and keys, and what is recorded of them."""

from datetime import UTC, datetime
from typing import Any, Final

from pydantic import SecretStr

from posthog_pulumi.lifecycle import secret_api_key
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.models.secret_api_key import (
    ProjectSecretApiKeyInputs,
    ProjectSecretApiKeyState,
)
from posthog_pulumi.models.secret_token import (
    ProjectSecretTokenInputs,
    ProjectSecretTokenState,
    fingerprint,
)
from support.fake_posthog import ACME
from support.fake_posthog_secrets import MintingPostHog

ROTATED: Final = datetime(2026, 1, 1, tzinfo=UTC)


def token_wanted(**given: Any) -> ProjectSecretTokenInputs:
    """What a program declares of a secret token."""
    return ProjectSecretTokenInputs.model_validate({"project_id": "1", **given})


def token_state(**given: Any) -> ProjectSecretTokenState:
    """What is recorded of the secret token ``phs_0``."""
    facts = {"organization": ACME, "token": "phs_0", "rotated_at": ROTATED, "checked_at": ROTATED}
    return ProjectSecretTokenState.model_validate({"project_id": "1", **facts, **given})


def remembered(on: Connection, state: ProjectSecretTokenState) -> Connection:
    """The connection of a run whose ``diff`` said that this half must be replaced."""
    on.memory.rotation(state.project_id).replaced = state
    return on


def fingerprint_of(token: str) -> str:
    """What the state keeps of a token before."""
    return fingerprint(SecretStr(token)) or ""


def tokens(posthog: MintingPostHog) -> tuple[Any, Any]:
    """The current secret token of project 1 and the backup."""
    project = posthog.projects[1]
    return project["secret_api_token"], project["secret_api_token_backup"]


def key_wanted(**given: Any) -> ProjectSecretApiKeyInputs:
    """What a program declares of a secret API key."""
    return ProjectSecretApiKeyInputs.model_validate(
        {"project_id": "1", "label": "flags", "scopes": ["feature_flag:read"], **given}
    )


def key_made(posthog: MintingPostHog) -> tuple[str, ProjectSecretApiKeyState]:
    """A key that was made there, as if by an earlier run."""
    found = secret_api_key.create(posthog.connection(), key_wanted())
    posthog.asked.clear()
    return found
