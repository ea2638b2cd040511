"""What stands between a request and a project: levels, plans and limits."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules.body import moment
from posthog_pulumi.emulator.rules.errors import ServerFault
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.users import ADMIN, Organization, User
from posthog_pulumi.emulator.settings.choices import RETENTION_PERIODS
from posthog_pulumi.emulator.settings.registry import known

_ANY_CREATOR = {"name", "product_description", "is_demo"}


def demo_time() -> timedelta:
    """How long demo data takes."""
    return timedelta(seconds=settings.EMULATOR.demo_seconds)


def deletion_time() -> timedelta:
    """How long the deletion workflow takes once it runs."""
    return timedelta(seconds=settings.EMULATOR.deletion_seconds)


def may_create(sent: Any, organization: Organization, user: User, server: Server) -> None:
    """Check plan, then level, in PostHog's order."""
    demo = isinstance(sent, Mapping) and sent.get("is_demo") in (True, "true", 1)
    _check_plan(organization, server, demo=demo)
    level = user.level(organization)
    if level is None:
        raise NotFound("Organization not found.")
    if level >= ADMIN:
        return
    if not demo and not (
        server.settings_are_admin_only and organization.members_can_create_projects
    ):
        raise PermissionDenied(server.organization_level_refusal)
    denied = _admin_only(sent, server) - _ANY_CREATOR
    if denied:
        raise PermissionDenied(
            f"Only organization admins can set these settings on project creation: {_names(denied)}"
        )


def _check_plan(organization: Organization, server: Server, *, demo: bool) -> None:
    limits = [limit for limit in (organization.project_limit, server.hard_cap) if limit is not None]
    if not demo and not (limits and Project.objects.count_in(organization) >= min(limits)):
        return  # demo projects need not be told from others
    there = Project.objects.filter(organization=organization)
    present = list(there.values_list("settings__is_demo", flat=True))
    count = present.count(False)
    if demo and True in present:
        raise PermissionDenied(server.plan_limit_refusal)
    if organization.project_limit is not None and count >= organization.project_limit:
        raise PermissionDenied(server.plan_limit_refusal)
    if server.hard_cap is not None and count >= server.hard_cap:
        raise PermissionDenied(
            f"You have reached the maximum limit of {server.hard_cap} projects per organization. "
            "Contact support if you'd like access to more projects."
        )


def may_change(project: Project, sent: Any, user: User, server: Server) -> None:
    """Refuse a plain member what only admins may change."""
    if (user.level(project.organization_id) or 0) >= ADMIN:
        return
    denied = _admin_only(sent, server)
    if denied:
        raise PermissionDenied(f"Only project admins can modify these settings: {_names(denied)}")
    if isinstance(sent, Mapping) and "access_control" in sent and server.access_control_writable:
        raise PermissionDenied(
            "Your organization access level is insufficient to configure project access "
            "restrictions."
        )


def _admin_only(sent: Any, server: Server) -> set[str]:
    if not server.settings_are_admin_only or not isinstance(sent, Mapping):
        return set()
    return {name for name, setting in known(server).items() if name in sent and not setting.member}


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def may_set(values: dict[str, Any]) -> None:
    """Refuse what only PostHog's own staff may switch on."""
    if values.get("proactive_tasks_enabled"):
        raise PermissionDenied("Proactive tasks are not available for this project.")


def may_retain(values: dict[str, Any], organization: Organization) -> None:
    """Refuse recordings that live longer than the plan allows."""
    wanted = values.get("session_recording_retention_period")
    if wanted is None:
        return
    entitled = organization.retention_entitlement
    if not entitled:
        raise ServerFault("Invalid retention entitlement.")
    if RETENTION_PERIODS.index(wanted) > RETENTION_PERIODS.index(entitled):
        raise PermissionDenied(
            f"This organization does not have permission to set retention period of length {wanted}"
        )


def logs_changed(stored: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    """Note when the retention of logs changed, which it may once in a day."""
    kept = sent | {"retention_last_updated": stored.get("retention_last_updated")}
    if sent.get("retention_days") == stored.get("retention_days"):
        return kept
    last = stored.get("retention_last_updated")
    if last and timezone.now() - datetime.fromisoformat(last) < timedelta(hours=24):
        raise ValidationError(
            {"logs_settings": "Logs retention can only be changed once in 24 hours."}
        )
    return sent | {"retention_last_updated": moment(timezone.now())}


def may_be_last(project: Project) -> None:
    """Refuse to delete the last project of a paying organization."""
    there = Project.objects.filter(
        organization_id=project.organization_id, is_pending_deletion=False
    )
    if project.organization.active_subscription and there.count() == 1:
        raise ValidationError(
            "Cannot delete the last project in an organization with an active subscription. "
            "Please cancel your subscription first in the billing page."
        )
