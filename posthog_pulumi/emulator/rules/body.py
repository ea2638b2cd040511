"""A project in response bodies."""

import time
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.users import ADMIN, OWNER, User
from posthog_pulumi.emulator.settings.registry import known

GLOBAL_THEME = 1
_DAY = 24 * 3600
_DEFAULT_MODIFIERS = {"personsOnEventsMode": "person_id_override_properties_on_events"}


def moment(value: datetime | None) -> str | None:
    """A time in UTC with microseconds, as PostHog writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if value else None


def short(project: Project, server: Server) -> dict[str, Any]:
    """One item of the list."""
    named = (
        "completed_snippet_onboarding",
        "has_completed_onboarding_for",
        "is_demo",
        "timezone",
        "access_control",
    )
    return _identity(project, server) | {
        "name": project.name,
        "api_token": project.api_token,
        "ingested_event": project.ingested_event,
        **{name: project.settings.get(name) for name in named},
    }


def full(project: Project, viewer: User, server: Server) -> dict[str, Any]:
    """The whole project, with its secret tokens in clear."""
    level = viewer.level(project.organization_id)
    return (
        _identity(project, server)
        | {
            name: project.settings.get(name, setting.default)
            for name, setting in known(server).items()
        }
        | _tokens(project, viewer, server)
        | _computed(project, level, server)
        | _overridden(project)
    )


def team(project: Project, viewer: User, server: Server) -> dict[str, Any]:
    """The project's environment: what the product-intent endpoints return."""
    body = full(project, viewer, server.of_environments)
    del body["product_description"]
    return body | ({"project_id": project.id} | _OLD_TEAM if server.counts_intents_as_team else {})


_OLD_TEAM = {"user_access_level": "admin"}


def _identity(project: Project, server: Server) -> dict[str, Any]:
    twin = {"project_id": project.id} if server.has_project_id else {}
    return {
        "id": project.id,
        "uuid": str(project.uuid),
        "organization": str(project.organization_id),
        **twin,
    }


def _tokens(project: Project, viewer: User, server: Server) -> dict[str, Any]:
    return {
        "api_token": project.api_token,
        "secret_api_token": project.secret_api_token,
        "secret_api_token_backup": project.secret_api_token_backup,
        "live_events_token": _live_events_token(project, viewer, server),
    }


def _live_events_token(project: Project, viewer: User, server: Server) -> str:
    since = int(time.time()) // _DAY * _DAY
    about = f"{project.api_token} {viewer.pk} {project.organization_id} {since}"
    nonce = tokens.short_id() if server.fresh_live_events_token else tokens.digest(about)[:12]
    payload = {
        "team_id": project.id,
        "api_token": project.api_token,
        "aud": "posthog:livestream",
        "exp": since + 8 * _DAY,
        "jti": nonce,
    }
    return tokens.jwt(payload, settings.SECRET_KEY)


def _computed(project: Project, level: int | None, server: Server) -> dict[str, Any]:
    capped = ADMIN if server.caps_level_at_admin and level == OWNER else level
    extras = {
        "user_access_level": "admin" if level and level >= ADMIN else "member",
        "managed_viewsets": {"revenue_analytics": False},
        "available_setup_task_ids": [],
        "event_retention_months": None,
        "events_retention_enforced": False,
        "is_pending_deletion": project.is_pending_deletion,
    }
    return {
        "name": project.name,
        "created_at": moment(project.created_at),
        "updated_at": moment(project.updated_at),
        "effective_membership_level": capped,
        "has_group_types": False,
        "group_types": [],
        "ingested_event": project.ingested_event,
        "person_on_events_querying_enabled": True,
        "default_modifiers": deepcopy(_DEFAULT_MODIFIERS),
        "product_intents": [_intent(intent) for intent in project.product_intents],
        **(extras if server.lists_computed_extras else {}),
    }


def _intent(intent: dict[str, Any]) -> dict[str, Any]:
    shown = ("product_type", "created_at", "onboarding_completed_at", "updated_at")
    return {name: intent[name] for name in shown}


def _overridden(project: Project) -> dict[str, Any]:
    if "default_data_theme" not in project.settings or project.organization.data_color_themes:
        return {}
    return {"default_data_theme": GLOBAL_THEME}
