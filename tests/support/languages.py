"""The hosts of YAML, TypeScript and Go programs, for tests that run them."""

import subprocess
import sys
from pathlib import Path

from support.cli_engine import ROOT


def hosts() -> Path:
    """The folder of the language hosts; if they cannot be had, it says why and fails."""
    found = subprocess.run(  # our own interpreter and module
        [sys.executable, "-m", "tools.hosts"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Path(found.stdout.strip())
