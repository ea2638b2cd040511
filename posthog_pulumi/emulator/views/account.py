"""Who the caller is: organizations, user, key; and what is not served."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import JsonResponse
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from posthog_pulumi.emulator.rules import body
from posthog_pulumi.emulator.rules.errors import NotServed
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.users import Organization, PersonalApiKey, User
from posthog_pulumi.emulator.views.base import Endpoint, Pages
from posthog_pulumi.emulator.views.permissions import ANY_KEY, check_organization


class OrganizationEndpoints(Endpoint):
    """The caller's organizations."""

    scopes: ClassVar[Mapping[str, str]] = {
        "list": "organization:read",
        "retrieve": "organization:read",
        "metadata": "organization:read",
    }

    def check_key_limits(self, key: PersonalApiKey) -> None:
        """Check the organization of the path."""
        super().check_key_limits(key)
        if "pk" in self.kwargs:
            check_organization(key, self.called())

    def list(self, request: Any) -> Response:
        """One page, in the order of joining."""
        mine = Organization.objects.filter(memberships__user=self.user)
        key = request.auth.key
        if key and key.scoped_organizations:
            mine = mine.filter(pk__in=key.scoped_organizations)
        pages = Pages()
        page = pages.paginate_queryset(mine.order_by("memberships__id"), request)
        return pages.get_paginated_response([_organization(item, self) for item in page])

    def retrieve(self, _request: Any, **_: str) -> Response:
        """One organization."""
        return Response(_organization(self.called(), self))

    def called(self) -> Organization:
        """The organization of the path, if the caller is in it."""
        try:
            organization = self.organization_called(self.kwargs["pk"])
        except NotFound:
            raise NotFound from None
        if self.user.level(organization) is None:
            raise NotFound
        return organization


class Me(Endpoint):
    """The caller."""

    scopes: ClassVar[Mapping[str, str]] = {"retrieve": "user:read", "metadata": "user:read"}

    def check_key_limits(self, key: PersonalApiKey) -> None:
        """A key may always read its owner."""

    def retrieve(self, _request: Any) -> Response:
        """The user, with every organization."""
        user = self.user
        mine = Organization.objects.filter(memberships__user=user).order_by("memberships__id")
        current = user.current_organization
        project = Project.objects.filter(pk=user.current_project_id).first()
        return Response(
            {
                "id": user.pk,
                "uuid": str(user.uuid),
                "distinct_id": str(user.uuid),
                "first_name": user.first_name,
                "last_name": "",
                "email": user.email,
                "is_staff": False,
                "is_active": user.is_active,
                "organization": current and _organization(current, self),
                "organizations": [_brief(organization, user) for organization in mine],
                "team": project and body.short(project, self.server),
            }
        )


class ThisKey(Endpoint):
    """The personal API key of the request."""

    scopes: ClassVar[Mapping[str, str]] = {"retrieve": ANY_KEY, "metadata": ANY_KEY}

    def check_key_limits(self, key: PersonalApiKey) -> None:
        """A key may always read itself."""

    def retrieve(self, request: Any) -> Response:
        """What the key may do."""
        key = request.auth.key
        if key is None:
            raise NotFound
        return Response(
            {
                "id": key.pk,
                "label": key.label,
                "value": None,
                "mask_value": key.mask_value,
                "created_at": body.moment(key.created_at),
                "last_used_at": None,
                "last_rolled_at": None,
                "user_id": key.user_id,
                "scopes": key.scopes,
                "scoped_teams": key.scoped_projects,
                "scoped_organizations": key.scoped_organizations,
            }
        )


class Unserved(APIView):  # type: ignore[misc]  # untyped framework
    """Everything else under `/api/`."""

    authentication_classes = ()
    permission_classes = ()

    def dispatch(self, request: Any, *_: Any, **__: Any) -> Any:
        """Respond with 501 to any method."""
        self.headers: dict[str, str] = {}
        self.request = self.initialize_request(request)
        refusal = self.handle_exception(NotServed(request.method, request.path))
        return self.finalize_response(self.request, refusal)


def nothing_here(_: Any) -> JsonResponse:
    """PostHog's own pages are not here."""
    return JsonResponse({"error": "The emulator serves nothing at this address."}, status=404)


def _brief(organization: Organization, user: User) -> dict[str, Any]:
    return {
        "id": str(organization.id),
        "name": organization.name,
        "slug": organization.slug,
        "logo_media_id": None,
        "membership_level": user.level(organization),
        "members_can_use_personal_api_keys": organization.members_can_use_personal_api_keys,
    }


def _organization(organization: Organization, view: Endpoint) -> dict[str, Any]:
    visible = Project.objects.visible_to(view.user).filter(organization=organization)
    short = [body.short(project, view.server) for project in visible.order_by("id")]
    limit = {"key": "organizations_projects", "limit": organization.project_limit}
    return _brief(organization, view.user) | {
        "created_at": body.moment(organization.created_at),
        "updated_at": body.moment(organization.created_at),
        "plugins_access_level": 9,
        "teams": short,
        "projects": short,
        "available_product_features": [limit | {"name": "Projects"}],
        "members_can_create_projects": organization.members_can_create_projects,
    }
