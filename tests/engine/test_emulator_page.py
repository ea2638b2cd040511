import os
import re
import subprocess
import sys
from pathlib import Path

from support.cli_engine import ROOT, Stack


def test_the_example_passes(stack: Stack, tmp_path: Path) -> None:
    """A user's suite that holds what the page on the emulator shows is green."""
    text = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")
    example = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[0]
    (tmp_path / "test_example.py").write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--rootdir=.", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, **stack.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    assert "1 passed" in done.stdout
    assert done.returncode == 0, done.stdout
