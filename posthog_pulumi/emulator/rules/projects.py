"""The rules for making, changing and deleting projects."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from rest_framework.exceptions import NotFound, ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import activity, cache, gates, tokens
from posthog_pulumi.emulator.rules.errors import Conflict
from posthog_pulumi.emulator.rules.models import Dashboard, Project
from posthog_pulumi.emulator.rules.users import Organization, User
from posthog_pulumi.emulator.settings.fields import Setting
from posthog_pulumi.emulator.settings.registry import known
from posthog_pulumi.emulator.settings.serializer import checked

_LONGEST_ID = 18
"""The digits that an integer of SQLite may have."""
_UNDO_WINDOW = timedelta(hours=48)


def create(sent: Any, organization: Organization, user: User, server: Server) -> Project:
    """Make a project, as its creator's current one."""
    gates.may_create(sent, organization, user, server)
    values = checked(sent, server, None)
    gates.may_set(values)
    project = Project(organization=organization, api_token=api_token(server))
    name = _free_name(values.get("name"), organization, server)
    project.take(at_create(values, organization, server) | {"name": name})
    project.save()
    _furnish(project, server)
    user.current_project, user.current_organization = project, organization
    user.save(update_fields=["current_project", "current_organization"])
    activity.record(project, user, "created", scopes=("Project", "Team"))
    return project


def at_create(values: dict[str, Any], organization: Organization, server: Server) -> dict[str, Any]:
    """The settings of a new project for which these were sent."""
    settings = known(server)
    taken = {
        name: value
        for name, value in values.items()
        if server.name not in settings[name].dropped_at_create
    }
    defaults = {name: setting.default for name, setting in settings.items()}
    defaults["anonymize_ips"] = organization.anonymize_ips
    made = defaults | {"extra_settings": server.extra_settings} | taken
    if server.extra_settings and isinstance(made["extra_settings"], dict):
        made["extra_settings"] = server.extra_settings | made["extra_settings"]
    return _conversations(made)


def _furnish(project: Project, server: Server) -> None:
    """Add what PostHog makes with a new project."""
    made: dict[str, Any] = {"test_account_filters": test_filters(project, server)}
    if project.is_demo:
        project.demo_ready_at = timezone.now() + gates.demo_time()
    else:
        made["primary_dashboard"] = Dashboard.objects.create(project=project).pk
    project.take(made)
    project.save(update_fields=["settings", "demo_ready_at"])


def test_filters(project: Project, server: Server) -> list[dict[str, Any]]:
    """The filters of a new project's internal and test users."""
    if server.cohort_test_filters:
        return [{"key": "id", "type": "cohort", "value": project.id, "operator": "not_in"}]
    local = r"^(localhost|127\.0\.0\.1)($|:)"
    return [{"key": "$host", "type": "event", "value": local, "operator": "not_regex"}]


