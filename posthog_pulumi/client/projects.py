"""``/api/organizations/{organization_id}/projects/``."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, SecretStr

from posthog_pulumi.client.base import Send, pages, parsed, project_path
from posthog_pulumi.client.call import Call
from posthog_pulumi.models.lookups import Activity, ListedProject
from posthog_pulumi.models.project import RemoteProject


class _DemoData(BaseModel):
    is_generating_demo_data: bool


class Projects:
    """``/api/organizations/{organization_id}/projects/``; the id is a UUID or ``@current``."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def list(self, organization_id: str, search: str = "") -> Iterator[ListedProject[SecretStr]]:
        """``GET …/projects/``, page by page; projects pending deletion are listed too.

        Args:
            organization_id: UUID or ``@current``.
            search: A phrase of the name; servers before 2026 ignore it.
        """
        query = {"search": search} if search else None
        call = Call(method="GET", path=project_path(organization_id), query=query)
        return pages(self._send, call, ListedProject[SecretStr])

    def create(self, organization_id: str, settings: Mapping[str, Any]) -> RemoteProject:
        """``POST …/projects/``; not idempotent, so a lost answer is the caller's to look into."""
        call = Call(
            method="POST", path=project_path(organization_id), body=settings, repeatable=False
        )
        return parsed(self._send(call), call, RemoteProject)

    def retrieve(self, organization_id: str, project_id: str) -> RemoteProject:
        """``GET …/projects/{id}/``."""
        call = Call(method="GET", path=project_path(organization_id, project_id))
        return parsed(self._send(call), call, RemoteProject)

    def update(
        self, organization_id: str, project_id: str, settings: Mapping[str, Any]
    ) -> RemoteProject:
        """``PATCH …/projects/{id}/``: all of the settings or, on an error, none."""
        call = Call(method="PATCH", path=project_path(organization_id, project_id), body=settings)
        return parsed(self._send(call), call, RemoteProject)

    def delete(self, organization_id: str, project_id: str) -> None:
        """``DELETE …/projects/{id}/``: PostHog deletes the data at once or within 48 hours."""
        self._send(Call(method="DELETE", path=project_path(organization_id, project_id)))

    def change_organization(
        self, organization_id: str, project_id: str, target: str
    ) -> RemoteProject:
        """``POST …/projects/{id}/change_organization/``: id, data and tokens stay; session only.

        Args:
            organization_id: Where it is: UUID.
            project_id: Which.
            target: UUID of the organization to move it to.
        """
        call = Call(
            method="POST",
            path=f"{project_path(organization_id, project_id)}change_organization/",
            body={"organization_id": target},
            repeatable=False,
            session_only=True,
        )
        return parsed(self._send(call), call, RemoteProject)

    def reset_token(self, organization_id: str, project_id: str) -> RemoteProject:
        """``PATCH …/reset_token/``: the old ``api_token`` stops at once; session only."""
        return self._token_call(organization_id, project_id, "reset_token")

    def rotate_secret_token(self, organization_id: str, project_id: str) -> RemoteProject:
        """``PATCH …/rotate_secret_token/``: the old one becomes the backup; session only."""
        return self._token_call(organization_id, project_id, "rotate_secret_token")

    def delete_secret_token_backup(self, organization_id: str, project_id: str) -> RemoteProject:
        """``PATCH …/delete_secret_token_backup/``: a second time does nothing; session only."""
        return self._token_call(
            organization_id, project_id, "delete_secret_token_backup", repeatable=True
        )

    def _token_call(
        self, organization_id: str, project_id: str, action: str, *, repeatable: bool = False
    ) -> RemoteProject:
        call = Call(
            method="PATCH",
            path=f"{project_path(organization_id, project_id)}{action}/",
            repeatable=repeatable,
            session_only=True,
        )
        return parsed(self._send(call), call, RemoteProject)

    def is_generating_demo_data(self, organization_id: str, project_id: str) -> bool:
        """``GET …/is_generating_demo_data/``; session only."""
        path = f"{project_path(organization_id, project_id)}is_generating_demo_data/"
        call = Call(method="GET", path=path, session_only=True)
        return parsed(self._send(call), call, _DemoData).is_generating_demo_data

    def activity(self, organization_id: str, project_id: str) -> Iterator[Activity]:
        """``GET …/activity/``, newest first, page by page; session only."""
        path = f"{project_path(organization_id, project_id)}activity/"
        return pages(self._send, Call(method="GET", path=path, session_only=True), Activity)

    def add_product_intent(
        self, organization_id: str, project_id: str, intent: Mapping[str, Any]
    ) -> None:
        """``PATCH …/add_product_intent/``: made or, a second time, counted."""
        path = f"{project_path(organization_id, project_id)}add_product_intent/"
        self._send(Call(method="PATCH", path=path, body=intent))

    def complete_product_onboarding(
        self, organization_id: str, project_id: str, intent: Mapping[str, Any]
    ) -> None:
        """``PATCH …/complete_product_onboarding/``: stamps the intent with the present time."""
        path = f"{project_path(organization_id, project_id)}complete_product_onboarding/"
        self._send(Call(method="PATCH", path=path, body=intent))
