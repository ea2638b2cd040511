"""The commands: ``posthog-pulumi``, or ``python -m posthog_pulumi``."""

import io
import sys
from importlib import metadata
from typing import Annotated

import typer

from posthog_pulumi.commands.doctor import doctor
from posthog_pulumi.commands.emulator import emulator
from posthog_pulumi.commands.importing import import_
from posthog_pulumi.commands.install_plugin import install_plugin

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help, which reads the same in a pipe
)


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer's way
    if wanted:
        typer.echo(metadata.version("posthog-pulumi"))
        raise typer.Exit


@app.callback()
def commands(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Declare PostHog projects in Pulumi programs."""
    del version
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a project's name may hold any character
            stream.reconfigure(errors="backslashreplace")


app.command("import")(import_)
app.command("doctor")(doctor)
app.command("emulator")(emulator)
app.command("install-plugin")(install_plugin)


if __name__ == "__main__":
    app()
