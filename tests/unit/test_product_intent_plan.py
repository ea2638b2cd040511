from datetime import UTC, datetime
from typing import Any

import pytest
from support.fake_posthog import ACME

from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState
from posthog_pulumi.plan.product_intent import changed, reasons_to_replace

LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def wanted(**given: Any) -> ProductIntentInputs:
    """What a program declares."""
    return ProductIntentInputs.model_validate(
        {"project_id": "1", "product_type": "session_replay", **given}
    )


def state(declared_at: datetime = LONG_BEFORE, **given: Any) -> ProductIntentState:
    """What is recorded of the intent."""
    return ProductIntentState.of(
        wanted(**given), {"organization": ACME, "declared_at": declared_at}
    )


@pytest.mark.parametrize(
    ("known", "unknown", "reasons"),
    [
        ({"project_id": "1", "product_type": "session_replay"}, (), []),
        ({"project_id": "2", "product_type": "session_replay"}, (), ["project_id"]),
        ({"project_id": "1", "product_type": "surveys"}, (), ["product_type"]),
        ({"product_type": "session_replay"}, ("project_id",), ["project_id"]),
        ({"project_id": "1"}, ("product_type", "metadata"), ["product_type"]),
    ],
)
def test_another_intent(
    known: dict[str, Any], unknown: tuple[str, ...], reasons: list[str]
) -> None:
    """Another project or product, or one not computed yet, is another intent."""
    assert reasons_to_replace(state(), known, unknown) == reasons


@pytest.mark.parametrize(
    ("recorded", "declared", "differs"),
    [
        ({}, {}, False),
        ({}, {"metadata": {"a": 1}}, True),
        ({"metadata": {"a": 1}}, {"metadata": {"a": 1.0}}, False),
        ({"metadata": {"a": 1}}, {}, True),
        ({"onboarding_completed": True}, {}, False),
        ({"onboarding_completed": True}, {"onboarding_completed": False}, False),
        ({}, {"onboarding_completed": True}, True),
    ],
)
def test_changed(*, recorded: dict[str, Any], declared: dict[str, Any], differs: bool) -> None:
    """An onboarding completed in PostHog is no drift, since there is no way back."""
    assert changed(state(**recorded), declared) is differs
