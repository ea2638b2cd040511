import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.properties import GENERATED

from posthog_pulumi.plan.create import DOUBTFUL, Whose, whose

BEGAN, NOW = 1_000.0, 1_061.0
OURS, NOT_OURS, UNKNOWN = Whose.OURS, Whose.NOT_OURS, Whose.UNKNOWN


@pytest.mark.parametrize(
    ("created_at", "equal", "verdict"),
    [
        (0.0, True, NOT_OURS),
        (399.9, True, NOT_OURS),
        (399.9, False, NOT_OURS),
        (400.0, True, UNKNOWN),
        (999.9, True, UNKNOWN),
        (1_000.0, True, OURS),
        (1_000.0, False, UNKNOWN),
        (1_030.0, True, OURS),
        (1_030.0, False, UNKNOWN),
        (1_061.0, True, OURS),
        (1_061.1, True, UNKNOWN),
        (9_999.0, False, UNKNOWN),
    ],
)
def test_by_age_and_settings(*, created_at: float, equal: bool, verdict: Whose) -> None:
    """Ours is what is equal and was made since; older than ten minutes is another's."""
    assert whose(created_at, BEGAN, NOW, equal=equal) is verdict


@GENERATED
@given(
    created_at=st.floats(0, 1e10),
    began=st.none() | st.floats(0, 1e10),
    now=st.none() | st.floats(0, 1e10),
    equal=st.booleans(),
)
def test_never_guessed(
    created_at: float, began: float | None, now: float | None, *, equal: bool
) -> None:
    """Nothing is ours that differs, that may be older than the request, or without a clock."""
    verdict = whose(created_at, began, now, equal=equal)
    certainly_before = began is not None and created_at < began
    certainly_old = began is not None and created_at < began - DOUBTFUL

    assert not (verdict is OURS and (not equal or certainly_before or None in {began, now}))
    assert not (verdict is NOT_OURS and not certainly_old)


@GENERATED
@given(
    seconds=st.floats(0, 60),
    elapsed=st.floats(0, 1),
    uncertainty=st.floats(0, 5),
    equal=st.booleans(),
)
def test_ours_is_never_thought_another(
    seconds: float, elapsed: float, uncertainty: float, *, equal: bool
) -> None:
    """However uncertain the clocks are, what our request made is not called another's."""
    created_at = 1_000.0 + seconds * elapsed
    verdict = whose(created_at, 1_000.0 - uncertainty, 1_000.0 + seconds + uncertainty, equal=equal)

    assert verdict is (OURS if equal else UNKNOWN)
