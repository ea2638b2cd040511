import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench import memory
from tools.bench.limit import shortest_seconds
from tools.bench.page import page, tables, target_table
from tools.bench.results import Case, Limit, Measured, Results, Row, load, medians, save
from tools.bench.targets import Target, ideal

ROOT = Path(__file__).resolve().parents[2]
MACHINE: dict[str, str | int] = {"cores": 2}


def measured(seconds: float, *, requests: int = 0, operation: str = "create") -> Measured:
    """An operation that took so long."""
    return Measured(operation, seconds, requests, state_bytes=1000, memory_bytes=2**26)


def row(case: Case, seconds: float, floor: float, requests: int = 0) -> Row:
    """A create beside its floor."""
    return Row(case, measured(seconds, requests=requests), measured(floor), runs=1)


class TestIdeal:
    @pytest.mark.parametrize(
        ("case", "requests", "seconds"),
        [
            (Case(100, 300), 100, 2 + 100 * 0.3 / 8),
            (Case(100, 300, parallel=10), 200, 2 + 200 * 0.3 / 10),
            (Case(1, 300), 1, 2 + 0.3),
            (Case(100, 0), 100, 2),
        ],
        ids=["default", "parallel", "one project", "no latency"],
    )
    def test_floor_and_latency(self, case: Case, requests: int, seconds: float) -> None:
        """As many requests at once as Pulumi runs steps, but no more than there are projects."""
        assert ideal(row(case, 9, 2, requests), default_parallel=8) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("requests", "seconds"),
    [(480, 0), (481, 60), (960, 60), (961, 120), (3000, 360), (4800, 540), (4801, 3600)],
)
def test_shortest_time_at_the_rate_limit(requests: int, seconds: float) -> None:
    """480 requests go at once, and as many with each minute that passes; 4,800 with each hour."""
    assert shortest_seconds(requests) == seconds


class TestTarget:
    @pytest.mark.parametrize(
        ("measured", "at_least", "met"),
        [
            (1.3, False, "yes"),
            (1.31, False, "**no**"),
            (1.3, True, "yes"),
            (1.29, True, "**no**"),
            (None, False, "not measured"),
        ],
    )
    def test_met(self, measured: float | None, *, at_least: bool, met: str) -> None:
        """The bound itself is good enough."""
        assert Target("x", 1.3, measured, at_least=at_least).met == met

    def test_worst_size_counts(self) -> None:
        """With latency, every size has to hold its target."""
        results = Results(MACHINE, 8)
        results.add([row(Case(1, 300), 1.1, 1.0), row(Case(100, 300), 4.0, 2.0)])

        assert next(line for line in target_table(results) if "300 ms" in line) == (
            "| create, 300 ms, at the worst size, in ideals | ≤ 1.3 | 2 | **no** |"
        )

    def test_rate(self) -> None:
        """The share of the limit that is used is the shortest time in that of the run."""
        results = Results(MACHINE, 8, limit=Limit(600, 3000, 40, 375.0, 360.0))

        assert next(line for line in target_table(results) if "rate limit" in line) == (
            "| how much of PostHog's rate limit is used | ≥ 95 % | 96 % | yes |"
        )

    def test_memory(self) -> None:
        """Memory with 2,000 projects is compared where both sizes ran with the same checkpoints."""
        results = Results(MACHINE, 8)
        results.add([row(Case(100), 3, 2)])
        results.add([row(Case(size, skip_checkpoints=True), 3, 2) for size in (100, 2000)])

        assert next(line for line in target_table(results) if "peak memory" in line).endswith(
            "| ≤ 1.1 | 1 | yes |"
        )


class TestResults:
    def test_newer_row_replaces_the_same(self) -> None:
        """A part that is measured again takes the place of the old one, and the rest stays."""
        results = Results(MACHINE, 8)
        results.add([row(Case(100), 3, 2), row(Case(1), 1, 1)])
        results.add([row(Case(100), 4, 2)])

        assert [one.ours.seconds for one in results.rows] == [1, 4]

    def test_file(self, tmp_path: Path) -> None:
        """What is saved is loaded."""
        results = Results(MACHINE, 8, 90.0, 470, 160, Limit(600, 3000, 40, 375.0, 360.0))
        results.add([row(Case(100, 300, 10, skip_checkpoints=True), 3, 2, 100)])
        save(results, tmp_path / "results.json")

        assert load(tmp_path / "results.json") == results

    def test_older_file(self, tmp_path: Path) -> None:
        """A figure that was not measured yet is 0."""
        file = tmp_path / "results.json"
        save(Results(MACHINE, 8), file)
        stored = json.loads(file.read_text())
        del stored["creates_per_second"]
        file.write_text(json.dumps(stored))

        assert load(file) == Results(MACHINE, 8)

    def test_medians(self) -> None:
        """One run that something else slowed down does not count."""
        runs = [[measured(2.0)], [measured(9.0)], [measured(2.2)]]

        assert [one.seconds for one in medians(runs)] == [2.2]


class TestMemory:
    def test_descendants(self) -> None:
        """A process is found wherever it was started from."""
        waiting = [sys.executable, "-c", "input()"]
        with subprocess.Popen(waiting, stdin=subprocess.PIPE) as child:  # noqa: S603  # ours
            found = list(memory.descendants(os.getpid()))
            child.communicate(b"\n")

        assert child.pid in found


def test_page_is_written_from_the_data() -> None:
    """`make bench` writes both; without measuring, `python -m tools.bench` writes the page."""
    written = (ROOT / "docs" / "performance.md").read_text("utf-8")

    assert page(load(ROOT / "docs" / "performance.json")) == written


def test_the_native_provider_has_a_column() -> None:
    """Where it was measured, and a blank where it was not."""
    results = Results(MACHINE, 8)
    results.add([row(Case(1), 3, 2), replace(row(Case(9), 3, 2), native=measured(7))])
    lines = list(tables(results))

    assert lines[1].startswith("| projects | operation | requests | floor, s | 0 ms, s | in floors")
    assert "| native, s |" in lines[1]
    assert [line.split(" | ")[6] for line in lines[3:]] == ["", "7.0"]
