"""``posthog-pulumi emulator``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from posthog_pulumi.commands import screen


class ServerName(StrEnum):
    """The servers that can be emulated: PostHog of September 2026 and of mid-2025."""

    current = "current"
    docs_2025 = "docs-2025"


def emulator(
    port: Annotated[int, typer.Option(help="Port; 0 picks a free one.")] = 8010,
    data: Annotated[
        Path | None, typer.Option(help="Folder to keep; without it nothing is kept.")
    ] = None,
    server: Annotated[
        ServerName, typer.Option(help="PostHog of September 2026, or of mid-2025 (its API page).")
    ] = ServerName.current,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 is for containers only.")
    ] = "127.0.0.1",
    *,
    until_eof: Annotated[
        bool, typer.Option("--until-eof", help="End when standard input ends.")
    ] = False,
) -> None:
    """Serve an emulation of PostHog until interrupted; one JSON line says where.

    Its page for people is at /.
    """
    try:
        from posthog_pulumi.emulator.server.run import run  # noqa: PLC0415 - an extra brings Django
    except ModuleNotFoundError as error:
        screen.warn(f"The emulator needs {error.name}: install the extra posthog-pulumi[emulator].")
        raise typer.Exit(1) from None
    run(port, data, server.value, host=host, until_eof=until_eof)
