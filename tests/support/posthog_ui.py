"""PostHog's side of a test: what reached it, and what a person sees and does in its own UI."""

import re
from typing import Any

import httpx

from support.emulator_process import Emulator, Tenant

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

    def __init__(self, emulator: Emulator, tenant: Tenant) -> None:
        self.emulator = emulator
        self.tenant = tenant
        self._projects = f"/api/organizations/{tenant.organization_id}/projects/"
        self._seen = len(emulator.requests())
        self._own: set[int] = set()

    def requests(self) -> list[str]:
        """The requests since the last look, numbers and organizations blanked out, but our own."""
        lines = self.emulator.requests()
        fresh = [line for at, line in enumerate(lines) if at >= self._seen and at not in self._own]
        self._seen = len(lines)
        return [_shape(line) for line in fresh]

    def projects(self) -> list[str]:
        """The names of all projects that are there, in order; those being deleted are not."""
        ids = [str(item["id"]) for item in self._call("GET", "")["results"]]
        shown = [self.project(id_) for id_ in ids]
        return sorted(item["name"] for item in shown if not item.get("is_pending_deletion"))

    def project(self, id_: str) -> dict[str, Any]:
        """All that PostHog tells of a project."""
        return dict(self._call("GET", f"{id_}/"))

    def create(self, **settings: Any) -> str:
        """Make a project by hand; its id."""
        return str(self._call("POST", "", settings)["id"])

    def change(self, id_: str, **settings: Any) -> None:
        """Change a project by hand."""
        self._call("PATCH", f"{id_}/", settings)

    def remove(self, id_: str) -> None:
        """Delete a project by hand, and let PostHog be done with it."""
        self.start_removing(id_)
        self.emulator.control("POST", f"projects/{id_}/finish-deletion")

    def start_removing(self, id_: str) -> None:
        """Delete a project by hand; PostHog shows it for a while."""
        self._call("DELETE", f"{id_}/")

    def ingest(self, id_: str) -> None:
        """Let the first event arrive in a project."""
        self.emulator.control("PATCH", f"projects/{id_}", {"ingested_event": True})

    def fault(self, method: str, **fault: Any) -> None:
        """Let the next request of that method to this organization's projects go wrong."""
        self.emulator.faults({"method": method, "path": f"{self._projects[:-1]}**", **fault})

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        pair = "0" * 32
        cookie = f"sessionid={self.tenant.session_id}; posthog_csrftoken={pair}"
        url = f"{self.emulator.url}{self._projects}{path}"
        response = httpx.request(
            method, url, json=body, headers={"Cookie": cookie, "X-CSRFToken": pair}
        )
        self._own.add(len(self.emulator.requests()) - 1)
        response.raise_for_status()
        return response.json() if response.content else None


def _shape(line: dict[str, Any]) -> str:
    path = _UUID.sub("{organization}", line["path"])
    return f"{line['method']} {_NUMBER.sub('{id}', path)}"
