"""Calling the emulator over HTTP, with a key or a session."""

import ssl
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import httpx

from posthog_pulumi.emulator import Account, Tenant

CSRF = "0123456789abcdef0123456789abcdef"

_PLAIN = httpx.HTTPTransport(
    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # spares every client the reading of roots
    limits=httpx.Limits(max_keepalive_connections=0),  # so that no test has to close a client
)


def client(account: Account, **options: Any) -> httpx.Client:
    """A client of nobody in particular."""
    return httpx.Client(base_url=account.url, transport=_PLAIN, trust_env=False, **options)


def by_key(account: Account, key: str) -> httpx.Client:
    """A client with a personal API key."""
    bearer = {"Authorization": f"Bearer {key}"}
    return client(account, headers=bearer)


def by_session(account: Account) -> httpx.Client:
    """A client with a signed-in session and the CSRF pair."""
    return client(
        account,
        cookies={"sessionid": account.session_id, "posthog_csrftoken": CSRF},
        headers={"X-CSRFToken": CSRF, "Referer": account.url},
    )


@dataclass
class Api:
    """One organization, called with its user's key or session."""

    tenant: Tenant

    @cached_property
    def key(self) -> httpx.Client:
        """Calls with the key."""
        return by_key(self.tenant, self.tenant.api_key)

    @cached_property
    def session(self) -> httpx.Client:
        """Calls with the session."""
        return by_session(self.tenant)

    @cached_property
    def server(self) -> str:
        """Which server is emulated: ``current`` or ``docs-2025``."""
        return str(self.tenant.control.send("GET", "server")["server"])

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
        user = self.tenant.control.send("POST", "users", {"memberships": memberships})
        made = self.tenant.control.send("POST", "keys", {"user_id": user["id"], **key})
        member = replace(
            self.tenant,
            user_id=user["id"],
            session_id=user["session_id"],
            key_id=made["id"],
            api_key=made["value"],
        )
        return Api(member)


def refusal(response: httpx.Response) -> tuple[int, Any, Any, Any]:
    """The status and PostHog's code, detail and attr."""
    body = response.json()
    assert set(body) == {"type", "code", "detail", "attr"}
    return response.status_code, body["code"], body["detail"], body["attr"]


def denied(detail: str) -> tuple[int, str, str, None]:
    """A 403 in PostHog's form."""
    return 403, "permission_denied", detail, None
