"""The native provider of this tree, as Pulumi looks for it."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

IN_THIS_FOLDER = """\
plugins:
  providers:
    - name: posthog
      path: .
"""
"""What a `Pulumi.yaml` says where the executable is beside it."""


def executable_in(folder: Path) -> Path:
    """The folder, with an executable in it that starts the provider."""
    file = folder / "pulumi-resource-posthog"
    file.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m posthog_pulumi.plugin.server "$@"\n'
    )
    file.chmod(0o700)
    return folder
