"""``kill -9`` of the CLI, of the provider or of PostHog; ``make soak`` plays more of them."""

import os
from pathlib import Path
from typing import Final

import pytest
from support.crash_end import wrong
from support.crash_plan import Crash, crash, repeat
from support.crash_run import Prepared, play

CRASHES: Final = [crash(seed) for seed in range(int(os.environ.get("POSTHOG_CRASHES", "20")))]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """What all crashes of a worker begin with."""
    return Prepared(tmp_path_factory.mktemp("prepared"))


@pytest.mark.usefixtures("_pulumi_on_path")
@pytest.mark.parametrize("planned", CRASHES, ids=str)
def test_a_crash(planned: Crash, prepared: Prepared, tmp_path: Path) -> None:
    """After the recovery as the docs say nothing is there twice, nothing lost, every key works.

    State, program and PostHog agree, and no process is left behind.
    """
    end = play(planned, prepared, tmp_path / "ground")

    assert wrong(end) == {}, repeat(planned.seed)
