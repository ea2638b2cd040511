import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"


def test_the_example_passes(tmp_path: Path) -> None:
    """A program and its unit test as the page shows them: green, with no CLI and no credential."""
    text = PAGE.read_text("utf-8")
    program, suite = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "infrastructure.py").write_text(program, "utf-8")
    (tmp_path / "test_infrastructure.py").write_text(suite, "utf-8")
    environ = {name: value for name, value in os.environ.items() if "POSTHOG" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--rootdir=.", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        env={**environ, "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )

    assert "2 passed" in done.stdout, done.stdout
    assert done.returncode == 0
