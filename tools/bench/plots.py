"""The plots, drawn from the results alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from tools.bench.results import DEFAULT, OPERATIONS, Case
from tools.bench.targets import LATENCY_MS, TERRAFORM_PARALLEL, TERRAFORM_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from tools.bench.results import Results

OURS, FLOOR, SKIPPED, TERRAFORM = "#1d4aff", "#8f8f8f", "#f54e00", "#7b42bc"
PARALLEL = (TERRAFORM_PARALLEL, DEFAULT, 32)


def draw(results: Results, folder: Path) -> None:
    """Write each plot as an SVG file, the same bytes for the same results."""
    plots = {"size": by_size, "latency": beside_terraform, "memory": memory}
    with mpl.rc_context({"svg.hashsalt": "bench", "svg.fonttype": "none", "font.size": 9}):
        for name, plot in plots.items():
            plot(results).savefig(folder / f"performance-{name}.svg", metadata={"Date": None})


def by_size(results: Results) -> Figure:
    """Seconds by number of projects, a panel for each operation."""
    figure = Figure(figsize=(10, 5), layout="constrained")
    panels = figure.subplots(2, 4)
    for panel, operation in zip(panels.flat, OPERATIONS, strict=False):
        for skip, color, label in ((False, OURS, ""), (True, SKIPPED, ", checkpoints skipped")):
            rows = results.by_size(operation, Case(0, skip_checkpoints=skip))
            sizes = [row.case.projects for row in rows]
            panel.plot(
                sizes, [r.ours.seconds for r in rows], "o-", color=color, label=f"projects{label}"
            )
            style = ":" if skip else "--"
            panel.plot(
                sizes, [r.floor.seconds for r in rows], style, color=FLOOR, label=f"floor{label}"
            )
        _frame(panel, operation, "projects", "seconds")
    panels.flat[-1].axis("off")
    panels.flat[-1].legend(*panels.flat[0].get_legend_handles_labels(), loc="center", frameon=False)
    return figure


def beside_terraform(results: Results) -> Figure:
    """Seconds for 100 projects with latency: Terraform's, and ours by ``--parallel``."""
    figure = Figure(figsize=(10, 3), layout="constrained")
    panel = figure.subplots()
    operations = list(TERRAFORM_SECONDS)
    bars = {f"Terraform, -parallelism={TERRAFORM_PARALLEL}": list(TERRAFORM_SECONDS.values())}
    for parallel in PARALLEL:
        label = f"--parallel {parallel or results.default_parallel}"
        rows = [results.find(name, Case(100, LATENCY_MS, parallel)) for name in operations]
        bars[f"{label} (default)" if parallel == DEFAULT else label] = [
            row.ours.seconds if row else 0.0 for row in rows
        ]
    colors = (TERRAFORM, "#0a1f7a", OURS, "#9db2ff")
    for number, ((label, seconds), color) in enumerate(zip(bars.items(), colors, strict=True)):
        places = [at + number * 0.2 for at in range(len(operations))]
        panel.bar(places, seconds, 0.18, color=color, label=label)
    panel.set_xticks([at + 0.3 for at in range(len(operations))], operations)
    figure.legend(loc="outside lower center", ncols=4, frameon=False)
    _frame(panel, f"100 projects, {LATENCY_MS} ms per request", "", "seconds")
    return figure


def memory(results: Results) -> Figure:
    """Peak memory of the provider's process by number of projects."""
    figure = Figure(figsize=(10, 3), layout="constrained")
    panel = figure.subplots()
    for operation in OPERATIONS:
        rows = results.by_size(operation, Case(0))
        mebibytes = [row.ours.memory_bytes / 2**20 for row in rows]
        panel.plot([row.case.projects for row in rows], mebibytes, "o-", label=operation)
    figure.legend(loc="outside lower center", ncols=7, frameon=False)
    _frame(panel, "Provider's process", "projects", "MiB at most")
    return figure


def _frame(panel: Axes, title: str, below: str, beside: str) -> None:
    panel.set(title=title, xlabel=below, ylabel=beside)
    panel.set_ylim(bottom=0)
    panel.spines[["top", "right"]].set_visible(False)
