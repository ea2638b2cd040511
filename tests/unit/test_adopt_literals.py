import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posthog_pulumi.adopt.literals import literal

VALUES: dict[str, Any] = {
    "quotes": 'the "best" site\'s',
    "double": '{"a": 1}',
    "single": "it's",
    "backslash": r"\d+\.(a|b)",
    "newline": "two\nlines\r\n\tindented",
    "control": "\x00\x1b[31m\x7f\u2028\ufeff",
    "beyond": "\U000e0001 ✨ 東京",
    "half": "\ud83d",
    "numbers": [0, -1, 2.5, True, False, None, 10**18],
    "nothing": [{}, [], ""],
    "long text": "x" * 200,
    "long list": ["https://a.example"] * 9,
    "wide": ["東京" * 9, "京" * 9],
    "just fits": ["x" * 75],
    "just does not": ["x" * 76],
    "nested": {"groups": [{"id": "g", "conditions": {"matchType": "any", "events": ["a"] * 20}}]},
    "long key": {"k" * 90: {"v": [1, 2, {"w": "x" * 80}]}},
}


@pytest.mark.parametrize("case", VALUES)
def test_value(case: str) -> None:
    """The text means the value, whatever is in it."""
    assert ast.literal_eval(literal(VALUES[case])) == VALUES[case]


def test_layout(tmp_path: Path) -> None:
    """The text is as ruff's formatter leaves it."""
    lines = [
        f"value_{at} = {literal(value, 0, len(f'value_{at} = '))}\n"
        for at, value in enumerate(VALUES.values())
    ]
    file = tmp_path / "values.py"
    file.write_text("".join(lines), "utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours

    assert done.stdout == ""
