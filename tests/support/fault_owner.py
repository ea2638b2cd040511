"""The owner of an organization of a test's own, who has a key and a signed-in session."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import httpx

Server = Literal["current", "docs-2025"]
Control = Callable[[str, str, Any], Any]
"""Calls a control endpoint: method, what follows ``/_emulator/``, body."""

_CSRF: Final = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class PostHog:
    """An emulator that many tests share."""

    server: Server
    url: str
    control: Control
    network: httpx.BaseTransport


@dataclass(frozen=True)
class Owner:
    """Somebody who may do all in an organization."""

    posthog: PostHog
    organization_id: str
    user_id: int
    api_key: str
    session_id: str

    @classmethod
    def at(cls, posthog: PostHog) -> "Owner":
        """Make the organization."""
        made = posthog.control("POST", "tenants", {})
        names = ("organization_id", "user_id", "api_key", "session_id")
        return cls(posthog, **{name: made[name] for name in names})

    @cached_property
    def http(self) -> httpx.Client:
        """Calls with the session, as the browser makes them."""
        return httpx.Client(
            base_url=self.posthog.url,
            transport=self.posthog.network,
            cookies={"sessionid": self.session_id, "posthog_csrftoken": _CSRF},
            headers={"X-CSRFToken": _CSRF, "Referer": self.posthog.url},
            trust_env=False,
        )

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON of a successful response; None for an empty one."""
        response = self.http.request(method, path, json=body)
        response.raise_for_status()
        return response.json() if response.content else None

    def project(self, project_id: Any, organization_id: str = "") -> str:
        """The path of a project."""
        return (
            f"/api/organizations/{organization_id or self.organization_id}/projects/{project_id}/"
        )

    def second_organization(self) -> dict[str, str]:
        """Make another organization of the same owner; its ``id`` and ``slug``."""
        made = self.posthog.control("POST", "organizations", {"name": "Elsewhere"})
        levels = {"memberships": {self.organization_id: 15, made["id"]: 15}}
        self.posthog.control("PATCH", f"users/{self.user_id}", levels)
        return {"id": made["id"], "slug": made["slug"]}

    def delete_for_good(self, project_id: str, organization_id: str = "") -> None:
        """Delete a project, and let PostHog be done with it."""
        self.call("DELETE", self.project(project_id, organization_id))
        if self.posthog.server == "current":
            self.posthog.control("POST", f"projects/{project_id}/finish-deletion", {})
