"""Writes README's table of what happens when something goes wrong, from the fault matrix.

``python -m tools.fault_table`` writes it; a test holds README equal to the matrix.
"""

import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
BEGINS: Final = "<!-- faults: written by tools/fault_table.py -->\n"
ENDS: Final = "<!-- faults end -->\n"

_COLUMNS: Final = {
    "what goes wrong": "says",
    "reading": "read",
    "changing settings, deleting": "idempotent",
    "creating, moving, rotating, …": "once",
}

_WORDS: Final = {
    "repeated": "sent again",
    "looked up": "looked up, and taken as it is",
    "looked up, repeated": "looked up, then sent again",
    "refused": "an error",
}
_ADVISES: Final = "an error that says what to look for"


def section() -> str:
    """The table, and the exceptions below it."""
    matrix = tomllib.loads((ROOT / "tests" / "data" / "fault_matrix.toml").read_text("utf-8"))
    rows = [list(_COLUMNS), ["---"] * len(_COLUMNS), *map(_cells, matrix["group"])]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    notes = "".join(f"- {item['says']}\n" for item in matrix["exception"] if "says" in item)
    return f"{BEGINS}{table}\n{notes}{ENDS}"


def with_section(readme: str) -> str:
    """README with its table of faults as it must be."""
    before, rest = readme.split(BEGINS)
    return before + section() + rest.split(ENDS)[1]


def main() -> None:
    """Write it."""
    readme = ROOT / "README.md"
    readme.write_text(with_section(readme.read_text("utf-8")), "utf-8")


def _cells(group: dict[str, Any]) -> list[str]:
    words = {**_WORDS, "refused": _ADVISES} if group.get("advises") else _WORDS
    return [words.get(group[name], group[name]) for name in _COLUMNS.values()]


if __name__ == "__main__":
    main()
