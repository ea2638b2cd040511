"""The steps of what is rotated by replacement, what they are given, and what is on record."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pulumi.dynamic import CheckResult

from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.properties import CHECKED_AT
from posthog_pulumi.steps import rotation
from posthog_pulumi.steps.product_intent import ProductIntentSteps
from posthog_pulumi.steps.secret_api_key import SecretApiKeySteps
from posthog_pulumi.steps.secret_token import SecretTokenSteps
from support.fake_posthog import ACME

PICKLE = {"__provider": "gASV"}
NOW = datetime.now(UTC)

TOKEN: dict[str, Any] = {"project_id": "1"}
TOKEN_STATE: dict[str, Any] = {
    **TOKEN,
    "organization": ACME,
    "token": "phs_0",
    "rotated_at": (NOW - timedelta(days=100)).isoformat(),
}
KEY: dict[str, Any] = {"project_id": "1", "label": "flags", "scopes": ["feature_flag:read"]}
KEY_STATE: dict[str, Any] = {
    **KEY,
    "value": "phs_0",
    "mask_value": "phs_...x",
    "label_in_posthog": "flags-abc123",
    "created_at": (NOW - timedelta(days=100)).isoformat(),
}


def stamp() -> dict[str, Any]:
    """What ``check`` of this run adds to the arguments."""
    return {CHECKED_AT: rotation.stamped(CheckResult({}, [])).inputs[CHECKED_AT]}


@dataclass
class TokenSteps(SecretTokenSteps):
    """The steps of a secret token over this PostHog."""

    on: Connection

    def connection(self) -> Connection:
        """The connection to it."""
        return self.on

    def memory(self) -> Memory:
        """What this run remembers."""
        return self.on.memory


@dataclass
class KeySteps(SecretApiKeySteps):
    """The steps of a secret API key over this PostHog."""

    on: Connection

    def connection(self) -> Connection:
        """The connection to it."""
        return self.on

    def memory(self) -> Memory:
        """What this run remembers."""
        return self.on.memory


@dataclass
class IntentSteps(ProductIntentSteps):
    """The steps of a product intent over this PostHog."""

    on: Connection

    def connection(self) -> Connection:
        """The connection to it."""
        return self.on

    def memory(self) -> Memory:
        """What this run remembers."""
        return self.on.memory
