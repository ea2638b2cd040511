"""Serving the page, its style and its script; and what a click on it does."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import Context, Engine

from posthog_pulumi.emulator.control.requests import from_other_site
from posthog_pulumi.emulator.page.content import content
from posthog_pulumi.emulator.page.ready_faults import READY
from posthog_pulumi.emulator.views.account import nothing_here

_FOLDER: Final = Path(__file__).parent
_TEMPLATE: Final = Engine().from_string((_FOLDER / "page.html").read_text("utf-8"))
_KINDS: Final = {"css": "text/css", "js": "text/javascript"}
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with less, a browser would not name the form's origin
    "X-Content-Type-Options": "nosniff",
}


def page(request: HttpRequest) -> HttpResponse:
    """Show the page; a POST switches a fault, and comes from the page itself."""
    if from_other_site(request):
        return HttpResponse("A page of another site asked.", status=403, content_type="text/plain")
    if request.method == "POST":
        return _click(request)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not request.accepts("text/html"):
        return nothing_here(request)
    shown = _TEMPLATE.render(Context(content()))
    return HttpResponse(shown.encode("utf-8", "backslashreplace"), headers=_HEADERS)


def part(_: HttpRequest, kind: str) -> HttpResponse:
    """The page's style or script."""
    if kind not in _KINDS:
        raise Http404
    text = (_FOLDER / f"page.{kind}").read_text("utf-8")
    return HttpResponse(text, content_type=_KINDS[kind], headers=_HEADERS)


def _click(request: HttpRequest) -> HttpResponse:
    if "Origin" not in request.headers:
        text = "Only the page itself switches faults, on 127.0.0.1 or localhost."
        return HttpResponse(text, status=403, content_type="text/plain")
    try:
        _switch(request.POST)
    except (KeyError, ValueError):
        return HttpResponse("There is no such fault.", status=400, content_type="text/plain")
    return HttpResponse(status=303, headers={"Location": "/"})


def _switch(click: dict[str, str]) -> None:
    faults = settings.EMULATOR.faults
    if "off" in click:
        faults.remove(int(click["off"]))
        return
    wanted = READY[click["on"]].fault
    ready = [item.fault for item in READY.values()]
    for number, fault in faults.numbered():
        if fault in ready:
            faults.remove(number)  # of several only the oldest would act
    faults.add(replace(wanted))
