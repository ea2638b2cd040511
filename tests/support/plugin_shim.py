"""The plugin's executable, as the engine looks for it."""

import sys
from pathlib import Path

from support.cli_engine import ROOT


def shim(folder: Path) -> Path:
    """The folder, with an executable in it that starts the plugin of this tree."""
    file = folder / "plugin" / "pulumi-resource-posthog"
    file.parent.mkdir()
    file.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m posthog_pulumi.plugin.server "$@"\n'
    )
    file.chmod(0o700)
    return file.parent
