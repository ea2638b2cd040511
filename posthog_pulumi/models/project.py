"""A project as PostHog answers it, and as the state remembers it."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

from posthog_pulumi.models.settings import SETTINGS, normalised
from posthog_pulumi.properties import MANAGED, PROJECT_OPTIONS, TOKENS, UNSET


class RemoteProductIntent(BaseModel):
    """An item of a project's ``product_intents``."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    product_type: str
    onboarding_completed_at: str | None = None


class RemoteProject(BaseModel):
    """The full body of ``GET /api/organizations/{organization_id}/projects/{id}/``."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: int
    organization: str
    uuid: str
    created_at: str
    api_token: SecretStr
    secret_api_token: SecretStr | None = None
    secret_api_token_backup: SecretStr | None = None
    ingested_event: bool = False
    is_pending_deletion: bool | None = None
    product_intents: list[RemoteProductIntent] = []
    settings: dict[str, Any]
    """The settings that have a value, in normal form."""

    @model_validator(mode="before")
    @classmethod
    def _gather_settings(cls, body: Any) -> Any:
        return {**body, "settings": normalised(body)} if isinstance(body, dict) else body


class ProjectState(BaseModel):
    """The outputs: inputs as PostHog has them, plus what PostHog adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    organization: str
    uuid: str
    created_at: str
    api_token: SecretStr
    secret_api_token: SecretStr | None = None
    secret_api_token_backup: SecretStr | None = None
    options: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    managed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, remote: RemoteProject, options: Mapping[str, Any], managed: frozenset[str]) -> Self:
        """What to remember of a project, declared with these options and managed settings."""
        return cls.model_validate(
            {**remote.model_dump(), "options": dict(options), "managed": managed}
        )

    @classmethod
    def from_outputs(cls, outputs: Mapping[str, Any]) -> Self:
        """The state that :meth:`outputs` wrote, after its way through the engine."""
        options = {name: outputs[name] for name in PROJECT_OPTIONS if name in outputs}
        managed = outputs.get(MANAGED, ())
        return cls.model_validate(
            {**outputs, "options": options, "settings": normalised(outputs), "managed": managed}
        )

    def outputs(self) -> dict[str, Any]:
        """Everything the engine shall store, tokens in clear; what has no value is left out."""
        facts = self.model_dump(exclude={"options", "settings", "managed"}, exclude_none=True)
        tokens: dict[str, str] = {
            name: facts[name].get_secret_value() for name in TOKENS if name in facts
        }
        known: dict[str, Any] = {**self.settings, **self.options, **facts, **tokens}
        possible = {*SETTINGS, *PROJECT_OPTIONS, *TOKENS}
        unset = sorted(possible - known.keys())
        return {**known, MANAGED: sorted(self.managed), UNSET: unset}

    def inputs(self) -> dict[str, Any]:
        """What a program that declares the project as it now is would say."""
        managed = {name: self.settings[name] for name in self.managed if name in self.settings}
        return {**managed, **self.options}
