"""A product intent's create, read and update; PostHog cannot take one back."""

from datetime import UTC, datetime, timedelta
from typing import Final

from posthog_pulumi.errors import concerning
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.organization import addressable, find, refuse_the_dying
from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState

CACHED_FOR: Final = timedelta(hours=1)
"""How long PostHog may answer with the product intents it had before."""


def create(on: Connection, wanted: ProductIntentInputs) -> tuple[str, ProductIntentState]:
    """Declare the intent and, if so declared, complete its onboarding."""
    with concerning(_subject(wanted, "declared")):
        where = addressable(on, wanted.organization_id)
        project = on.client.projects.retrieve(where, wanted.project_id)
        refuse_the_dying(project)
        _send(on, project.organization, wanted, onboarding=bool(wanted.onboarding_completed))
    facts = {"organization": project.organization, "declared_at": datetime.now(UTC)}
    return f"{wanted.project_id}/{wanted.product_type}", ProductIntentState.of(wanted, facts)


def read(on: Connection, state: ProductIntentState) -> ProductIntentState | None:
    """The intent as PostHog has it; None if it or its project is gone."""
    with concerning(_subject(state, "read")):
        project = find(on.client, state.organization, state.project_id)
    if project is None or project.is_pending_deletion:
        return None
    found = [item for item in project.product_intents if item.product_type == state.product_type]
    if not found:
        return state if datetime.now(UTC) - state.declared_at < CACHED_FOR else None
    done = found[0].onboarding_completed_at is not None or None
    facts = {"organization": project.organization, "onboarding_completed": done}
    return state.model_copy(update=facts)


def update(
    on: Connection, state: ProductIntentState, wanted: ProductIntentInputs
) -> ProductIntentState:
    """Declare it again with what changed; an onboarding once completed stays so."""
    completes = bool(wanted.onboarding_completed and not state.onboarding_completed)
    with concerning(_subject(wanted, "updated")):
        if wanted.intent() != state.intent() or completes:
            _send(on, state.organization, wanted, onboarding=completes)
    facts = {"organization": state.organization, "declared_at": datetime.now(UTC)}
    return ProductIntentState.of(wanted, facts)


def _send(
    on: Connection, organization_id: str, wanted: ProductIntentInputs, *, onboarding: bool
) -> None:
    projects, intent = on.client.projects, wanted.intent()
    projects.add_product_intent(organization_id, wanted.project_id, intent)
    if onboarding:
        projects.complete_product_onboarding(organization_id, wanted.project_id, intent)


def _subject(intent: ProductIntentInputs, done: str) -> str:
    return (
        f"the product intent {intent.product_type!r} of project {intent.project_id} was not {done}"
    )
