"""What a program declares of a project's secret API key, and what the state records of it."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr

from posthog_pulumi.models.arguments import STATE_CONFIG, Rotating
from posthog_pulumi.models.types import TRIMMED, Flag, matching

SUFFIX_LENGTH = 6
LONGEST_LABEL = 40 - 1 - SUFFIX_LENGTH
"""PostHog's 40 characters less a dash and the suffix that lets two keys overlap."""

Scope = Annotated[
    str,
    matching(
        r"[a-z_]+:(read|write)",
        "must be an object and what to do with it, such as feature_flag:read",
    ),
]


def _in_order(scopes: list[str]) -> list[str]:
    return sorted(set(scopes))


class ProjectSecretApiKeyInputs(Rotating):
    """Arguments of ``PostHogProjectSecretApiKey``."""

    label: Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL), TRIMMED]
    """Name in PostHog, followed there by a dash and a random suffix."""
    scopes: Annotated[list[Scope], Field(min_length=1), AfterValidator(_in_order)]
    """What the key may do, such as ``feature_flag:read``."""


class ProjectSecretApiKeyState(ProjectSecretApiKeyInputs):
    """The arguments, plus the key they led to."""

    model_config = STATE_CONFIG

    label: str
    scopes: Annotated[list[str], AfterValidator(_in_order)]
    value: SecretStr
    mask_value: str
    label_in_posthog: str
    created_at: AwareDatetime
    superseded: Flag = False
    """Whether somebody rolled the key in PostHog, so that the value no longer works."""

    @classmethod
    def of(cls, inputs: ProjectSecretApiKeyInputs, facts: Mapping[str, Any]) -> Self:
        """The state of what is declared, with these facts."""
        return cls.model_validate({**inputs.model_dump(), **facts})

    @property
    def suffix(self) -> str:
        """What follows the declared label in PostHog."""
        return self.label_in_posthog[-(SUFFIX_LENGTH + 1) :]

    def outputs(self) -> dict[str, Any]:
        """Everything the engine shall store, the value in clear."""
        known = self.model_dump(
            mode="json", by_alias=True, exclude_none=True, exclude={"checked_at"}
        )
        return {**known, "value": self.value.get_secret_value()}
