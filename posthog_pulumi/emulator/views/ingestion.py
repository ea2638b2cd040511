"""The endpoints that PostHog's SDKs send events to and request flags from."""

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from posthog_pulumi.emulator.rules.models import Event, Project
from posthog_pulumi.emulator.rules.storage import writing_projects
from posthog_pulumi.emulator.server.front import LOGGED_AS

_LONGEST_TOKEN = 64


class Refused(Exception):  # noqa: N818 - it names the outcome
    """A refusal in plain text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


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
    sent = _json(request)
    token = _token(sent)
    if not _well_shaped(token):
        raise Refused(401, "API key is not valid: invalid token")
    request.META[LOGGED_AS] = "api_token"
    with writing_projects():
        project = Project.objects.filter(api_token=token).first()
        if project is not None:
            _arrive(project, list(_events(sent)))
    return JsonResponse({"status": "Ok"})


@_plainly
def flags(request: HttpRequest) -> HttpResponse:
    """Respond with no flags to a live token."""
    request.META[LOGGED_AS] = "api_token"
    if not Project.objects.filter(api_token=_token(_json(request))).exists():
        raise Refused(401, "The provided API key is invalid or has expired.")
    return JsonResponse({"flags": {}, "errorsWhileComputingFlags": False})


def _arrive(project: Project, events: list[Any]) -> None:
    Event.objects.bulk_create(Event(project=project, event=event) for event in events)
    if events and not project.ingested_event:
        Project.objects.filter(pk=project.pk).update(ingested_event=True)


def _json(request: HttpRequest) -> Any:
    body = request.body
    if "gzip" in (request.headers.get("Content-Encoding"), request.GET.get("compression")):
        body = _unzipped(body)
    try:
        return json.loads(body)
    except ValueError:
        raise Refused(400, "Failed to decode request: invalid JSON") from None


def _unzipped(body: bytes) -> bytes:
    try:
        return gzip.decompress(body)
    except (OSError, EOFError):
        raise Refused(400, "Failed to decode request: invalid gzip") from None


def _token(sent: Any) -> Any:
    first = sent[0] if isinstance(sent, list) and sent else sent
    if not isinstance(first, dict):
        return None
    properties = first.get("properties")
    inner = properties.get("token") if isinstance(properties, dict) else None
    return first.get("api_key") or first.get("token") or inner


def _well_shaped(token: Any) -> bool:
    return (
        isinstance(token, str)
        and 0 < len(token) <= _LONGEST_TOKEN
        and token.isascii()
        and not token.startswith("phx_")
    )


def _events(sent: Any) -> Iterator[Any]:
    items = sent if isinstance(sent, list) else sent.get("batch", [sent])
    for item in items:
        yield {key: value for key, value in item.items() if key not in {"api_key", "token"}}
