"""What to do about a product intent, given what is recorded and what is wanted."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState

_IDENTITY: Final = ("project_id", "product_type")


def reasons_to_replace(
    state: ProductIntentState, known: Mapping[str, Any], unknown: Collection[str]
) -> list[str]:
    """Names of the arguments that make it another intent, or may once they are computed."""
    recorded = state.model_dump(mode="json", include=set(_IDENTITY))
    return [
        name
        for name in _IDENTITY
        if name in unknown or (name in known and known[name] != recorded[name])
    ]


def changed(state: ProductIntentState, known: Mapping[str, Any]) -> bool:
    """Whether the arguments differ; an onboarding completed in PostHog is not drift."""
    recorded = ProductIntentInputs.model_validate(
        state.model_dump(include=set(ProductIntentInputs.model_fields))
    )
    wanted = ProductIntentInputs.model_validate(
        {"project_id": state.project_id, "product_type": state.product_type, **known}
    )
    if state.onboarding_completed and not wanted.onboarding_completed:
        wanted = wanted.model_copy(update={"onboarding_completed": True})
    return recorded != wanted
