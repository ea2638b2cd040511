"""The activity log."""

from typing import Any

from django.core.paginator import Paginator
from rest_framework.utils.urls import replace_query_param

from posthog_pulumi.emulator.rules.body import moment
from posthog_pulumi.emulator.rules.models import ActivityEntry, Project
from posthog_pulumi.emulator.rules.users import User


def record(
    project: Project,
    user: User,
    activity: str,
    *,
    scopes: tuple[str, ...] = ("Team",),
    changes: list[dict[str, Any]] | None = None,
) -> None:
    """Write one entry for each scope."""
    for scope in scopes:
        ActivityEntry.objects.create(
            project_id=project.id,
            user=user,
            scope=scope,
            activity=activity,
            name=project.name,
            changes=changes or [],
        )


def record_changes(
    project: Project, user: User, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Write what an update changed; the name and description belong to the project's log."""
    for scope, names in _by_scope(after).items():
        changes = [change(name, before.get(name), after[name], scope) for name in names]
        record(project, user, "updated", scopes=(scope,), changes=changes)


def _by_scope(after: dict[str, Any]) -> dict[str, list[str]]:
    own = [name for name in after if name in {"name", "product_description"}]
    rest = [name for name in after if name not in own]
    return {scope: names for scope, names in {"Project": own, "Team": rest}.items() if names}


def change(field: str, before: Any, after: Any, scope: str = "Team") -> dict[str, Any]:
    """One changed field; which side is null says what happened."""
    action = "created" if before is None else "deleted" if after is None else "changed"
    return {
        "type": scope,
        "action": action,
        "field": field,
        "before": _trimmed(field, before),
        "after": _trimmed(field, after),
    }


def _trimmed(field: str, value: Any) -> Any:
    """Decimals are logged without padding."""
    if field != "session_recording_sample_rate" or value is None:
        return value
    return f"{float(value):g}"


def page(entries: Any, request: Any, limit: int, number: int) -> dict[str, Any]:
    """One page of entries, with the addresses of its neighbours."""
    pages = Paginator(entries, limit)
    here = pages.get_page(number)
    return {
        "results": [_shown(entry) for entry in here],
        "next": _address(request, here.number + 1) if here.has_next() else None,
        "previous": _address(request, here.number - 1) if here.has_previous() else None,
        "total_count": pages.count,
    }


def _address(request: Any, number: int) -> str:
    address: str = replace_query_param(request.build_absolute_uri(), "page", number)
    return address


def _shown(entry: ActivityEntry) -> dict[str, Any]:
    user = entry.user
    return {
        "id": str(entry.pk),
        "user": {"first_name": user.first_name, "email": user.email} if user else None,
        "activity": entry.activity,
        "scope": entry.scope,
        "item_id": str(entry.project_id),
        "detail": {
            "name": entry.name,
            "short_id": None,
            "trigger": None,
            "type": None,
            "changes": entry.changes,
        },
        "created_at": moment(entry.created_at),
        "is_system": user is None,
        "was_impersonated": False,
        "client": None,
    }
