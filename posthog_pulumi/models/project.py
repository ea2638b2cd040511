"""A project as a program declares it, as PostHog has it, and as the state records it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Generic, Self, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, Field, SecretStr, model_validator

from posthog_pulumi.models.arguments import REMOTE_CONFIG
from posthog_pulumi.models.settings import SETTINGS, ProjectSettings, managed_part, normalised
from posthog_pulumi.models.types import Flag, Name, OrganizationId, Trigger
from posthog_pulumi.properties import (
    EXTERNAL,
    PROJECT_FACTS,
    PROJECT_OPTIONS,
    ROTATES_SECRET_TOKEN,
    SECRET_TOKENS,
    TOKENS,
    UNSET,
)

Token = TypeVar("Token", SecretStr, str)


class ProjectInputs(ProjectSettings):
    """Arguments of ``PostHogProject`` as they reach the provider."""

    name: Name
    organization_id: OrganizationId | None = None
    """UUID, slug or ``@current``; the provider's configuration decides if left out."""
    force_destroy: Flag | None = None
    """Whether a project that holds events may be deleted."""
    rotate_api_token_when_changed: Trigger | None = None
    """The first value arms the trigger; a changed one resets the token, and the old one stops."""
    wait_for_demo_data: Flag | None = None
    """Whether making a demo project lasts until its data is there."""
    rotates_secret_token: Flag | None = Field(default=None, alias=ROTATES_SECRET_TOKEN)

    def options(self) -> dict[str, Any]:
        """The arguments that are not settings of PostHog."""
        known = self.model_dump(by_alias=True, exclude_none=True)
        return {name: known[name] for name in PROJECT_OPTIONS if name in known}


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("has no time zone")
    return text


class ProductIntent(BaseModel):
    """An item of a project's ``product_intents``."""

    model_config = REMOTE_CONFIG

    product_type: str
    updated_at: str | None = None
    onboarding_completed_at: str | None = None


class Project(BaseModel, Generic[Token]):
    """The full body of ``GET /api/organizations/{organization_id}/projects/{id}/``."""

    model_config = REMOTE_CONFIG

    id: int
    uuid: str
    organization: str
    name: str
    created_at: Annotated[str, AfterValidator(_moment)]
    api_token: Token = Field(repr=False)
    secret_api_token: Token | None = Field(repr=False)
    secret_api_token_backup: Token | None = Field(repr=False)
    ingested_event: bool
    is_pending_deletion: bool | None = None
    product_intents: list[ProductIntent]
    settings: dict[str, Any] = Field(repr=False)
    """Those that have a value, in normal form and by their names as arguments."""

    @model_validator(mode="before")
    @classmethod
    def _gather_settings(cls, body: Any) -> Any:
        is_response = isinstance(body, Mapping) and "settings" not in body
        return {**body, "settings": normalised(body)} if is_response else body


RemoteProject: TypeAlias = Project[SecretStr]
"""A project as PostHog has it now."""


class ProjectState(BaseModel):
    """The outputs: what the program declares, as PostHog has it, and what PostHog adds."""

    model_config = REMOTE_CONFIG

    organization: str
    uuid: str
    created_at: str
    api_token: SecretStr
    secret_api_token: SecretStr | None = None
    secret_api_token_backup: SecretStr | None = None
    options: dict[str, Any] = Field(default={}, repr=False)
    settings: dict[str, Any] = Field(default={}, repr=False)
    """The managed settings that have a value; for ``.get()`` all that have one."""
    managed: frozenset[str] = frozenset()
    """The settings that the program declares, whether PostHog has a value for them or not."""
    external: bool = False
    """Whether the program only reads the project, by ``.get()``."""

    @classmethod
    def of(
        cls, remote: RemoteProject, options: Mapping[str, Any], declared: Mapping[str, Any]
    ) -> Self:
        """What to record of a project, declared with these options and settings.

        Where it rotates its secret token, the child has the token.
        """
        facts = remote.model_dump(exclude=set(_recorded_by_child(options)))
        live = {name: remote.settings[name] for name in declared if name in remote.settings}
        settings = {name: managed_part(name, live[name], declared[name]) for name in live}
        recorded = {"options": options, "settings": settings, "managed": frozenset(declared)}
        return cls.model_validate({**facts, **recorded})

    @classmethod
    def of_get(cls, remote: RemoteProject) -> Self:
        """What to record of a project that the program only reads: all settings."""
        return cls.model_validate({**remote.model_dump(), "external": True})

    def refreshed(self, remote: RemoteProject, options: Mapping[str, Any]) -> Self:
        """The same outputs with the values that they have now."""
        if self.external:
            return self.of_get(remote)
        return self.of(remote, options, {name: self.settings.get(name) for name in self.managed})

    @classmethod
    def from_outputs(cls, outputs: Mapping[str, Any]) -> Self:
        """The state that :meth:`outputs` wrote, after its round trip through the engine."""
        external = outputs.get(EXTERNAL, False)
        managed = SETTINGS.keys() & {*outputs, *outputs.get(UNSET, ())}
        recorded = {
            "options": {name: outputs[name] for name in PROJECT_OPTIONS if name in outputs},
            "settings": normalised(outputs),
            "managed": frozenset() if external else managed,
            "external": external,
        }
        return cls.model_validate({**outputs, **recorded})

    def outputs(self) -> dict[str, Any]:
        """Everything the engine shall store, tokens in clear; what has no value is left out."""
        facts = {name: getattr(self, name) for name in PROJECT_FACTS}
        tokens = {name: getattr(self, name) for name in TOKENS}
        clear = {name: token.get_secret_value() for name, token in tokens.items() if token}
        known: dict[str, Any] = {**self.settings, **self.options, **facts, **clear}
        possible = {*(SETTINGS if self.external else self.managed), *TOKENS}
        unset = sorted(possible - known.keys() - {*_recorded_by_child(self.options)})
        return {**known, UNSET: unset} | ({EXTERNAL: True} if self.external else {})

    def inputs(self) -> dict[str, Any]:
        """The arguments of a program that declares the project as it now is."""
        return self.options if self.external else {**self.settings, **self.options}


def _recorded_by_child(options: Mapping[str, Any]) -> tuple[str, ...]:
    return SECRET_TOKENS if ROTATES_SECRET_TOKEN in options else ()
