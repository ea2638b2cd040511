"""What browsers ask before a page of another origin may send a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_ASKED = "Access-Control-Request-Method"


def cors(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Allow any origin, without cookies."""

    def allow(request: HttpRequest) -> HttpResponse:
        if "Origin" not in request.headers:
            return respond(request)
        asks = request.method == "OPTIONS" and _ASKED in request.headers
        response = _allowed(request) if asks else respond(request)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return allow


def _allowed(request: HttpRequest) -> HttpResponse:
    allowed = {
        "Access-Control-Allow-Methods": "DELETE, GET, OPTIONS, PATCH, POST, PUT",
        "Access-Control-Allow-Headers": request.headers.get("Access-Control-Request-Headers", ""),
        "Access-Control-Max-Age": "86400",
        "Content-Length": "0",
    }
    return HttpResponse(headers=allowed)
