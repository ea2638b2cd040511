"""Whatever a page prints for its reader to run, a test runs."""

import re
import tomllib

import pytest
from support.papers import ROOT, blocks, printed, text

PRINTED: dict[str, dict[str, str]] = tomllib.loads(text("tests/data/printed.toml"))
COMMANDS, ELSEWHERE, PROGRAMS = (PRINTED[key] for key in ("commands", "elsewhere", "programs"))


def test_commands() -> None:
    """Each command line is in the list, and the list has none that is gone."""
    shown = {command for _, command in printed()}

    assert shown - COMMANDS.keys() - ELSEWHERE.keys() == set(), "add it to tests/data/printed.toml"
    assert COMMANDS.keys() | ELSEWHERE.keys() == shown
    assert COMMANDS.keys() & ELSEWHERE.keys() == set()


def test_programs() -> None:
    """Each Python program is in the list, and the list has none that is gone."""
    assert [str(block) for block in blocks("python")] == sorted(PROGRAMS)


@pytest.mark.parametrize("name", sorted({*COMMANDS.values(), *PROGRAMS.values()}))
def test_tests(name: str) -> None:
    """The test that the list names exists."""
    file, *_, function = name.split("::")

    assert re.search(rf"^ *def {function}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)
