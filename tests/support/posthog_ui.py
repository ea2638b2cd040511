"""PostHog's side of a test: what reached it, and what a person sees and does in its own UI."""

import re
from typing import Any

from posthog_pulumi.emulator import Fault, Request, Tenant
from support.emulator_api import by_session

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"(?<=/)\d+(?=/)")

_PROJECTS = "/api/organizations/{organization}/projects/"

CREATE = f"POST {_PROJECTS}"
LIST = f"GET {_PROJECTS}"
READ = f"GET {_PROJECTS}{{id}}/"
UPDATE = f"PATCH {_PROJECTS}{{id}}/"
DELETE = f"DELETE {_PROJECTS}{{id}}/"


class Ui:
    """The owner of an organization, in the browser."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self._session = by_session(tenant)
        self._projects = f"/api/organizations/{tenant.organization_id}/projects/"
        self._received: list[Request] = []

    def requests(self) -> list[str]:
        """The requests since the last look, numbers and organizations blanked out, but our own."""
        received = self._received + self.tenant.requests.new()
        self._received = []
        return [_shape(request) for request in received]

    def projects(self) -> list[str]:
        """The names of all projects that are there, in order; those being deleted are not."""
        ids = [str(item["id"]) for item in self._send("GET", "")["results"]]
        shown = [self.project(id_) for id_ in ids]
        return sorted(item["name"] for item in shown if not item.get("is_pending_deletion"))

    def project(self, id_: str) -> dict[str, Any]:
        """All that PostHog shows of a project."""
        return dict(self._send("GET", f"{id_}/"))

    def create(self, **settings: Any) -> str:
        """Make a project by hand; its id."""
        return str(self._send("POST", "", settings)["id"])

    def change(self, id_: str, **settings: Any) -> None:
        """Change a project by hand."""
        self._send("PATCH", f"{id_}/", settings)

    def remove(self, id_: str) -> None:
        """Delete a project by hand, and let PostHog be done with it."""
        self.start_removing(id_)
        self.tenant.control.finish_deletion(id_)

    def start_removing(self, id_: str) -> None:
        """Delete a project by hand; PostHog shows it for a while."""
        self._send("DELETE", f"{id_}/")

    def ingest(self, id_: str) -> None:
        """Let the first event arrive in a project."""
        self.tenant.control.ingest(id_)

    def fault(self, method: str, action: str = "", **fault: Any) -> None:
        """Let the next request to this organization's projects, or one such action, go wrong."""
        path = self._projects + (f"*/{action}" if action else "**")
        self.tenant.control.fault(Fault(method=method, path=path, **fault))

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        self._received += self.tenant.requests.new()
        response = self._session.request(method, self._projects + path, json=body)
        self._received += self.tenant.requests.new()[:-1]
        response.raise_for_status()
        return response.json() if response.content else None


def _shape(request: Request) -> str:
    path = _UUID.sub("{organization}", request.path)
    return f"{request.method} {_NUMBER.sub('{id}', path)}"
