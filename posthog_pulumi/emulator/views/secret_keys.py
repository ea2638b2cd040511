"""`/api/projects/{project_id}/project_secret_api_keys/`."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.response import Response

from posthog_pulumi.emulator.rules import projects, secret_keys
from posthog_pulumi.emulator.rules.errors import NotServed
from posthog_pulumi.emulator.rules.models import Project, SecretApiKey
from posthog_pulumi.emulator.rules.storage import writing_projects
from posthog_pulumi.emulator.rules.users import PersonalApiKey
from posthog_pulumi.emulator.views.base import Endpoint, Pages
from posthog_pulumi.emulator.views.permissions import (
    NO_LEVEL,
    check_organization,
    check_project,
    require_project_admin,
)


class SecretKeyEndpoints(Endpoint):
    """Keys of one project, newest first."""

    scopes: ClassVar[Mapping[str, str]] = {
        "list": "project:read",
        "retrieve": "project:read",
        "create": "project:write",
        "partial_update": "project:write",
        "destroy": "project:write",
        "roll": "project:write",
        "metadata": "project:read",
        "PATCH": "project:write",
    }

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """The server of 2025 does not have these endpoints."""
        if not self.server.has_secret_keys:
            raise NotServed(request.method, request.path)
        super().initial(request, *args, **kwargs)

    def check_key_limits(self, key: PersonalApiKey) -> None:
        """Check the project of the path and its organization."""
        project = self._project()
        check_organization(key, project.organization)
        check_project(key, project.id)

    def list(self, request: Any, **_: str) -> Response:
        """One page."""
        pages = Pages()
        keys = self._visible().secret_keys.select_related("created_by")
        page = pages.paginate_queryset(keys.order_by("-created_at"), request)
        return pages.get_paginated_response([secret_keys.shown(key) for key in page])

    def create(self, request: Any, **_: str) -> Response:
        """Make a key."""
        with writing_projects():
            key, value = secret_keys.create(self._managed(), request.data, self.user, self.server)
        return Response(secret_keys.shown(key, value), status=201)

    def retrieve(self, _request: Any, pk: str, **_: str) -> Response:
        """One key, without its value."""
        return Response(secret_keys.shown(_key(self._visible(), pk)))

    def partial_update(self, request: Any, pk: str, **_: str) -> Response:
        """Change label or scopes."""
        with writing_projects():
            key = _key(self._managed(), pk)
            secret_keys.update(key, request.data)
        return Response(secret_keys.shown(key))

    def destroy(self, _request: Any, pk: str, **_: str) -> Response:
        """Revoke a key."""
        with writing_projects():
            _key(self._managed(), pk).delete()
        return Response(status=204)

    def roll(self, _request: Any, pk: str, **_: str) -> Response:
        """Give a key another value."""
        with writing_projects():
            key = _key(self._managed(), pk)
            value = secret_keys.roll(key, self.server)
        return Response(secret_keys.shown(key, value))

    def _project(self) -> Project:
        name: str = self.kwargs["project_id"]
        number = self.user.current_project_id if name == "@current" else name
        found = projects.numbered(number) if str(number).isdecimal() else None
        if found is None:
            raise NotFound("Project not found.")
        return found

    def _visible(self) -> Project:
        """A project that the caller may not see is a 403 here."""
        project = self._project()
        if not project.visible_to(self.user):
            raise PermissionDenied(NO_LEVEL)
        return project

    def _managed(self) -> Project:
        project = self._visible()
        require_project_admin(self.user, project.organization_id)
        return project


def _key(project: Project, key_id: str) -> SecretApiKey:
    key: SecretApiKey | None = project.secret_keys.filter(pk=key_id).first()
    if key is None:
        raise NotFound
    return key
