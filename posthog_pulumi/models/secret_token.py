"""What a program declares of a project's secret token, and what the state remembers of it."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import AwareDatetime, SecretStr

from posthog_pulumi.models.arguments import STATE_CONFIG, Rotating
from posthog_pulumi.models.types import Flag, OrganizationId


class ProjectSecretTokenInputs(Rotating):
    """Arguments of ``PostHogProjectSecretToken``."""

    organization_id: OrganizationId | None = None
    """UUID, slug or ``@current``; the provider's configuration decides if left out."""
    keep_previous: Flag | None = None
    """Whether the previous token lives on as the backup until the next rotation."""
    revoke_on_destroy: Flag | None = None
    """Whether the token stops working when the resource goes; it does unless this is False."""


class ProjectSecretTokenState(ProjectSecretTokenInputs):
    """The arguments, plus the token they led to."""

    model_config = STATE_CONFIG

    organization: str
    token: SecretStr
    rotated_at: AwareDatetime
    superseded: Flag = False
    """Whether PostHog has another current token since, which the next ``up`` adopts."""

    @classmethod
    def of(cls, inputs: ProjectSecretTokenInputs, facts: Mapping[str, Any]) -> Self:
        """The state of what is declared, with these facts."""
        return cls.model_validate({**inputs.model_dump(), **facts})

    def outputs(self) -> dict[str, Any]:
        """Everything the engine shall store, the token in clear."""
        known = self.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude={"checked_at"}
        )
        return {**known, "token": self.token.get_secret_value()}
