"""Calling the emulator as somebody, in an organization of a test's own."""

from dataclasses import dataclass
from typing import Any

import httpx

from support.emulator_process import PLAIN, Emulator, Tenant

CSRF = "0123456789abcdef0123456789abcdef"


def client(emulator: Emulator, **options: Any) -> httpx.Client:
    """A client of nobody in particular."""
    return httpx.Client(base_url=emulator.url, transport=PLAIN, trust_env=False, **options)


def by_key(emulator: Emulator, key: str) -> httpx.Client:
    """A client with a personal API key."""
    bearer = {"Authorization": f"Bearer {key}"}
    return client(emulator, headers=bearer)


def by_session(emulator: Emulator, session_id: str) -> httpx.Client:
    """A client with a signed-in session and the CSRF pair."""
    return client(
        emulator,
        cookies={"sessionid": session_id, "posthog_csrftoken": CSRF},
        headers={"X-CSRFToken": CSRF, "Referer": emulator.url},
    )


@dataclass
class Api:
    """One organization, called with its key or its session."""

    emulator: Emulator
    tenant: Tenant
    key: httpx.Client
    session: httpx.Client

    @classmethod
    def of(cls, emulator: Emulator, **options: Any) -> "Api":
        """Make an organization; the options are those of `tenants`."""
        tenant = emulator.tenant(**options)
        key = by_key(emulator, tenant.api_key)
        return cls(emulator, tenant, key, by_session(emulator, tenant.session_id))

    @property
    def projects(self) -> str:
        """The path of the organization's projects."""
        return f"/api/organizations/{self.tenant.organization_id}/projects/"

    def path(self, project: Any, action: str = "") -> str:
        """The path of a project or of one of its actions."""
        number = project["id"] if isinstance(project, dict) else project
        return f"{self.projects}{number}/" + (f"{action}/" if action else "")

    def make(self, **settings: Any) -> dict[str, Any]:
        """Make a project."""
        response = self.key.post(self.projects, json=settings)
        assert response.status_code == 201, response.text
        return dict(response.json())

    def change(self, project: Any, **settings: Any) -> httpx.Response:
        """Change a project's settings."""
        return self.key.patch(self.path(project), json=settings)

    def get(self, project: Any) -> dict[str, Any]:
        """Read a project."""
        return dict(self.key.get(self.path(project)).json())

    def act(self, project: Any, action: str, body: Any = None) -> httpx.Response:
        """PATCH an action with the session."""
        return self.session.patch(self.path(project, action), json=body)

    def member(self, level: int = 1, **key: Any) -> "Api":
        """Somebody else in the same organization."""
        memberships = {self.tenant.organization_id: level}
        user = self.emulator.control("POST", "users", {"memberships": memberships})
        made = self.emulator.control("POST", "keys", {"user_id": user["id"], **key})
        tenant = Tenant(
            self.tenant.organization_id, user["id"], made["id"], made["value"], user["session_id"]
        )
        session = by_session(self.emulator, tenant.session_id)
        return Api(self.emulator, tenant, by_key(self.emulator, tenant.api_key), session)


def refusal(response: httpx.Response) -> tuple[int, Any, Any, Any]:
    """The status and PostHog's code, detail and attr."""
    body = response.json()
    assert set(body) == {"type", "code", "detail", "attr"}
    return response.status_code, body["code"], body["detail"], body["attr"]


def denied(detail: str) -> tuple[int, str, str, None]:
    """A 403 in PostHog's form."""
    return 403, "permission_denied", detail, None
