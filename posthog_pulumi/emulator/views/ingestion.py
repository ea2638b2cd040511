"""The endpoints that PostHog's SDKs send events to and request flags from."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from posthog_pulumi.emulator.rules.models import Event, Project
from posthog_pulumi.emulator.rules.storage import writing_projects
from posthog_pulumi.emulator.server.log import LOGGED_AS
from posthog_pulumi.emulator.views import payload
from posthog_pulumi.emulator.views.payload import Refused


def _plainly(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Accept only POST, and send refusals in plain text."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse("Method not allowed", status=405, content_type="text/plain")
        try:
            return view(request)
        except Refused as refused:
            return HttpResponse(str(refused), status=refused.status, content_type="text/plain")

    return respond


@_plainly
def capture(request: HttpRequest) -> HttpResponse:
    """Accept events; those of a dead token are dropped silently."""
    sent = payload.read(request)
    events = payload.events(sent, only_batch=request.path.startswith("/batch"))
    _take(request, payload.token(sent), events)
    return JsonResponse({"status": "Ok"})


@_plainly
def analytics(request: HttpRequest) -> HttpResponse:
    """The same in a newer form: the token is the bearer, and each event has its own result."""
    sent = payload.read(request)
    events = payload.events(sent, only_batch=True)
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    _take(request, bearer or payload.token(sent), events)
    named = [str(event["uuid"]) for event in events if "uuid" in event]
    return JsonResponse({"results": {name: {"result": "ok"} for name in named}})


@_plainly
def flags(request: HttpRequest) -> HttpResponse:
    """Respond with no flags to a live token."""
    request.META[LOGGED_AS] = "api_token"
    token = payload.token(payload.read(request))
    live = payload.well_shaped(token) and Project.objects.filter(api_token=token).exists()
    if not live:
        raise Refused(401, "The provided API key is invalid or has expired.")
    return JsonResponse({"flags": {}, "errorsWhileComputingFlags": False})


def _take(request: HttpRequest, token: Any, events: list[dict[str, Any]]) -> None:
    """Let events arrive, all or none."""
    if not payload.well_shaped(token):
        raise Refused(401, "API key is not valid: invalid token")
    payload.check(events)
    request.META[LOGGED_AS] = "api_token"
    with writing_projects():
        project = Project.objects.filter(api_token=token).first()
        if project is not None:
            _arrive(project, events)


def _arrive(project: Project, events: list[dict[str, Any]]) -> None:
    Event.objects.bulk_create(Event(project=project, event=event) for event in events)
    if not project.ingested_event:
        Project.objects.filter(pk=project.pk).update(ingested_event=True)
