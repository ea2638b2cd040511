"""What all endpoints share."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from rest_framework.exceptions import NotFound
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.viewsets import ViewSet

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules.users import Organization, PersonalApiKey, User
from posthog_pulumi.emulator.views.permissions import check_not_project_bound


class Pages(LimitOffsetPagination):  # type: ignore[misc]  # untyped framework
    """`limit` and `offset`."""

    default_limit = 100


class Endpoint(ViewSet):  # type: ignore[misc]  # the same
    """Actions and the scope that a key needs for each; without one no scoped key may call.

    OPTIONS is the action `metadata`; a method that has no action counts by its own name.
    """

    scopes: ClassVar[Mapping[str, str]] = {}

    @property
    def server(self) -> Server:
        """The emulated generation."""
        server: Server = settings.EMULATOR.server
        return server

    @property
    def user(self) -> User:
        """The caller."""
        user: User = self.request.user
        return user

    def scope(self) -> str | None:
        """The scope that a key needs for this request."""
        return self.scopes.get(self.action or self.request.method)

    def check_key_limits(self, key: PersonalApiKey) -> None:
        """Refuse what the key is not limited to."""
        check_not_project_bound(key)

    def organization_called(self, name: str) -> Organization:
        """The organization of a path, which may be the caller's current one."""
        wanted = self.user.current_organization_id if name == "@current" else _uuid(name)
        found = Organization.known(wanted)
        if found is None:
            raise NotFound("Organization not found.")
        return found


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
