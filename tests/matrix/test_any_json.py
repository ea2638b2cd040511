"""Any JSON as a response, wherever the steps and the look-ups ask for something."""

import os
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fault_actions import ACTIONS
from support.fault_crash import Rehearsed
from support.fault_owner import PostHog, Server
from support.fault_stage import Stage
from support.replay import NEEDED, ODD, Wrong, every_odd_field

EXAMPLES = 2000 if os.environ.get("POSTHOG_SOAK") else 50
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(ODD)
)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(NEEDED)) | st.text(), inner)
    ),
    max_leaves=8,
)
WRONG = st.builds(
    Wrong,
    at=st.integers(0, 5),
    fields=st.lists(st.tuples(st.integers(0, 99), JSON), min_size=1, max_size=2),
    status=st.none() | st.sampled_from([200, 201, 204, 301, 400, 403, 404, 409, 500, 503]),
    instead=st.none() | JSON,
)


@pytest.fixture(params=ACTIONS)
def rehearsed(request: pytest.FixtureRequest, posthogs: Mapping[Server, PostHog]) -> Rehearsed:
    """Each action, played once with true responses."""
    return Rehearsed.of(Stage.set(ACTIONS[request.param], posthogs["current"]))


def test_odd_values(rehearsed: Rehearsed) -> None:
    """An odd value in a field that matters is an error of one line, wherever it comes from."""
    odd = every_odd_field(rehearsed.replay.bodies[: rehearsed.requests])

    assert rehearsed.crashes(odd) == []


def test_any_json(rehearsed: Rehearsed) -> None:
    """So is whatever else may come back, also to the looks that follow a lost response."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(WRONG, min_size=1, max_size=3))
    def play(wrongs: list[Wrong]) -> None:
        assert rehearsed.crash(*wrongs) == ""

    play()
