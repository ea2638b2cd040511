"""``posthog-pulumi import``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from posthog_pulumi.adopt import live
from posthog_pulumi.adopt.projects import Adopted, Wish, adopted
from posthog_pulumi.commands import pulumi_cli, screen
from posthog_pulumi.commands.configuration import configured
from posthog_pulumi.commands.target import Target, finish, refuse_to_write
from posthog_pulumi.errors import RefusedError
from posthog_pulumi.lifecycle.connection import Connection, connect
from posthog_pulumi.models.project import RemoteProject


def import_(  # noqa: PLR0913  # as many as the command has options
    *,
    organization: Annotated[
        str | None,
        typer.Option(help="UUID, slug or @current; that of the configuration if left out."),
    ] = None,
    project: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A project; may be repeated.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every project of the organization.")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="Pulumi's name of the one project that is named.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Pulumi's import file.")] = Path("import.json"),
    program_file: Annotated[Path, typer.Option("--program", help="The Python program.")] = Path(
        "posthog_projects.py"
    ),
    into: Annotated[
        str | None,
        typer.Option(
            metavar="STACK",
            help="Run `pulumi import` too, on this stack and with its configuration; no file with"
            " tokens is kept.",
        ),
    ] = None,
    protect: Annotated[
        bool, typer.Option(help="Let Pulumi refuse to delete what was imported.")
    ] = True,
    secret_tokens: Annotated[
        bool,
        typer.Option(
            "--secret-tokens",
            help="Let the program rotate the secret tokens too; they are taken over as they are.",
        ),
    ] = False,
    product_intents: Annotated[
        bool, typer.Option("--product-intents", help="Declare the product intents too.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite existing files.")] = False,
) -> None:
    """Bring existing PostHog projects under Pulumi's management; PostHog is only read.

    Writes Pulumi's import file and a Python program that declares the projects. Without --project
    and --all it lists what there is and writes nothing. Credentials come from the environment
    (POSTHOG_API_KEY, POSTHOG_HOST), with --into from the stack's configuration first.

    With --into the import file goes to `pulumi import` through a pipe; where the system has no name
    for one it lies in a private folder (mode 0700, the file 0600) that is removed on every exit but
    a kill.
    """
    with screen.one_line_errors():
        target = Target(file=out, program=program_file, into=into, protect=protect)
        ids = _ids(project or [], every=every)
        if name is not None and len(ids) != 1:
            raise RefusedError("--name goes with exactly one --project.")
        writes = every or bool(ids)
        if writes:
            refuse_to_write(target, force=force)
        pulumi = pulumi_cli.required_for_import() if into else None
        config = configured(
            pulumi_cli.configuration(pulumi, into) if pulumi and into else None, "--into"
        )
        on = connect(config)
        if not writes:
            _list(on, organization)
            return
        there = pulumi_cli.projects(pulumi, into) if pulumi and into else {}
        wish = Wish(secret_tokens=secret_tokens, product_intents=product_intents)
        projects = _read(on, organization, ids, there)
        if not projects:
            screen.warn("Every project is in the stack already: nothing was written.")
            return
        found = [
            replace(one, name=name or one.name)
            for one in adopted(projects, live.home(on), wish, there.values())
        ]
        _show(found, wish)
        finish(config, found, target, pulumi)


def _ids(projects: Sequence[str], *, every: bool) -> list[str]:
    """The ids that were named, each once."""
    if projects and every:
        raise RefusedError("--all and --project exclude each other.")
    for id_ in projects:
        if not (id_.isascii() and id_.isdigit()):
            raise RefusedError(
                f"{id_!r} is no project's id.",
                advice="It is the number in the project's address; without --project and --all"
                " this command lists them.",
            )
    return list(dict.fromkeys(str(int(id_)) for id_ in projects))


def _list(on: Connection, organization: str | None) -> None:
    rows = [
        (item.id, item.name, item.timezone, _yes(item.ingested_event))
        for item in live.listed(on, organization)
    ]
    screen.table(["id", "project", "time zone", "events"], rows)
    screen.warn("Nothing was written: name projects with --project ID, or take them with --all.")


def _read(
    on: Connection, organization: str | None, ids: Sequence[str], there: Mapping[str, str]
) -> list[RemoteProject]:
    """The projects that were named, or all that are not about to be deleted.

    None if the stack has them all.

    Args:
        on: The connection.
        organization: That of the command line.
        ids: The projects that were named.
        there: Pulumi's names of those that the stack has already, by their ids.
    """
    every = ids or [str(item.id) for item in live.listed(on, organization)]
    wanted = [id_ for id_ in every if id_ not in there]
    for id_ in every:
        if id_ in there:
            screen.warn(
                f"Project {id_} is in the stack already, as {there[id_]!r}, and left out; `pulumi"
                " up` deletes it unless a program declares it."
            )
    coming = live.projects(on, organization, wanted)
    projects = list(screen.progress(coming, len(wanted), "Reading projects"))
    if ids:
        kept = [live.refuse_pending(project) for project in projects]
    else:
        kept = [project for project in projects if not project.is_pending_deletion]
    if not kept and not there.keys() & {*every}:
        raise RefusedError("the organization has no project to import.")
    return kept


def _show(found: Sequence[Adopted], wish: Wish) -> None:
    columns = ["id", "project", "name in Pulumi", "settings", "events", "secret token"]
    rows = [
        (
            one.id,
            one.project.name,
            one.name,
            len(one.settings),
            _yes(one.project.ingested_event),
            _token(one, wish),
        )
        for one in found
    ]
    screen.table(columns, rows)
    for one in found:
        for reason in one.left_out.values():
            screen.warn(f"Project {one.id}: not declared, and so left as it is: {reason}.")


def _token(one: Adopted, wish: Wish) -> str:
    if one.project.secret_api_token is None:
        return "none"
    return "taken over" if wish.secret_tokens else "left as it is"


def _yes(value: bool) -> str:  # noqa: FBT001  # a word for it
    return "yes" if value else "no"
