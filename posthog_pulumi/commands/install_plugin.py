"""``posthog-pulumi install-plugin``."""

import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Final

import typer

from posthog_pulumi.commands import pulumi_cli, screen
from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.plugin.version import INSTALLED_AS, NAME, version

_SHIM: Final = """\
#!/bin/sh
# posthog-pulumi {version} of this environment; written by `posthog-pulumi install-plugin`.
python={python}
[ -x "$python" ] || {{
    echo "posthog-pulumi is gone with $python: run \\`posthog-pulumi install-plugin\\` again." >&2
    exit 1
}}
{variable}={version} exec "$python" -P -m posthog_pulumi.plugin.server "$@"
"""


def install_plugin(
    *,
    uninstall: Annotated[
        bool, typer.Option("--uninstall", help="Remove every version of it again.")
    ] = False,
) -> None:
    """Let Pulumi run the native provider of this Python environment, for programs in any language.

    Pulumi keeps plugins in its home (PULUMI_HOME, else ~/.pulumi), where this puts a small script
    that starts this environment's Python. Python programs with dynamic resources do not need it.
    """
    with screen.one_line_errors():
        if os.name != "posix":
            raise ConfigurationError(
                "install-plugin needs a system with /bin/sh.",
                advice="On Windows, use the Windows Subsystem for Linux.",
            )
        pulumi = pulumi_cli.required()
        if uninstall:
            _uninstall(pulumi)
        else:
            _install(pulumi, version())


def _uninstall(pulumi: str) -> None:
    if not pulumi_cli.plugins(pulumi, NAME):
        screen.say(f"The plugin {NAME} is not installed.")
        return
    pulumi_cli.run(pulumi, "plugin", "rm", "resource", NAME, "--yes")
    screen.say(f"The plugin {NAME} is removed.")


def _install(pulumi: str, number: str) -> None:
    with tempfile.TemporaryDirectory(prefix="posthog-pulumi-") as folder:
        file = Path(folder, f"pulumi-resource-{NAME}")
        python = shlex.quote(sys.executable)
        file.write_text(
            _SHIM.format(version=number, python=python, variable=INSTALLED_AS), encoding="utf-8"
        )
        file.chmod(0o755)
        options = ("--file", str(file), "--reinstall")
        pulumi_cli.run(pulumi, "plugin", "install", "resource", NAME, number, *options)
    screen.say(f"The plugin {NAME} {number} is installed; it runs {sys.executable}.")
