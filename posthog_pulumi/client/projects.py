"""``/api/organizations/{organization_id}/projects/``."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, SecretStr

from posthog_pulumi.client import endpoints
from posthog_pulumi.client.base import Send, identified, pages, parsed, unexpected
from posthog_pulumi.client.endpoints import Endpoint
from posthog_pulumi.models.lookups import Activity, ListedProject
from posthog_pulumi.models.project import RemoteProject

Recheck = Callable[[], None] | None
"""Called before a request is sent after a wait; raises where it must not be sent any more."""

PAGE: int = 1000
"""Projects to list in one request where all are wanted; PostHog's own default is 100."""


class _Rotated(RemoteProject):
    """The response to a rotation: a project with a secret token."""

    secret_api_token: SecretStr


class _DemoData(BaseModel):
    is_generating_demo_data: bool


class _Identity(BaseModel):
    id: int


class Projects:
    """``/api/organizations/{organization_id}/projects/``; the id is a UUID or ``@current``.

    A response about another project than the one that was asked for is an error.
    """

    def __init__(self, send: Send) -> None:
        self._send = send

    def list(self, organization_id: str, search: str = "") -> Iterator[ListedProject[SecretStr]]:
        """``GET …/projects/``, page by page; projects pending deletion are listed too.

        Args:
            organization_id: UUID or ``@current``.
            search: A phrase of the name; servers before 2026 ignore it.
        """
        query: dict[str, Any] = {"search": search} if search else {"limit": PAGE}
        call = endpoints.LIST_PROJECTS.call(organization_id, query=query)
        return pages(self._send, call, ListedProject[SecretStr])

    def create(self, organization_id: str, settings: Mapping[str, Any]) -> RemoteProject:
        """``POST …/projects/``; not idempotent, so a lost response is the caller's to look into."""
        call = endpoints.CREATE_PROJECT.call(organization_id, body=settings)
        made = parsed(self._send(call), call, RemoteProject)
        if made.settings.get("name") != settings["name"]:
            raise unexpected("it is about a project of another name", call)
        return made

    def retrieve(self, organization_id: str, project_id: str) -> RemoteProject:
        """``GET …/projects/{id}/``."""
        return self._about(endpoints.RETRIEVE_PROJECT, organization_id, project_id)

    def update(
        self, organization_id: str, project_id: str, settings: Mapping[str, Any]
    ) -> RemoteProject:
        """``PATCH …/projects/{id}/``: all of the settings or, on an error, none."""
        return self._about(endpoints.UPDATE_PROJECT, organization_id, project_id, body=settings)

    def delete(self, organization_id: str, project_id: str, recheck: Recheck = None) -> None:
        """``DELETE …/projects/{id}/``: PostHog deletes the data at once or within 48 hours."""
        call = endpoints.DELETE_PROJECT.call(organization_id, project_id, recheck=recheck)
        if self._send(call) is not None:
            raise unexpected("it has a body, which no deletion has", call)

    def change_organization(
        self, organization_id: str, project_id: str, target: str
    ) -> RemoteProject:
        """``POST …/projects/{id}/change_organization/``: id, data and tokens stay; session only.

        Args:
            organization_id: Where it is: UUID.
            project_id: Which.
            target: UUID of the organization to move it to.
        """
        body = {"organization_id": target}
        return self._about(endpoints.CHANGE_ORGANIZATION, organization_id, project_id, body=body)

    def reset_token(self, organization_id: str, project_id: str) -> RemoteProject:
        """``PATCH …/reset_token/``: the old ``api_token`` stops at once; session only."""
        return self._about(endpoints.RESET_TOKEN, organization_id, project_id)

    def rotate_secret_token(
        self, organization_id: str, project_id: str, recheck: Recheck = None
    ) -> RemoteProject:
        """``PATCH …/rotate_secret_token/``: the old one becomes the backup; session only."""
        call = endpoints.ROTATE_SECRET_TOKEN.call(organization_id, project_id, recheck=recheck)
        return identified(self._send(call), call, _Rotated, project_id)

    def delete_secret_token_backup(
        self, organization_id: str, project_id: str, recheck: Recheck = None
    ) -> RemoteProject:
        """``PATCH …/delete_secret_token_backup/``, whichever token that is; session only."""
        return self._about(
            endpoints.DELETE_SECRET_TOKEN_BACKUP, organization_id, project_id, recheck=recheck
        )

    def is_generating_demo_data(self, organization_id: str, project_id: str) -> bool:
        """``GET …/is_generating_demo_data/``; session only."""
        call = endpoints.IS_GENERATING_DEMO_DATA.call(organization_id, project_id)
        return parsed(self._send(call), call, _DemoData).is_generating_demo_data

    def activity(self, organization_id: str, project_id: str) -> Iterator[Activity]:
        """``GET …/activity/``, newest first, page by page; session only."""
        return pages(self._send, endpoints.ACTIVITY.call(organization_id, project_id), Activity)

    def add_product_intent(
        self, organization_id: str, project_id: str, intent: Mapping[str, Any]
    ) -> None:
        """``PATCH …/add_product_intent/``: made or, a second time, counted."""
        call = endpoints.ADD_PRODUCT_INTENT.call(organization_id, project_id, body=intent)
        identified(self._send(call), call, _Identity, project_id)

    def complete_product_onboarding(
        self, organization_id: str, project_id: str, intent: Mapping[str, Any]
    ) -> None:
        """``PATCH …/complete_product_onboarding/``: stamps the intent with the present time."""
        call = endpoints.COMPLETE_PRODUCT_ONBOARDING.call(organization_id, project_id, body=intent)
        identified(self._send(call), call, _Identity, project_id)

    def _about(
        self, endpoint: Endpoint, organization_id: str, project_id: str, **more: Any
    ) -> RemoteProject:
        call = endpoint.call(organization_id, project_id, **more)
        return identified(self._send(call), call, RemoteProject, project_id)
