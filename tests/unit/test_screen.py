import sys

import pytest
import typer

from posthog_pulumi.commands import screen
from posthog_pulumi.errors import RefusedError


def test_a_table_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines with tabs, for `cut` and `awk`; a cell is one line and holds no key."""
    screen.table(["id", "name"], [(1, "two\nlines\t"), (2, "[red]phx_123456789[/red]")])

    assert capsys.readouterr().out == "id\tname\n1\ttwo lines\n2\t[red]phx_…[/red]\n"


def test_a_table_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines are drawn, and what looks like rich's markup is a name like others."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    screen.table(["id", "name"], [(1, "[red]Web[/red]")])
    shown = capsys.readouterr().out

    assert "[red]Web[/red]" in shown
    assert "│ 1  │" in shown


def test_progress_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """A line at every hundredth, on stderr."""
    found = list(screen.progress(range(250), 250, "Reading projects"))

    assert found == [*range(250)]
    assert capsys.readouterr() == (
        "",
        "Reading projects: 100 of 250\nReading projects: 200 of 250\n",
    )


def test_progress_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar, on stderr."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    found = list(screen.progress(range(3), 3, "Reading projects"))

    assert found == [0, 1, 2]
    assert capsys.readouterr().out == ""


def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """It goes to stderr, and the exit code is 1."""
    with pytest.raises(typer.Exit) as caught, screen.one_line_errors():
        raise RefusedError("it exists.", advice="Name another.")
    assert caught.value.exit_code == 1
    assert capsys.readouterr() == ("", "it exists. Name another.\n")
