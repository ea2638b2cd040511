"""Every request of the package times every fault; ``POSTHOG_SOAK=1`` plays all pairs."""

import os
from collections.abc import Mapping

import pytest
from support.fault_actions import ACTIONS
from support.fault_matrix import (
    Pair,
    all_pairs,
    chosen_outages,
    chosen_pairs,
    expected,
    groups,
    table,
)
from support.fault_owner import PostHog, Server
from support.fault_stage import Stage
from support.faults import FAULTS
from support.faulty_transport import Armed

from posthog_pulumi.client.endpoints import ENDPOINTS, Repeat

SOAK = bool(os.environ.get("POSTHOG_SOAK"))
PAIRS = all_pairs() if SOAK else chosen_pairs()
OUTAGES = all_pairs() if SOAK else chosen_outages()


def test_the_table_is_complete() -> None:
    """Every fault is in one group, and every endpoint that is not just read has its advice."""
    written = [fault for group in table()["group"] for fault in group["symptoms"]]
    advised = {name for name, it in ENDPOINTS.items() if it.repeat is not Repeat.READ}

    assert sorted(written) == sorted(FAULTS)
    assert table()["advice"].keys() ^ advised == set(), "tests/data/fault_matrix.toml, [advice]"


def test_every_fault_meets_every_endpoint_or_its_like() -> None:
    """The chosen pairs leave out no endpoint, no fault, and no action."""
    chosen = chosen_pairs()

    assert {pair.endpoint for pair in chosen} == ENDPOINTS.keys()
    assert {pair.fault for pair in chosen} == FAULTS.keys()
    assert {pair.action for pair in chosen} == ACTIONS.keys()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_one_fault(
    pair: Pair, posthogs: Mapping[Server, PostHog], caplog: pytest.LogCaptureFixture
) -> None:
    """It ends as the table says and breaks no promise; soon state, program and PostHog agree."""
    stage = Stage.set(ACTIONS[pair.action], posthogs[pair.server])
    story = stage.play(Armed(FAULTS[pair.fault], pair.at), caplog)
    outcome, words = expected(pair)
    broken = stage.broken(story)
    stage.settle(story)

    assert story.outcome == outcome, story.error
    assert [text for text in words if text not in story.text] == []
    assert broken == []
    assert stage.apart() == []


@pytest.mark.parametrize("pair", OUTAGES, ids=str)
def test_an_outage(
    pair: Pair, posthogs: Mapping[Server, PostHog], caplog: pytest.LogCaptureFixture
) -> None:
    """A fault that strikes every request from then on is reported; after it all is soon well."""
    stage = Stage.set(ACTIONS[pair.action], posthogs[pair.server])
    story = stage.play(Armed(FAULTS[pair.fault], pair.at, outage=True), caplog)
    broken = stage.broken(story)
    stage.settle(story)

    assert story.outcome in {"refused", "warned"}
    assert groups()[pair.fault]["symptoms"][pair.fault] in story.text
    assert broken == []
    assert stage.apart() == []
