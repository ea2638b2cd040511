"""Which credential may call which action."""

from typing import Any

from django.conf import settings
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules.users import ADMIN, Organization, PersonalApiKey, User

NO_LEVEL = "You don't have sufficient permissions in the project."
ANY_KEY = "any key"
"""In place of a scope: an action that every key may call about itself."""


class MayCall(BasePermission):  # type: ignore[misc]  # untyped framework
    """Authenticated, and if by a key, with the scope and within the limits of the key."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Refuse with PostHog's words."""
        if request.auth is None:
            raise NotAuthenticated
        if request.auth.key:
            _check_scope(request.auth.key, view.scope(), settings.EMULATOR.server)
            view.check_key_limits(request.auth.key)
        return True


def _check_scope(key: PersonalApiKey, scope: str | None, server: Server) -> None:
    if scope == ANY_KEY or (not key.scopes and server.legacy_keys_may_do_all):
        return
    if scope is None:
        raise PermissionDenied(server.key_refusal)
    if not key.grants(scope):
        raise PermissionDenied(f"API key missing required scope '{scope}'")


def check_organization(key: PersonalApiKey, organization: Organization) -> None:
    """Refuse a key limited to other organizations, or one that the organization forbids."""
    limits = key.scoped_organizations
    if limits and str(organization.id) not in limits:
        raise PermissionDenied(
            f"API key does not have access to the requested organization: ID {organization.id}."
        )
    forbids = not organization.members_can_use_personal_api_keys
    if forbids and (key.user.level(organization) or ADMIN) < ADMIN:
        raise PermissionDenied(
            f"Organization '{organization.name}' does not allow using personal API keys. "
            "Contact an admin to enable personal API keys for this organization."
        )


def check_project(key: PersonalApiKey, project_id: int) -> None:
    """Refuse a key limited to other projects."""
    if key.scoped_projects and project_id not in key.scoped_projects:
        raise PermissionDenied(
            f"API key does not have access to the requested project: ID {project_id}."
        )


def check_not_project_bound(key: PersonalApiKey) -> None:
    """Refuse a key limited to projects where no project is addressed."""
    if key.scoped_projects:
        raise PermissionDenied(
            "API keys with scoped projects are only supported on project-based endpoints."
        )


def require_project_admin(user: User, organization_id: Any) -> None:
    """Refuse a plain member."""
    if (user.level(organization_id) or 0) < ADMIN:
        raise PermissionDenied(NO_LEVEL)


class KeyThrottle(SimpleRateThrottle):  # type: ignore[misc]  # the same
    """A rate counted per personal API key; a key without a rate is not throttled."""

    rate = "1/minute"  # replaced by the key's own before it counts

    def allow_request(self, request: Any, view: Any) -> bool:
        """Count this request against the key's own rate."""
        key = request.auth and request.auth.key
        rate = key.throttle.get(self.scope) if key else None
        if not rate:
            return True
        self.num_requests, self.duration = self.parse_rate(rate)
        return bool(super().allow_request(request, view))

    def get_cache_key(self, request: Any, _: Any) -> str:
        """Count each key apart."""
        return f"{self.scope}:{request.auth.key.pk}"


class Burst(KeyThrottle):
    """The rate per minute."""

    scope = "burst"


class Sustained(KeyThrottle):
    """The rate per hour."""

    scope = "sustained"
