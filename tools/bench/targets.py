"""What the package promises of its speed, beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.bench.results import OPERATIONS, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.bench.results import Results, Row

SENDING = ("create", "update", "refresh", "destroy")
SILENT = ("no-op", "preview")
LATENCY_MS = 300

TERRAFORM_PARALLEL = 10
TERRAFORM_SECONDS = {"create": 7.5, "no-op": 7.1, "update": 10.8, "refresh": 6.8, "destroy": 12.2}
"""Terraform 1.11.4 with PostHog's own provider: 100 projects, 300 ms, its default parallelism."""

TERRAFORM_FLOORS = {"create": 1.5, "no-op": 3.2, "update": 0.86, "refresh": 3.3, "destroy": 2.9}
"""The same with 1,000 projects and no latency, in floors with checkpoints."""


@dataclass(frozen=True)
class Target:
    """A bound, and the figure that it is for; None if that was not measured."""

    promise: str
    bound: float
    measured: float | None
    unit: str = ""
    at_least: bool = False

    @property
    def met(self) -> str:
        """Yes or no, or that nobody knows."""
        if self.measured is None:
            return "not measured"
        good = self.measured >= self.bound if self.at_least else self.measured <= self.bound
        return "yes" if good else "**no**"


def ideal(row: Row, default_parallel: int) -> float:
    """The floor and the requests' latency, as many at once as Pulumi runs; one project is alone."""
    at_once = min(row.case.parallel or default_parallel, row.case.projects)
    return row.floor.seconds + row.ours.requests * row.case.latency_ms / 1000 / at_once


def targets(results: Results) -> list[Target]:
    """All of them."""
    return [
        *_with_latency(results),
        *_beside_terraform(results),
        *_silent(results),
        *_of_a_thousand(results),
        *_without_checkpoints(results),
        _limit(results),
        _memory(results),
        Target("importing the steps, beyond `pulumi.dynamic`", 250, results.import_ms, "ms"),
    ]


def _with_latency(results: Results) -> Iterator[Target]:
    for operation in SENDING:
        rows = results.by_size(operation, Case(0, LATENCY_MS))
        ratios = [row.ours.seconds / ideal(row, results.default_parallel) for row in rows]
        text = f"{operation}, {LATENCY_MS} ms, at the worst size, in ideals"
        yield Target(text, 1.3, max(ratios, default=None))


def _beside_terraform(results: Results) -> Iterator[Target]:
    for operation, seconds in TERRAFORM_SECONDS.items():
        row = results.find(operation, Case(100, LATENCY_MS, TERRAFORM_PARALLEL))
        text = f"{operation}, {LATENCY_MS} ms, 100 projects, `--parallel 10`, beside Terraform"
        yield Target(text, seconds, row.ours.seconds if row else None, "s")


def _silent(results: Results) -> Iterator[Target]:
    sent = [row.ours.requests for row in results.rows if row.ours.operation in SILENT]
    yield Target("no-op and preview, requests", 0, max(sent, default=None))
    for operation in SILENT:
        for size in (100, 1000):
            row = results.find(operation, Case(size))
            yield Target(f"{operation}, {size:,} projects, in floors", 1.25, _in_floors(row))


def _of_a_thousand(results: Results) -> Iterator[Target]:
    for operation in OPERATIONS:
        row = results.find(operation, Case(1000))
        yield Target(f"{operation}, 1,000 projects, in floors", 1.4, _in_floors(row))


def _without_checkpoints(results: Results) -> Iterator[Target]:
    for operation, bound in TERRAFORM_FLOORS.items():
        skipped = results.find(operation, Case(1000, skip_checkpoints=True))
        row = results.find(operation, Case(1000))
        measured = skipped.ours.seconds / row.floor.seconds if skipped and row else None
        text = f"{operation}, 1,000 projects, checkpoints skipped, beside Terraform, in floors"
        yield Target(text, bound, measured)


def _limit(results: Results) -> Target:
    limit = results.limit
    used = 100 * limit.shortest / limit.seconds if limit else None
    return Target("how much of PostHog's rate limit is used", 95, used, "%", at_least=True)


def _memory(results: Results) -> Target:
    peaks = [
        [_peak(results, size, skipped=skipped) for size in (100, 2000)] for skipped in (False, True)
    ]
    ratios = [many / few for few, many in peaks if few and many]
    text = "peak memory of the provider's process with 2,000 projects, in those with 100"
    return Target(text, 1.1, max(ratios, default=None))


def _peak(results: Results, projects: int, *, skipped: bool) -> int:
    case = Case(projects, skip_checkpoints=skipped)
    return max((row.ours.memory_bytes for row in results.rows if row.case == case), default=0)


def _in_floors(row: Row | None) -> float | None:
    return row.ours.seconds / row.floor.seconds if row else None
