"""What a program declares of a project's secret token, and what the state records of it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Self

from pydantic import AwareDatetime, Field, SecretStr

from posthog_pulumi.models.arguments import STATE_CONFIG, Rotating
from posthog_pulumi.models.types import Flag, OrganizationId, Trigger
from posthog_pulumi.properties import ARMED


class ProjectSecretTokenInputs(Rotating):
    """Arguments of ``PostHogProjectSecretToken``."""

    organization_id: OrganizationId | None = None
    """UUID, slug or ``@current``; the provider's configuration decides if left out."""
    keep_previous: Flag | None = None
    """Whether the previous token stays valid as the backup until the next rotation."""
    revoke_on_destroy: Flag | None = None
    """Whether destroying the resource revokes the token; it does unless this is False."""


def fingerprint(token: SecretStr | None) -> str | None:
    """What identifies a token without revealing it; None for none."""
    return sha256(token.get_secret_value().encode()).hexdigest()[:16] if token else None


class ProjectSecretTokenState(ProjectSecretTokenInputs):
    """The arguments, plus the token they led to and what a later run must know about it."""

    model_config = STATE_CONFIG

    organization: str
    """UUID of the organization that the project is in."""
    token: SecretStr
    rotated_at: AwareDatetime
    """When it was minted or taken over; its age counts from here."""
    superseded: Flag = False
    """Whether PostHog has another current token since, which the next ``up`` takes over."""
    armed: Trigger | None = Field(default=None, alias=ARMED, repr=False)
    """The trigger of the last rotation that was really made."""
    previous: str | None = Field(default=None, alias="__previous")
    """Fingerprint of the token before it, which dependents may still use."""
    previous_kept: Flag = Field(default=False, alias="__previous_kept")
    """Whether ``keep_previous`` kept that one: it lives until the next rotation ends it."""

    @classmethod
    def of(cls, inputs: ProjectSecretTokenInputs, facts: Mapping[str, Any]) -> Self:
        """The state of what is declared, with these facts."""
        return cls.model_validate({**inputs.model_dump(), **facts})

    @property
    def trigger(self) -> Trigger | None:
        """What a changed ``rotate_when_changed`` is compared with."""
        return self.armed

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the token."""
        return fingerprint(self.token) or ""

    def outputs(self) -> dict[str, Any]:
        """Everything the engine shall store, the token in clear."""
        known = self.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude={"checked_at"}
        )
        return {**known, "token": self.token.get_secret_value()}
