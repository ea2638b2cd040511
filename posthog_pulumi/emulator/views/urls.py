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
from posthog_pulumi.emulator.views.actions import ProjectActions
from posthog_pulumi.emulator.views.environments import EnvironmentEndpoints
from posthog_pulumi.emulator.views.evaluation import Definitions
from posthog_pulumi.emulator.views.ingestion import analytics, capture, flags
from posthog_pulumi.emulator.views.members import Members
from posthog_pulumi.emulator.views.projects import ProjectEndpoints
from posthog_pulumi.emulator.views.secret_keys import SecretKeyEndpoints

_ORGANIZATION = "api/organizations/(?P<organization_id>[^/]+)"
_ID = r"(?P<pk>[^/.]+)(?:\.(?P<format>[a-z0-9]+))?"
"""As the framework routes: what follows a dot is the form of the response, of which JSON is one."""
_PROJECT = {
    "get": "retrieve",
    "patch": "partial_update",
    "put": "update",
    "delete": "destroy",
}


def _route(path: str, endpoint: Any, **actions: str) -> Any:
    return re_path(f"^{path}/?$", endpoint.as_view(actions))


_POSTS = {"change_organization": "post", "cancel-deletion": "post"}
_GETS = {"activity": "get", "is_generating_demo_data": "get"}
_PATCHES = {
    "add_product_intent": "patch",
    "complete_product_onboarding": "patch",
    "delete_secret_token_backup": "patch",
    "reset_token": "patch",
    "rotate_secret_token": "patch",
}
_ACTIONS = [
    _route(f"{prefix}/(?P<pk>[^/]+)/{name}", ProjectActions, **{method: name.replace("-", "_")})
    for prefix in (f"{_ORGANIZATION}/projects", "api/projects")
    for name, method in (_POSTS | _GETS | _PATCHES).items()
]

_KEYS = "api/projects/(?P<project_id>[^/]+)/project_secret_api_keys"
_SECRET_KEYS = [
    _route(_KEYS, SecretKeyEndpoints, get="list", post="create"),
    _route(
        f"{_KEYS}/(?P<pk>[^/]+)",
        SecretKeyEndpoints,
        get="retrieve",
        patch="partial_update",
        delete="destroy",
    ),
    _route(f"{_KEYS}/(?P<pk>[^/]+)/roll", SecretKeyEndpoints, post="roll"),
]

_DEFINITIONS = "^(?:flags/definitions|api/feature_flag/local_evaluation)/?$"
_SDK = [
    re_path("^(?:batch|capture|e|i/v0/e)/?$", capture),
    re_path("^i/v1/analytics/events/?$", analytics),
    re_path("^flags/?$", flags),
    re_path(_DEFINITIONS, Definitions.as_view()),
    _route(f"api/environments/{_ID}", EnvironmentEndpoints, **_PROJECT),
]

urlpatterns = [
    _route("api/organizations", OrganizationEndpoints, get="list"),
    _route("api/organizations/(?P<pk>[^/]+)", OrganizationEndpoints, get="retrieve"),
    _route("api/organizations/(?P<pk>[^/]+)/members", Members, get="list"),
    _route(f"{_ORGANIZATION}/projects", ProjectEndpoints, get="list", post="create"),
    _route("api/projects", ProjectEndpoints, get="list", post="create"),
    _route(f"{_ORGANIZATION}/projects/{_ID}", ProjectEndpoints, **_PROJECT),
    _route(f"api/projects/{_ID}", ProjectEndpoints, **_PROJECT),
    _route("api/users/@me", Me, get="retrieve"),
    _route("api/personal_api_keys/@current", ThisKey, get="retrieve"),
    *_ACTIONS,
    *_SECRET_KEYS,
    *_SDK,
    *control.urlpatterns,
    re_path("^api(/|$)", Unserved.as_view()),
    re_path("", nothing_here),
]
