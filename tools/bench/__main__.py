"""The command line: ``python -m tools.bench --sizes 1 100 --latencies 0 300``."""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from posthog_pulumi.emulator import EmulatorError
from tools.bench import page, plots
from tools.bench.idle import SHAPES
from tools.bench.life import LIVES, ROOT, progress, run, shapes
from tools.bench.limit import at_the_limit
from tools.bench.machine import cores, import_ms, machine
from tools.bench.posthog import posthog
from tools.bench.results import DEFAULT, OPERATIONS, Case, Results, Row, load, medians, save
from tools.stack import PulumiError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from tools.bench.life import Step
    from tools.bench.posthog import PostHog
    from tools.bench.results import Measured

DOCS = ROOT / "docs"
DATA = DOCS / "performance.json"
SHORT_SECONDS = 60.0
SHORT_RUNS = 3
CHECKPOINTS = {"on": False, "skipped": True}
STEPS_PER_CORE = 4


def parser() -> ArgumentParser:
    """What can be asked for."""
    made = ArgumentParser(prog="python -m tools.bench", description="Measure on the real CLI.")
    made.add_argument("--sizes", type=int, nargs="*", default=[], help="numbers of projects")
    made.add_argument("--latencies", type=int, nargs="+", default=[0, 300], help="milliseconds")
    made.add_argument("--parallel", type=int, default=DEFAULT, help="Pulumi's --parallel")
    made.add_argument("--checkpoints", nargs="+", choices=CHECKPOINTS, default=["on"])
    made.add_argument("--native", action="store_true", help="the native provider too")
    made.add_argument("--lives", nargs="+", choices=LIVES, default=list(LIVES))
    made.add_argument("--limit", type=int, default=0, help="projects at PostHog's rate limit")
    return made


def main() -> None:
    """Measure what is asked for; with nothing asked for, only write the page again."""
    # Pulumi ends its plugins by SIGINT, which a shell's background jobs inherit as ignored: every
    # command would then wait five seconds for them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = parser().parse_args()
    results = _results()
    if asked.sizes or asked.limit:
        try:
            _measure(results, asked)
        except (EmulatorError, PulumiError) as error:
            sys.exit(f"{error}\nThis was not measured; what was before it is kept.")
    (DOCS / "performance.md").write_text(page.page(results), encoding="utf-8")
    plots.draw(results, DOCS)
    print(*page.tables(results), "", *page.target_table(results), sep="\n")


def _results() -> Results:
    """What was measured so far, unless that was on another machine or with other versions."""
    kept = load(DATA) if DATA.exists() else None
    if kept and kept.machine == machine():
        return kept
    return Results(machine(), STEPS_PER_CORE * cores())


def _measure(results: Results, asked: Namespace) -> None:
    with TemporaryDirectory(prefix="bench-") as name, posthog(Path(name) / "posthog") as server:
        progress("imports, and the emulator alone")
        results.import_ms = import_ms()
        results.reads_per_second = server.reads_per_second()
        results.creates_per_second = server.creates_per_second()
        for rows in _rows(server, Path(name), asked):
            results.add(rows)
            save(results, DATA)
        if asked.limit:
            results.limit = at_the_limit(server, asked.limit)
            save(results, DATA)


def _rows(server: PostHog, folder: Path, asked: Namespace) -> Iterator[list[Row]]:
    for life in asked.lives:
        recorded = folder / f"{life}.json"
        recorded.write_text(shapes(server, LIVES[life]))
        for size in asked.sizes:
            for checkpoints in asked.checkpoints:
                skip = CHECKPOINTS[checkpoints]
                cases = [Case(size, ms, asked.parallel, skip) for ms in asked.latencies]
                yield _compared(server, cases, LIVES[life], recorded, native=asked.native)


def _compared(
    server: PostHog, cases: Sequence[Case], steps: Sequence[Step], recorded: Path, *, native: bool
) -> list[Row]:
    """The floor and every case in turn; three times if a run takes less than a minute."""
    kinds = ("projects", "native") if native else ("projects",)
    still = replace(cases[0], latency_ms=0)

    def once() -> list[list[Measured]]:
        floor = run(server, still, "idle", steps, {SHAPES: str(recorded)})
        ours = [run(server, case, kind, steps, server.tenant()) for kind in kinds for case in cases]
        return [floor, *ours]

    began = time.monotonic()
    rounds = [once()]
    if time.monotonic() - began < SHORT_SECONDS * len(rounds[0]):
        rounds += [once() for _ in range(SHORT_RUNS - 1)]
    floor, *ours = (medians(runs) for runs in zip(*rounds, strict=True))
    beside: Sequence[Sequence[Measured | None]] = ours[len(cases) :] or [[None] * len(steps)] * len(
        cases
    )
    return [
        Row(case, mine, idle, len(rounds), other)
        for case, measured, others in zip(cases, ours[: len(cases)], beside, strict=True)
        for mine, idle, other in zip(measured, floor, others, strict=True)
        if mine.operation in OPERATIONS
    ]


if __name__ == "__main__":
    main()
