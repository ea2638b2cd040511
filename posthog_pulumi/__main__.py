"""The commands: ``posthog-pulumi``, or ``python -m posthog_pulumi``."""

import io
import sys

import typer

from posthog_pulumi.commands.emulator import emulator
from posthog_pulumi.commands.importing import import_

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help, which reads the same in a pipe
)


@app.callback()
def commands() -> None:
    """Declare PostHog projects in Pulumi programs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a project's name may hold any character
            stream.reconfigure(errors="backslashreplace")


app.command("import")(import_)
app.command("emulator")(emulator)


if __name__ == "__main__":
    app()
