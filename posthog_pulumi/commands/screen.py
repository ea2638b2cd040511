"""What commands print: rich on a terminal, plain lines in a pipe or a file."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from posthog_pulumi.errors import PostHogError
from posthog_pulumi.properties import redacted

Item = TypeVar("Item")


def say(text: str = "") -> None:
    """A line of the command's result."""
    typer.echo(text)


def warn(text: str) -> None:
    """A line beside the result, on stderr."""
    typer.echo(text, err=True)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """An error is one line on stderr and exit code 1; a bug keeps its traceback."""
    try:
        yield
    except PostHogError as error:
        warn(str(error))
        raise typer.Exit(1) from None


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; in a pipe, lines with tabs between the cells, the first with the columns' names."""
    cells = [[redacted(str(cell)) for cell in row] for row in rows]
    _show(Table(*columns), cells, header=[columns])


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """Names and what is to be said of each; in a pipe, lines with a tab in between."""
    _show(Table.grid(padding=(0, 2)), [(name, redacted(text)) for name, text in rows])


def _show(
    empty: Table, rows: Iterable[Sequence[str]], header: Iterable[Sequence[str]] = ()
) -> None:
    if not sys.stdout.isatty():
        for line in (*header, *rows):
            say("\t".join(line))
        return
    for row in rows:
        empty.add_row(*row)
    Console(markup=False, highlight=False).print(empty)


def progress(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """The items, with a bar on stderr while they come; in a pipe, a line at every hundredth."""
    if sys.stderr.isatty():
        yield from track(items, what, total, console=Console(stderr=True), transient=True)
        return
    for number, item in enumerate(items, 1):
        if number % 100 == 0:
            warn(f"{what}: {number} of {total}")
        yield item
