"""What can be done to one project, beside changing its settings."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.response import Response

from posthog_pulumi.emulator.rules import activity, body, intents, moves, projects, rotation
from posthog_pulumi.emulator.rules.errors import NotServed, ServerFault
from posthog_pulumi.emulator.rules.models import ActivityEntry, Project
from posthog_pulumi.emulator.rules.storage import writing_projects
from posthog_pulumi.emulator.views.permissions import require_project_admin
from posthog_pulumi.emulator.views.projects import ProjectEndpoints


class ProjectActions(ProjectEndpoints):
    """Actions; those without a scope are for sessions, and for legacy keys where there are any."""

    scopes: ClassVar[Mapping[str, str]] = {"metadata": "project:read"}

    def scope(self) -> str | None:
        """Of the actions only the product intents have a scope."""
        with_scope = {"add_product_intent", "complete_product_onboarding"}
        own = self.server.intent_scope if self.action in with_scope else None
        return own or self.scopes.get(self.action)

    def activity(self, request: Any, **_: str) -> Response:
        """One page of the log, newest first."""
        project = self.project()
        limit, page = _number(request, "limit", 10), _number(request, "page", 1)
        return Response(activity.page(_entries(project), request, limit, page))

    def is_generating_demo_data(self, _request: Any, **_: str) -> Response:
        """Whether demo data is still being generated."""
        ready_at = self.project().demo_ready_at
        return Response({"is_generating_demo_data": bool(ready_at and ready_at > timezone.now())})

    def reset_token(self, _request: Any, **_: str) -> Response:
        """Replace the API token."""
        return self._as_admin(lambda project: rotation.reset(project, self.user, self.server))

    def rotate_secret_token(self, _request: Any, **_: str) -> Response:
        """Make a new secret token, the old one being the backup."""
        return self._as_admin(lambda project: rotation.rotate(project, self.user, self.server))

    def delete_secret_token_backup(self, _request: Any, **_: str) -> Response:
        """Revoke the backup."""
        return self._as_admin(lambda project: rotation.drop_backup(project, self.user))

    def change_organization(self, request: Any, **_: str) -> Response:
        """Move the project."""
        with writing_projects():
            project = self.project()
            moves.move(project, request.data, self.user, self.server)
        return self.respond(project)

    def cancel_deletion(self, request: Any, **_: str) -> Response:
        """Keep a project that is pending deletion."""
        if not self.server.cancels_deletion:
            raise NotServed(request.method, request.path)
        with writing_projects():
            project = self.project()
            require_project_admin(self.user, project.organization_id)
            projects.cancel_deletion(project)
        return Response({"id": project.id, "name": project.name, "is_pending_deletion": False})

    def add_product_intent(self, request: Any, **_: str) -> Response:
        """Record an intent."""
        with writing_projects():
            project = self.project()
            intents.add(project, intents.checked(request.data, self.server))
        return Response(body.team(project, self.user, self.server), status=201)

    def complete_product_onboarding(self, request: Any, **_: str) -> Response:
        """Record that onboarding was completed; errors bypass the envelope."""
        refusal = self._onboarding_refusal(request.data)
        if refusal:
            return Response({"error": refusal}, status=400)
        with writing_projects():
            project = self.project()
            intents.complete(project, intents.checked(request.data, self.server))
        return Response(body.team(project, self.user, self.server))

    def _onboarding_refusal(self, sent: Any) -> str | None:
        self.project()
        product = sent.get("product_type") if isinstance(sent, Mapping) else None
        if not product:
            return "product_type is required"
        if self.server.checks_intents and product not in intents.PRODUCTS:
            return f"invalid product_type, expected one of {intents.PRODUCTS}"
        return None

    def _as_admin(self, act: Callable[[Project], None]) -> Response:
        with writing_projects():
            project = self.project()
            require_project_admin(self.user, project.organization_id)
            act(project)
        return self.respond(project)


def _number(request: Any, name: str, default: int) -> int:
    try:
        return int(request.query_params.get(name, default))
    except ValueError:
        raise ServerFault from None


def _entries(project: Project) -> Any:
    entries = ActivityEntry.objects.filter(project_id=project.id, scope="Team")
    return entries.select_related("user").order_by("-id")
