"""The page, written from the results alone."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from tools.bench.results import DEFAULT, OPERATIONS
from tools.bench.targets import ideal, targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.bench.results import Results, Row
    from tools.bench.targets import Target

TEMPLATE = Path(__file__).with_name("performance.template")


def page(results: Results) -> str:
    """The whole page."""
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        machine=_machine(results),
        targets="\n".join(target_table(results)),
        tables="\n".join(tables(results)),
        limit=_limit(results),
    )


def _machine(results: Results) -> str:
    its = results.machine
    return (
        f"Measured on {its['cores']} cores of {its['processor']} with {its['memory_gib']} GiB"
        f" ({its['system']}): Pulumi CLI {its['pulumi_cli']}, SDK {its['pulumi_sdk']},"
        f" Python {its['python']}, posthog-pulumi {its['posthog_pulumi']}. By default Pulumi ran"
        f" {results.default_parallel} steps at once. The emulator serves"
        f" {results.reads_per_second:.0f} reads/s or {results.creates_per_second:.0f} creates/s to"
        " 16 clients, at best."
    )


def target_table(results: Results) -> Iterator[str]:
    """Each target, what was measured, and whether it is met."""
    yield "| what | target | measured | met |"
    yield "|---|---|---|---|"
    for one in targets(results):
        yield f"| {one.promise} | {_bound(one)} | {_figure(one.measured, one.unit)} | {one.met} |"


def _bound(target: Target) -> str:
    return f"{'≥' if target.at_least else '≤'} {target.bound:g} {target.unit}".strip()


def _figure(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.3g} {unit}".strip()


def tables(results: Results) -> Iterator[str]:
    """A table for each setting of Pulumi's that was measured."""
    for skip, parallel in sorted({row.case.pulumi for row in results.rows}):
        named = [
            *(["`PULUMI_SKIP_CHECKPOINTS=true`"] if skip else []),
            *([f"`--parallel {parallel}`"] if parallel != DEFAULT else []),
        ]
        yield f"\n### {' and '.join(named) or 'With the defaults of Pulumi'}\n"
        yield from _table(
            [row for row in results.rows if row.case.pulumi == (skip, parallel)],
            results.default_parallel,
        )


def _table(rows: list[Row], default_parallel: int) -> Iterator[str]:
    latencies = sorted({row.case.latency_ms for row in rows})
    native = any(row.native for row in rows)
    columns = [
        f"{ms} ms, s | in {'ideals' if ms else 'floors'}{' | native, s' if native else ''}"
        for ms in latencies
    ]
    heading = ["projects | operation | requests | floor, s", *columns, "state, kB | memory, MiB"]
    yield f"| {' | '.join(heading)} |"
    yield "|--:|---|" + "--:|" * (4 + (3 if native else 2) * len(latencies))
    for size in sorted({row.case.projects for row in rows}):
        for operation in OPERATIONS:
            same = [r for r in rows if (r.case.projects, r.ours.operation) == (size, operation)]
            if same:
                yield _line(same, latencies, default_parallel, native=native)


def _line(same: list[Row], latencies: list[int], default_parallel: int, *, native: bool) -> str:
    """The rows of one operation at all latencies."""
    by_latency = {row.case.latency_ms: row for row in same}
    one = same[0]
    cells = [
        f"{one.case.projects:,}",
        one.ours.operation,
        f"{one.ours.requests:,}",
        f"{one.floor.seconds:.1f}",
        *(_cells(by_latency.get(ms), default_parallel, native=native) for ms in latencies),
        f"{one.ours.state_bytes / 1000:,.0f}",
        f"{max(row.ours.memory_bytes for row in same) / 2**20:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _cells(row: Row | None, default_parallel: int, *, native: bool) -> str:
    if row is None:
        return " | " + (" | " if native else "")
    ours = f"{row.ours.seconds:.1f} | {row.ours.seconds / ideal(row, default_parallel):.2f}"
    beside = f"{row.native.seconds:.1f}" if row.native else ""
    return f"{ours} | {beside}" if native else ours


def _limit(results: Results) -> str:
    limit = results.limit
    if limit is None:
        return ""
    return (
        "\n### At PostHog's rate limit\n\n"
        f"{limit.projects:,} projects were created, updated, refreshed and destroyed at 480"
        f" requests a minute and 4,800 an hour: {limit.requests:,} requests in {limit.seconds:.0f}"
        f" s, where the limit allows {limit.shortest:.0f} s at best. {limit.throttled:,} requests"
        " were refused and sent again, and none failed. Checkpoints were skipped: with them an"
        " update of 600 projects takes the engine longer than the limit allows."
    )
