"""A product intent's create, read and update; PostHog cannot take one back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from posthog_pulumi.errors import concerning
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import once
from posthog_pulumi.lifecycle.organization import (
    addressable,
    find,
    located,
    refuse_pending_deletion,
)
from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState
from posthog_pulumi.models.project import RemoteProject

CACHED_FOR: Final = timedelta(hours=1)
"""How long PostHog may respond with the product intents that it had before."""


def create(on: Connection, wanted: ProductIntentInputs) -> tuple[str, ProductIntentState]:
    """Declare the intent and, if so declared, complete its onboarding."""
    with concerning(_subject(wanted, "declared")):
        project = located(on, addressable(on, wanted.organization_id), wanted.project_id)
        refuse_pending_deletion(project)
        _send(on, project, wanted, onboarding=bool(wanted.onboarding_completed))
    return take_over(wanted, project)


def take_over(
    wanted: ProductIntentInputs, project: RemoteProject
) -> tuple[str, ProductIntentState]:
    """The id and state of an intent that PostHog has."""
    facts = {"organization": project.organization, "declared_at": datetime.now(UTC)}
    return f"{wanted.project_id}/{wanted.product_type}", ProductIntentState.of(wanted, facts)


def read(on: Connection, state: ProductIntentState) -> ProductIntentState | None:
    """The intent as PostHog has it; None if it or its project is gone."""
    with concerning(_subject(state, "read")):
        project = find(on, state.organization, state.project_id)
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
        organization = state.organization
        if wanted.intent() != state.intent() or completes:
            project = located(on, organization, state.project_id)
            refuse_pending_deletion(project)
            organization = project.organization
            _send(on, project, wanted, onboarding=completes)
    facts = {"organization": organization, "declared_at": datetime.now(UTC)}
    return ProductIntentState.of(wanted, facts)


def _send(
    on: Connection, project: RemoteProject, wanted: ProductIntentInputs, *, onboarding: bool
) -> None:
    projects, intent = on.client.projects, wanted.intent()
    where = project.organization, wanted.project_id

    def add() -> bool:
        projects.add_product_intent(*where, intent)
        return True

    def complete() -> bool:
        projects.complete_product_onboarding(*where, intent)
        return True

    def moved(stamp: str) -> Callable[[], bool | None]:
        before = _stamp(project, wanted, stamp)
        return lambda: _stamp(projects.retrieve(*where), wanted, stamp) != before or None

    advice = "It may be declared in a minute; declaring it twice does no harm: run this again."
    once(on, add, moved("updated_at"), advice)
    if onboarding:
        once(on, complete, moved("onboarding_completed_at"), advice)


def _stamp(project: RemoteProject, wanted: ProductIntentInputs, name: str) -> str | None:
    """When PostHog last took note of the intent; it may show up to an hour late."""
    found = [item for item in project.product_intents if item.product_type == wanted.product_type]
    return getattr(found[0], name) if found else None


def _subject(intent: ProductIntentInputs, done: str) -> str:
    return (
        f"the product intent {intent.product_type!r} of project {intent.project_id} was not {done}"
    )
