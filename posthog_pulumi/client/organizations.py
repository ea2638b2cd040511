"""``/api/organizations/``."""

from collections.abc import Iterator

from posthog_pulumi.client import endpoints
from posthog_pulumi.client.base import Send, identified, pages, parsed
from posthog_pulumi.config import CURRENT_ORGANIZATION
from posthog_pulumi.models.account import Membership
from posthog_pulumi.models.lookups import Organization


class Organizations:
    """``/api/organizations/``; needs the scope ``organization:read``."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def list(self) -> Iterator[Organization]:
        """``GET /api/organizations/``, page by page."""
        return pages(self._send, endpoints.LIST_ORGANIZATIONS.call(), Organization)

    def memberships(self) -> Iterator[Membership]:
        """The same, with what the plan of each includes."""
        return pages(self._send, endpoints.LIST_ORGANIZATIONS.call(), Membership)

    def retrieve(self, organization_id: str = CURRENT_ORGANIZATION) -> Organization:
        """``GET /api/organizations/{id}/``; the id is a UUID or ``@current``."""
        call = endpoints.RETRIEVE_ORGANIZATION.call(organization_id)
        if organization_id == CURRENT_ORGANIZATION:
            return parsed(self._send(call), call, Organization)
        return identified(self._send(call), call, Organization, organization_id)
