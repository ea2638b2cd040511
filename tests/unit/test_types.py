"""What type checkers make of programs, as their writers see it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import posthog_pulumi

ROOT = Path(__file__).parents[2]
TYPES = ROOT / "tests" / "types"
CHECKERS = {
    "mypy": ["mypy", "--output=json"],  # strict, by pyproject.toml
    "pyright": ["pyright", "--outputjson", "--pythonpath", sys.executable],
}


def errors(checker: str, *programs: Path) -> list[tuple[str, int]]:
    """The lines that a checker reports, by program."""
    command = [sys.executable, "-m", *CHECKERS[checker], *map(str, programs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  # ours
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return sorted({(Path(file).stem, line) for file, line in READERS[checker](done.stdout)})


def of_mypy(text: str) -> Iterator[tuple[str, int]]:
    """An object for each message, notes among them."""
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    yield from ((it["file"], it["line"]) for it in found if it["severity"] == "error")


def of_pyright(text: str) -> Iterator[tuple[str, int]]:
    """One object, which counts lines from 0."""
    found = json.loads(text)["generalDiagnostics"]
    yield from ((it["file"], it["range"]["start"]["line"] + 1) for it in found)


READERS: Mapping[str, Callable[[str], Iterator[tuple[str, int]]]] = {
    "mypy": of_mypy,
    "pyright": of_pyright,
}


def marked(program: Path) -> list[tuple[str, int]]:
    """The lines that say that they are wrong."""
    lines = enumerate(program.read_text("utf-8").splitlines(), start=1)
    return [(program.stem, number) for number, line in lines if "# wrong: " in line]


@pytest.mark.parametrize("checker", CHECKERS)
def test_right_programs(checker: str) -> None:
    """A program that uses every public type has no error, nor has any example."""
    examples = sorted(ROOT.glob("examples/*/__main__.py"))

    assert errors(checker, TYPES / "right_programs.py", *examples) == []


@pytest.mark.parametrize("checker", CHECKERS)
def test_wrong_programs(checker: str) -> None:
    """Each mistake is reported where it is made, and nothing else is."""
    program = TYPES / "wrong_programs.py"

    assert errors(checker, program) == marked(program)


def test_every_public_type_is_used() -> None:
    """The right program is complete."""
    text = (TYPES / "right_programs.py").read_text("utf-8")

    assert [
        name for name in posthog_pulumi.__all__ if name[0].isupper() and f".{name}" not in text
    ] == []
