"""``posthog-pulumi doctor``."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated

import typer

from posthog_pulumi.commands import pulumi_cli, screen
from posthog_pulumi.commands.configuration import configured
from posthog_pulumi.commands.pulumi_cli import Setting
from posthog_pulumi.commands.versions import Version, versions
from posthog_pulumi.config import Config
from posthog_pulumi.lifecycle.account import Account, examine
from posthog_pulumi.lifecycle.connection import connect
from posthog_pulumi.models.account import Membership
from posthog_pulumi.plan.abilities import (
    LEVELS,
    PROJECTS,
    ROTATION,
    Ability,
    Session,
    Standing,
    abilities,
    allowed,
)
from posthog_pulumi.plan.failures import unknown_keys
from posthog_pulumi.plan.leftovers import leftovers
from posthog_pulumi.resources.options import CREDENTIALS, in_clear

Row = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that is shown; with ``--json`` as it stands here."""

    host: str
    server: str
    api_key: str
    session: str
    owner: str
    organizations: list[str]
    projects: str
    endpoints: list[Ability]
    rotation_works: bool
    projects_work: bool
    versions: list[Version]
    unknown_configuration: list[str]
    clear_credentials: list[str]
    leftovers: list[str]


class Goal(StrEnum):
    """What the exit code is about."""

    ROTATION = "rotation"
    PROJECTS = "projects"


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    stack: Annotated[
        str | None,
        typer.Option(help="Use this stack's configuration, and compare PostHog with its state."),
    ] = None,
    need: Annotated[
        Goal, typer.Option(help="What must work for the command to exit with 0.")
    ] = Goal.ROTATION,
) -> None:
    """Say what the credentials may do, and what is in the way of a rotation; nothing is changed.

    Credentials come from the environment (POSTHOG_API_KEY, POSTHOG_HOST), with --stack from the
    stack's configuration first. Exits with 0 if a secret token could be rotated, or with
    `--need projects` if projects could be created, updated and deleted; else with 1.
    """
    with screen.one_line_errors():
        pulumi = pulumi_cli.required() if stack else None
        settings = pulumi_cli.configuration(pulumi, stack) if pulumi and stack else None
        config = configured(settings, "--stack")
        managed = pulumi_cli.projects(pulumi, stack) if pulumi and stack else None
        report = _report(config, examine(connect(config)), settings or {}, managed)
    if as_json:
        screen.say(json.dumps(asdict(report), indent=2, ensure_ascii=False))
    else:
        screen.pairs([*_rows(report), *_endpoint_rows(report.endpoints), *_last_rows(report)])
    works = {Goal.ROTATION: report.rotation_works, Goal.PROJECTS: report.projects_work}
    raise typer.Exit(0 if works[need] else 1)


def _report(
    config: Config,
    found: Account,
    settings: Mapping[str, Setting],
    managed: Collection[str] | None,
) -> Report:
    endpoints = abilities(found.standing)
    why = "shares its name" if managed is None else "is not in the stack's state"
    return Report(
        host=config.host,
        server=_server(found.standing.before_2026),
        api_key=_key(found.standing),
        session=_SESSIONS[found.standing.session],
        owner=found.owner or _NO_OWNER[found.standing.session],
        organizations=[_organization(item, found.home) for item in found.organizations],
        projects=_projects(found),
        endpoints=endpoints,
        rotation_works=allowed(endpoints, ROTATION),
        projects_work=allowed(endpoints, PROJECTS),
        versions=versions(),
        unknown_configuration=unknown_keys(settings),
        clear_credentials=[
            in_clear(key) for key in CREDENTIALS if key in settings and not settings[key].secret
        ],
        leftovers=[
            f"project {item.id} ({item.name}) has no events and {why}"
            for item in leftovers(found.projects or (), managed)
        ],
    )


def _server(before_2026: bool | None) -> str:  # noqa: FBT001  # one of three, not a switch
    if before_2026 is None:
        return "of unknown age, since there is no project to look at"
    return "from before 2026" if before_2026 else "of 2026 or later"


def _key(standing: Standing) -> str:
    key = standing.key
    if key is None:
        return "none; the session is used for everything"
    scopes = ", ".join(key.scopes or ()) or "none, as legacy keys have"
    limits = [
        *([f"projects {', '.join(map(str, key.scoped_teams))}"] if key.scoped_teams else []),
        *([f"organizations {', '.join(key.scoped_organizations)}"]
          if key.scoped_organizations else []),
    ]  # fmt: skip
    limited = f"; limited to {' and '.join(limits)}" if limits else ""
    return f"{key.label!r} with the scopes {scopes}{limited}"


_NOT_SHOWN = "not shown to this credential; a key needs the scope user:read"
_NO_OWNER = {
    Session.NONE: _NOT_SHOWN,
    Session.WORKS: _NOT_SHOWN,
    Session.EXPIRED: "not known, since the session has expired",
}

_SESSIONS = {
    Session.NONE: "none",
    Session.WORKS: "works; PostHog does not say since when",
    Session.EXPIRED: "has expired",
}


def _organization(item: Membership, home: Membership | None) -> str:
    level = LEVELS.get(item.membership_level or 0, "of an unknown level")
    here = "; new projects are made here" if item == home else ""
    return f"{item.name} ({item.id}): {level}{here}"


def _projects(found: Account) -> str:
    if found.projects is None or found.home is None:
        return "not shown to this credential"
    used = sum(not item.is_demo for item in found.projects)
    limit = found.home.project_limit
    return f"{used}" if limit is None else f"{used} of the {limit} that the plan has"


def _rows(report: Report) -> list[Row]:
    organizations = report.organizations or ["none is shown; a key needs organization:read"]
    return [
        ("PostHog", f"{report.host}, {report.server}"),
        ("API key", report.api_key),
        ("session", report.session),
        ("owner", report.owner),
        *(("organization", text) for text in organizations),
        ("projects", report.projects),
    ]


def _endpoint_rows(endpoints: list[Ability]) -> list[Row]:
    return [(one.endpoint, one.reason or "yes") for one in endpoints]


def _last_rows(report: Report) -> list[Row]:
    return [
        *((one.name, "; ".join(filter(None, (one.number, one.trap)))) for one in report.versions),
        *(("configuration", text) for text in report.unknown_configuration),
        *(("configuration", text) for text in report.clear_credentials),
        *(("left over?", text) for text in report.leftovers),
        ("rotation", "a secret token could be rotated" if report.rotation_works else _NO_ROTATION),
    ]


_NO_ROTATION = (
    "a secret token could not be rotated; PostHogProjectSecretApiKey rotates with a plain key"
)
