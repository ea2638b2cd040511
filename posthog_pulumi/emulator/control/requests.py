"""Reading control requests strictly, so that a typing mistake in a test is seen."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, JsonResponse

Body = dict[str, Any]

_LOCAL = {"127.0.0.1", "localhost", "::1"}


class BadControl(Exception):  # noqa: N818 - it names the request
    """The control request is invalid."""


def control(*methods: str) -> Callable[[Callable[..., Any]], Callable[..., JsonResponse]]:
    """Serve a function of the JSON body as a view for these methods."""

    def decorate(handle: Callable[..., Any]) -> Callable[..., JsonResponse]:
        @wraps(handle)
        def view(request: HttpRequest, **path: Any) -> JsonResponse:
            if request.method not in methods:
                return JsonResponse({"error": f"use {' or '.join(methods)}"}, status=405)
            if from_other_site(request):
                return JsonResponse({"error": "a page of another site sent this"}, status=403)
            try:
                result = handle(request.method, _body(request), **path)
            except (BadControl, ValueError, TypeError, KeyError, ObjectDoesNotExist) as error:
                return JsonResponse({"error": f"{type(error).__name__}: {error}"}, status=400)
            return JsonResponse({} if result is None else result, safe=False)

        return view

    return decorate


def from_other_site(request: HttpRequest) -> bool:
    """Whether another site's page sent it: a browser names the page's origin in each write.

    The name of a site can be made to mean 127.0.0.1, so the origin must be a local one, too.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        own = urlsplit(f"//{request.headers.get('Host', '')}")
        return urlsplit(origin).netloc != own.netloc or own.hostname not in _LOCAL
    except ValueError:  # no address at all
        return True


def _body(request: HttpRequest) -> Body:
    body = json.loads(request.body or b"{}")
    if not isinstance(body, dict):
        raise BadControl("the body must be an object")
    return body | {f"?{key}": value for key, value in request.GET.items()}


def allow(body: Body, *names: str) -> Body:
    """The body, if it has no other names than these."""
    unknown = body.keys() - set(names)
    if unknown:
        raise BadControl(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(names)}")
    return body


def put(row: Any, body: Body) -> None:
    """Store the values in the row."""
    for name, value in body.items():
        setattr(row, name, value)
    row.save()
