"""`/api/environments/{id}/`: the old address of a project's configuration."""

from typing import Any

from rest_framework.response import Response

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import body
from posthog_pulumi.emulator.rules.errors import NotServed
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.views.projects import ProjectEndpoints

_SUNSET = "Thu, 31 Dec 2026 23:59:59 GMT"


class EnvironmentEndpoints(ProjectEndpoints):
    """Since 2026 a deprecated alias of the project; in 2025 a body of its own."""

    @property
    def server(self) -> Server:
        """The emulated generation, which had more settings here in 2025."""
        return super().server.of_environments

    def respond(self, project: Project, status: int = 200) -> Response:
        """The project's body, or on the server of 2025 the environment's."""
        if self.server.deprecates_environments:
            return super().respond(project, status)
        return Response(body.team(project, self.user, self.server), status=status)

    def destroy(self, _request: Any, **_: str) -> Response:
        """Delete the project; in 2025 an environment could be deleted without it."""
        if not self.server.deprecates_environments:
            raise NotServed(self.request.method, self.request.path)
        return super().destroy(self.request)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the headers that name the successor."""
        if self.server.deprecates_environments:
            query = request.META["QUERY_STRING"]
            successor = f"/api/projects/{self.kwargs['pk']}/" + (f"?{query}" if query else "")
            response["Deprecation"] = "true"
            response["Sunset"] = _SUNSET
            response["Link"] = f'<{successor}>; rel="successor-version"'
        return super().finalize_response(request, response, *args, **kwargs)
