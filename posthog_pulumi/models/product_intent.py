"""What a program declares of a product intent, and what the state records of it."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from posthog_pulumi.models.arguments import ARGUMENTS_CONFIG, STATE_CONFIG
from posthog_pulumi.models.types import Flag, JsonObject, OrganizationId, ProjectId


class ProductIntentInputs(BaseModel):
    """Arguments of ``PostHogProductIntent``."""

    model_config = ARGUMENTS_CONFIG

    project_id: ProjectId
    product_type: Annotated[str, StringConstraints(min_length=1)]
    """Such as ``session_replay``; servers since 2026 know a fixed list."""
    organization_id: OrganizationId | None = None
    """UUID, slug or ``@current``; the provider's configuration decides if left out."""
    intent_context: str | None = None
    """How the intent came about; servers since 2026 know a fixed list."""
    metadata: JsonObject | None = Field(default=None, repr=False)
    """Anything to store with it."""
    onboarding_completed: Flag | None = None
    """Whether its onboarding is done; PostHog cannot undo it."""

    def intent(self) -> dict[str, Any]:
        """The request's body."""
        names = {"product_type", "intent_context", "metadata"}
        return self.model_dump(include=names, exclude_none=True)


class ProductIntentState(ProductIntentInputs):
    """The arguments, plus where and when."""

    model_config = STATE_CONFIG

    organization: str
    """UUID of the organization that the project is in."""
    declared_at: AwareDatetime
    """When the intent was declared, in RFC 3339."""

    @classmethod
    def of(cls, inputs: ProductIntentInputs, facts: Mapping[str, Any]) -> Self:
        """The state of what is declared, with these facts."""
        return cls.model_validate({**inputs.model_dump(), **facts})

    def outputs(self) -> dict[str, Any]:
        """Everything the engine shall store."""
        return self.model_dump(mode="json", exclude_none=True)
