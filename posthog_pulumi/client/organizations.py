"""``/api/organizations/``."""

from collections.abc import Iterator

from posthog_pulumi.client.base import Send, pages, parsed, part
from posthog_pulumi.client.call import Call
from posthog_pulumi.config import CURRENT_ORGANIZATION
from posthog_pulumi.models.lookups import Organization


class Organizations:
    """``/api/organizations/``; needs the scope ``organization:read``."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._ids: dict[str, str] = {}

    def id_of(self, slug: str) -> str | None:
        """The UUID behind a slug, which PostHog does not take in a path; asked for once."""
        if slug not in self._ids:
            self._ids.update({item.slug: item.id for item in self.list()})
        return self._ids.get(slug)

    def list(self) -> Iterator[Organization]:
        """``GET /api/organizations/``, page by page."""
        call = Call(method="GET", path="/api/organizations/")
        return pages(self._send, call, Organization)

    def retrieve(self, organization_id: str = CURRENT_ORGANIZATION) -> Organization:
        """``GET /api/organizations/{id}/``; the id is a UUID or ``@current``."""
        call = Call(method="GET", path=f"/api/organizations/{part(organization_id)}/")
        return parsed(self._send(call), call, Organization)
