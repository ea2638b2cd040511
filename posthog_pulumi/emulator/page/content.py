"""What the page shows, in plain values without secrets."""

import json
from dataclasses import asdict
from typing import Any, Final

from django.conf import settings

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.page.masks import masked, without_secrets
from posthog_pulumi.emulator.page.ready_faults import READY
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.projects import at_create, test_filters
from posthog_pulumi.emulator.rules.users import Organization
from posthog_pulumi.emulator.server.faults import Fault
from posthog_pulumi.emulator.settings.registry import known

MOST: Final = 50
"""Organizations, and projects, that are shown: the newest, since the page is made each second."""

_TOKENS: Final = ("api_token", "secret_api_token", "secret_api_token_backup")
_PLAIN: Final = asdict(Fault())


def content() -> dict[str, Any]:
    """All that the template needs."""
    emulator = settings.EMULATOR
    found = Project.objects.select_related("organization").order_by("-id")
    newest = found.prefetch_related("secret_keys", "dashboards")[:MOST]
    return {
        "server": emulator.server.name,
        "organizations": _organizations(list(newest)[::-1], emulator.server),
        "others": max(0, Project.objects.count() - MOST),
        "faults": _faults(emulator.faults.numbered()),
        "requests": emulator.log.last(),
    }


def _organizations(projects: list[Project], server: Server) -> list[dict[str, Any]]:
    newest = Organization.objects.order_by("-created_at")[:MOST]
    found = {item.id: item for item in [*newest, *(it.organization for it in projects)]}
    return [
        {
            "id": organization.id,
            "name": masked(organization.name),
            "projects": [
                _project(project, server)
                for project in projects
                if project.organization_id == organization.id
            ],
        }
        for organization in sorted(found.values(), key=lambda item: item.created_at)
    ]


def _project(project: Project, server: Server) -> dict[str, Any]:
    named = [(name, getattr(project, name)) for name in _TOKENS]
    by_age = sorted(project.secret_keys.all(), key=lambda key: key.created_at)
    keys = [(key.label, key.mask_value) for key in by_age]
    return {
        "id": project.id,
        "name": masked(project.name),
        "pending": project.is_pending_deletion,
        "ingested": project.ingested_event,
        "tokens": [(name, masked(value)) for name, value in named if value],
        "keys": [(masked(label), mask.replace("...", "…")) for label, mask in keys],
        "settings": [
            (name, json.dumps(without_secrets(value, name), ensure_ascii=False))
            for name, value in _differing(project, server).items()
        ],
    }


def _differing(project: Project, server: Server) -> dict[str, Any]:
    """The settings of which a new project of this organization would have another value."""
    usual = at_create({}, project.organization, server) | {
        "test_account_filters": test_filters(project, server),
        "primary_dashboard": min((it.pk for it in project.dashboards.all()), default=None),
    }
    return {
        name: project.settings.get(name)
        for name in known(server)
        if project.settings.get(name) != usual.get(name)
    }


def _faults(rules: list[tuple[int, Fault]]) -> list[dict[str, Any]]:
    """The ready ones, then those of tests; what is on has the number that switches it off."""
    left = dict(rules)
    ready = [
        {"name": name, "text": item.text, "number": _taken(left, item.fault)}
        for name, item in READY.items()
    ]
    return ready + [{"text": _in_words(fault), "number": key} for key, fault in left.items()]


def _taken(rules: dict[int, Fault], fault: Fault) -> int | None:
    """The number of the rule that is this fault, which leaves the others."""
    number = next((key for key, rule in rules.items() if rule == fault), None)
    if number is not None:
        del rules[number]
    return number


def _in_words(fault: Fault) -> str:
    """What sets it apart; of a body, which may be any, its name."""
    differing = {name: value for name, value in asdict(fault).items() if value != _PLAIN[name]}
    return masked(
        ", ".join(
            name if name in {"body", "headers"} else f"{name} {value}"
            for name, value in differing.items()
        )
    )
