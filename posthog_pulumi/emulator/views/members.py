"""`/api/organizations/{id}/members/`."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid5

from rest_framework.response import Response

from posthog_pulumi.emulator.rules.body import moment
from posthog_pulumi.emulator.rules.users import Membership
from posthog_pulumi.emulator.views.account import OrganizationEndpoints
from posthog_pulumi.emulator.views.base import Pages


class Members(OrganizationEndpoints):
    """Everybody in one organization."""

    scopes: ClassVar[Mapping[str, str]] = {
        "list": "organization_member:read",
        "metadata": "organization_member:read",
    }

    def list(self, request: Any, **_: str) -> Response:
        """One page, the latest first."""
        pages = Pages()
        members = self.called().memberships.select_related("user", "organization")
        page = pages.paginate_queryset(members.order_by("-pk"), request)
        return pages.get_paginated_response([_shown(member) for member in page])


def _shown(member: Membership) -> dict[str, Any]:
    return {
        "id": str(uuid5(member.user.uuid, str(member.organization_id))),
        "user": member.user.basic(),
        "level": member.level,
        "joined_at": moment(member.organization.created_at),
        "updated_at": moment(member.organization.created_at),
        "is_2fa_enabled": False,
        "has_social_auth": False,
        "last_login": None,
    }