def _free_name(wanted: str | None, organization: Organization, server: Server) -> str:
    if not server.unique_names:
        return wanted or "Default project"
    if wanted is not None:
        _refuse_taken(wanted, organization, None)
        return wanted
    there = Project.objects.filter(organization=organization, is_pending_deletion=False)
    taken = set(there.values_list("name_key", flat=True))
    names = ["Default project", *(f"Default project {n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name.lower() not in taken)


def _refuse_taken(name: str, organization: Organization, own_id: int | None) -> None:
    if Project.objects.named(name, organization) - {own_id}:
        raise Conflict(name)


def update(project: Project, sent: Any, user: User, server: Server) -> None:
    """Change settings; all or nothing."""
    gates.may_change(project, sent, user, server)
    values = checked(sent, server, project)
    gates.may_set(values)
    gates.may_retain(values, project.organization)
    name = values.get("name")
    if server.unique_names and name is not None and name != project.name:
        _refuse_taken(name, project.organization, project.id)
    before = project.settings | {"name": project.name}
    merged = _conversations(_merged(before, values, server))
    changed = {key for key, value in merged.items() if value != before.get(key)}
    if changed - _quiet(server):
        project.updated_at = timezone.now()
    project.take(merged)
    project.save()
    activity.record_changes(project, user, before, {key: merged[key] for key in changed})


def _quiet(server: Server) -> set[str]:
    return {"product_description"} | (set() if server.rename_moves_updated_at else {"name"})


def _merged(before: dict[str, Any], values: dict[str, Any], server: Server) -> dict[str, Any]:
    settings = known(server)
    merged = {
        name: _combine(settings[name], before.get(name), value, server)
        for name, value in values.items()
    }
    if merged.get("logs_settings"):
        merged["logs_settings"] = gates.logs_changed(
            before.get("logs_settings") or {}, merged["logs_settings"]
        )
    return merged


def _combine(setting: Setting, stored: Any, sent: Any, server: Server) -> Any:
    merges = setting.merge and server.name in setting.merges_on
    if not merges or setting.merge is None or stored is None or sent is None:
        return sent
    return setting.merge(stored, sent)


def _conversations(values: dict[str, Any]) -> dict[str, Any]:
    """Give enabled conversations their token, and take it from disabled ones."""
    enabled = values.get("conversations_enabled")
    if "conversations_enabled" not in values or enabled is None:
        return values
    token = tokens.random_text(32) if enabled else None
    settings = values.get("conversations_settings") or {}
    return values | {"conversations_settings": settings | {"widget_public_token": token}}


def delete(project: Project, user: User, server: Server) -> None:
    """Delete at once, or start a deletion that is pending for some time."""
    if project.is_pending_deletion:
        raise ValidationError("This project is already being deleted.")
    if server.deletes_later:
        gates.may_be_last(project)
    activity.record(project, user, "deleted", scopes=("Project", "Team"))
    User.objects.filter(current_project=project).update(current_project=None)
    if not server.deletes_later:
        project.delete()
        return
    wait = _UNDO_WINDOW if project.ingested_event else timedelta()
    project.is_pending_deletion = True
    project.deletion_scheduled_at = timezone.now() + wait
    project.purged_at = project.deletion_scheduled_at + gates.deletion_time()
    project.save()


def cancel_deletion(project: Project) -> None:
    """Keep a project whose scheduled time has not come."""
    if not project.is_pending_deletion:
        raise ValidationError("This project is not pending deletion.")
    if project.deletion_scheduled_at <= timezone.now():
        raise ValidationError("The deletion of this project has already begun.")
    _refuse_taken(project.name, project.organization, project.id)
    project.is_pending_deletion = False
    project.deletion_scheduled_at = project.purged_at = None
    project.save()


def api_token(server: Server) -> str:
    """A new `phc_…` token."""
    return "phc_" + tokens.random_text(server.token_length, server.token_alphabet)


def find(key: str, user: User, within: Collection[UUID] | None) -> Project:
    """The project with this id, or the user's current one, if the user may see it."""
    number: int | None = user.current_project_id if key == "@current" else _checked_number(key)
    found = None if number is None else numbered(number)
    elsewhere = found and within is not None and found.organization_id not in within
    if found is None or elsewhere or not found.visible_to(user):
        raise NotFound
    return found


def numbered(digits: int | str) -> Project | None:
    """The project as it is; only within a write is it the caller's own, to change."""
    if len(str(digits)) > _LONGEST_ID:
        return None
    number, writing = int(digits), connection.in_atomic_block
    found = _read(number) if writing else cache.projects.get(number, lambda: _read(number))
    return None if found is None or found.is_gone else found


def _read(number: int) -> Project | None:
    project = Project.read(number)
    if project:
        project.organization = Organization.known(project.organization_id)
    return project


def _checked_number(key: str) -> int:
    try:
        return int(key)
    except ValueError:
        raise ValidationError(f"Field 'id' expected a number but got '{key}'.") from None
