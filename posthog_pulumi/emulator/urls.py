"""Routes; the slash at the end is optional, as on the real server."""

from typing import Any

from django.urls import re_path

from posthog_pulumi.emulator.control import routes as control
from posthog_pulumi.emulator.views.account import (
    Me,
    OrganizationEndpoints,
    ThisKey,
    Unserved,
    nothing_here,
)
from posthog_pulumi.emulator.views.projects import ProjectEndpoints

_ORGANIZATION = "api/organizations/(?P<organization_id>[^/]+)"
_PROJECT = {
    "get": "retrieve",
    "patch": "partial_update",
    "put": "update",
    "delete": "destroy",
}


def _route(path: str, endpoint: Any, **actions: str) -> Any:
    return re_path(f"^{path}/?$", endpoint.as_view(actions))


urlpatterns = [
    _route("api/organizations", OrganizationEndpoints, get="list"),
    _route("api/organizations/(?P<pk>[^/]+)", OrganizationEndpoints, get="retrieve"),
    _route(f"{_ORGANIZATION}/projects", ProjectEndpoints, get="list", post="create"),
    _route(f"{_ORGANIZATION}/projects/(?P<pk>[^/]+)", ProjectEndpoints, **_PROJECT),
    _route("api/projects/(?P<pk>[^/]+)", ProjectEndpoints, **_PROJECT),
    _route("api/users/@me", Me, get="retrieve"),
    _route("api/personal_api_keys/@current", ThisKey, get="retrieve"),
    *control.urlpatterns,
    re_path("^api(/|$)", Unserved.as_view()),
    re_path("", nothing_here),
]
