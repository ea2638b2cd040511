"""Projects, and the server as a whole."""

from typing import Any

from django.conf import settings
from django.forms.models import model_to_dict
from django.utils import timezone

from posthog_pulumi.emulator.control.requests import Body, allow, control, put
from posthog_pulumi.emulator.rules.body import moment
from posthog_pulumi.emulator.rules.models import Dashboard, Event, Project
from posthog_pulumi.emulator.rules.storage import writing

_CHANGEABLE = (
    "ingested_event",
    "is_pending_deletion",
    "hidden_from",
    "created_at",
    "demo_ready_at",
)
_SERVER = ("demo_seconds", "deletion_seconds")


@control("GET", "PATCH")
def project(method: str, body: Body, key: int) -> Body:
    """Show a project, or change what only PostHog itself changes."""
    with writing():
        found = Project.objects.get(pk=key)
        if method == "PATCH":
            _change(found, allow(body, *_CHANGEABLE))
    return _shown(found)


def _change(found: Project, body: Body) -> None:
    if "hidden_from" in body:
        found.hidden_from.set(body.pop("hidden_from"))
    put(found, body)
    found.refresh_from_db()


def _shown(found: Project) -> Body:
    plain: Body = model_to_dict(found)
    times = ("created_at", "updated_at", "deletion_scheduled_at", "purged_at", "demo_ready_at")
    return plain | {
        "uuid": str(found.uuid),
        "organization": str(found.organization_id),
        "hidden_from": [user.pk for user in plain["hidden_from"]],
        **{name: moment(getattr(found, name)) for name in times},
    }


@control("POST")
def make_dashboard(_: str, _body: Body, key: int) -> Body:
    """Make another dashboard in a project."""
    with writing():
        return {"id": Dashboard.objects.create(project_id=key).pk}


@control("POST")
def finish_deletion(_: str, _body: Body, key: int) -> None:
    """Let the deletion workflow of a pending project end now."""
    with writing():
        pending = Project.objects.get(pk=key, is_pending_deletion=True)
        put(pending, {"purged_at": timezone.now()})


@control("GET")
def events(_: str, body: Body) -> list[Any]:
    """The events that arrived in a project, oldest first."""
    found = Event.objects.filter(project=body["?project_id"]).order_by("id")
    return list(found.values_list("event", flat=True))


@control("GET", "PATCH")
def change_server(_: str, body: Body) -> dict[str, Any]:
    """Show or change how long background work takes, until the emulator ends."""
    for name, value in allow(body, *_SERVER).items():
        setattr(settings.EMULATOR, name, float(value))
    current = {name: getattr(settings.EMULATOR, name) for name in _SERVER}
    return current | {"server": settings.EMULATOR.server.name}
