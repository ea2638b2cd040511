"""Random programs, edits, changes by hand and faults; ``POSTHOG_SOAK=1`` tries many more."""

import os
from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from support.fault_owner import PostHog, Server
from support.program_machine import Programs
from support.properties import GENERATED

SOAK: Final = bool(os.environ.get("POSTHOG_SOAK"))


@pytest.mark.parametrize("server", ["current", "docs-2025"])
def test_any_history_of_any_program(server: Server, posthogs: Mapping[Server, PostHog]) -> None:
    """Program, state and PostHog agree, nobody is left out and no secret is shown or ended."""
    machine = type("Programs", (Programs,), {"posthog": posthogs[server]})

    run_state_machine_as_test(
        machine,
        settings=settings(
            GENERATED,
            max_examples=300 if SOAK else 15,
            stateful_step_count=40 if SOAK else 20,
            phases=[Phase.generate, Phase.shrink],  # to explain takes longer than both
            suppress_health_check=list(HealthCheck),
        ),
    )
