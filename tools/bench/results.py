"""What was measured, and the file that keeps it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

OPERATIONS = ("create", "no-op", "preview", "update", "refresh", "destroy", "rotation")
DEFAULT = 0
"""In place of a number for ``--parallel``: Pulumi decides."""


@dataclass(frozen=True)
class Case:
    """How many projects, and what PostHog and Pulumi were set to."""

    projects: int
    latency_ms: int = 0
    parallel: int = DEFAULT
    skip_checkpoints: bool = False

    @property
    def pulumi(self) -> tuple[bool, int]:
        """What Pulumi was set to."""
        return self.skip_checkpoints, self.parallel


@dataclass(frozen=True)
class Measured:
    """One operation on one stack."""

    operation: str
    seconds: float
    requests: int
    state_bytes: int
    memory_bytes: int
    """The peak of the provider's process; 0 where the system does not tell."""


@dataclass(frozen=True)
class Row:
    """An operation on projects beside the same on resources that do nothing."""

    case: Case
    ours: Measured
    floor: Measured
    runs: int
    """How many runs the medians are of."""
    native: Measured | None = None
    """The same by the native provider, if it was measured."""


@dataclass(frozen=True)
class Limit:
    """A stack's life under PostHog's rate limit."""

    projects: int
    requests: int
    throttled: int
    """Requests that were refused with 429 and sent again."""
    seconds: float
    shortest: float
    """The seconds that the limit allows at best."""


@dataclass
class Results:
    """All that the page shows."""

    machine: dict[str, str | int]
    default_parallel: int
    import_ms: float = 0.0
    """What importing the steps adds to importing ``pulumi.dynamic``."""
    reads_per_second: float = 0.0
    """How many reads the emulator serves to many clients at once."""
    creates_per_second: float = 0.0
    """The same for creates."""
    limit: Limit | None = None
    rows: list[Row] = field(default_factory=list)

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows in; they replace older ones of the same case and operation."""
        by_key = {_key(row): row for row in [*self.rows, *rows]}
        self.rows = [by_key[key] for key in sorted(by_key)]

    def find(self, operation: str, case: Case) -> Row | None:
        """The row of an operation, if it was measured."""
        same = (row for row in self.rows if row.case == case)
        return next((row for row in same if row.ours.operation == operation), None)

    def by_size(self, operation: str, like: Case) -> list[Row]:
        """The rows of an operation for all numbers of projects, otherwise of such a case."""
        return [
            row
            for row in self.rows
            if row.ours.operation == operation
            and row.case == replace(like, projects=row.case.projects)
        ]


def _key(row: Row) -> tuple[tuple[bool, int], int, int, int]:
    case = row.case
    return case.pulumi, case.projects, case.latency_ms, OPERATIONS.index(row.ours.operation)


def medians(runs: Sequence[Sequence[Measured]]) -> list[Measured]:
    """Of several runs through the same operations, the middle of each figure."""
    return [
        Measured(
            same[0].operation,
            round(median(one.seconds for one in same), 3),
            int(median(one.requests for one in same)),
            int(median(one.state_bytes for one in same)),
            int(median(one.memory_bytes for one in same)),
        )
        for same in zip(*runs, strict=True)
    ]


def save(results: Results, file: Path) -> None:
    """Write the file."""
    file.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def load(file: Path) -> Results:
    """Read the file."""
    stored: dict[str, Any] = json.loads(file.read_text("utf-8"))
    limit = stored.pop("limit")
    rows = [_row(row) for row in stored.pop("rows")]
    return Results(**stored, limit=Limit(**limit) if limit else None, rows=rows)


def _row(stored: dict[str, Any]) -> Row:
    return Row(
        Case(**stored["case"]),
        Measured(**stored["ours"]),
        Measured(**stored["floor"]),
        stored["runs"],
        Measured(**stored["native"]) if stored.get("native") else None,
    )
