"""The five project endpoints."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from rest_framework.response import Response

from posthog_pulumi.emulator.rules import body, projects
from posthog_pulumi.emulator.rules.errors import NotServed
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.storage import writing_projects
from posthog_pulumi.emulator.rules.users import Organization, PersonalApiKey
from posthog_pulumi.emulator.settings.registry import NOT_CONFIGURATION, known
from posthog_pulumi.emulator.views.base import Endpoint, Pages
from posthog_pulumi.emulator.views.permissions import (
    check_not_project_bound,
    check_organization,
    check_project,
    require_project_admin,
)


class ProjectEndpoints(Endpoint):
    """Projects of the organization in the path, or by their id alone."""

    scopes: ClassVar[Mapping[str, str]] = {
        "list": "project:read",
        "create": "project:write",
        "retrieve": "project:read",
        "partial_update": "project:write",
        "update": "project:write",
        "destroy": "project:write",
        "metadata": "project:read",
        "PATCH": "project:write",
    }

    @cached_property
    def organization(self) -> Organization | None:
        """The organization in the path, or where nothing at all is, the caller's current one."""
        name = self.kwargs.get("organization_id", None if "pk" in self.kwargs else "@current")
        return self.organization_called(name) if name else None

    def scope(self) -> str | None:
        """Add the special case that PATCH is on the server of 2025."""
        if self.action == "partial_update" and self.server.config_patch_needs_only_read:
            sent = self.request.data if isinstance(self.request.data, Mapping) else {}
            rest = set(sent) - (set(known(self.server)) - NOT_CONFIGURATION)
            return "project:write" if rest else "project:read"
        return super().scope()

    def check_key_limits(self, key: PersonalApiKey) -> None:
        """Check the organization of the path and the project of the path."""
        name = self.kwargs.get("pk")
        if name is None:
            check_not_project_bound(key)
        if self.organization is not None:
            check_organization(key, self.organization)
        number = self.user.current_project_id if name == "@current" else name
        if str(number).isdecimal():
            check_project(key, int(number))

    def project(self) -> Project:
        """The project of the path."""
        return projects.find(self.kwargs["pk"], self.user, self._within())

    def _within(self) -> Collection[UUID] | None:
        """The organizations in which the project of the path may be; None is any."""
        key = self.request.auth.key
        limits = {UUID(text) for text in key.scoped_organizations} if key else set()
        if self.organization is None or self.kwargs["pk"] == "@current":
            return limits or None
        return {self.organization.id} & limits if limits else {self.organization.id}

    def respond(self, project: Project, status: int = 200) -> Response:
        """The full body."""
        return Response(body.full(project, self.user, self.server), status=status)

    def list(self, request: Any, **_: str) -> Response:
        """One page of short bodies."""
        seen = Project.objects.visible_to(self.user).filter(organization=self.organization)
        if "search" in request.query_params and self.server.has_search:
            wanted = request.query_params["search"].strip().lower()
            seen = seen.filter(name_key__contains=wanted)  # SQLite folds the case of ASCII alone
        pages = Pages()
        page = pages.paginate_queryset(seen.order_by("id"), request)
        return pages.get_paginated_response([body.short(item, self.server) for item in page])

    def create(self, request: Any, **_: str) -> Response:
        """Make a project."""
        with writing_projects():
            organization = self.organization_called(self.kwargs.get("organization_id", "@current"))
            made = projects.create(request.data, organization, self.user, self.server)
        return self.respond(made, 201)

    def retrieve(self, _request: Any, **_: str) -> Response:
        """The full body."""
        return self.respond(self.project())

    def partial_update(self, request: Any, **_: str) -> Response:
        """Change settings."""
        with writing_projects():
            project = self.project()
            projects.update(project, request.data, self.user, self.server)
        return self.respond(project)

    def update(self, request: Any, **_: str) -> Response:
        """PUT is PostHog's too, but nobody should use it."""
        raise NotServed(request.method, request.path)

    def destroy(self, _request: Any, **_: str) -> Response:
        """Delete, or begin to."""
        with writing_projects():
            project = self.project()
            require_project_admin(self.user, project.organization_id)
            projects.delete(project, self.user, self.server)
        return Response(status=204)
