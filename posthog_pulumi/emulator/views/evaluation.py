"""Flag definitions for local evaluation, which secret tokens and keys may read."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from rest_framework.exceptions import (
    AuthenticationFailed,
    NotAuthenticated,
    PermissionDenied,
    ValidationError,
)
from rest_framework.response import Response
from rest_framework.views import APIView

from posthog_pulumi.emulator.rules.models import Project, SecretApiKey
from posthog_pulumi.emulator.rules.secret_keys import LOCAL_EVALUATION
from posthog_pulumi.emulator.rules.storage import writing_projects
from posthog_pulumi.emulator.rules.tokens import digest
from posthog_pulumi.emulator.server.log import LOGGED_AS
from posthog_pulumi.emulator.views.credentials import KeyAuthentication

_NONE: dict[str, Any] = {"flags": [], "group_type_mapping": {}, "cohorts": {}}
_VERSION = f'"{digest(str(_NONE))[:16]}"'
"""The `ETag`, which stays as long as the definitions do."""


class Definitions(APIView):  # type: ignore[misc]  # untyped framework
    """`/flags/definitions` and its older address; the definitions are empty."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    def get_authenticate_header(self, _request: Any) -> str:
        """Make refusals 401."""
        return "Bearer"

    def get(self, request: Any) -> Response:
        """Respond with no flags to callers who may see them."""
        token = request.query_params.get("token")
        if not token:
            raise ValidationError("The token query parameter is required.")
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not value.strip():
            raise NotAuthenticated
        project = Project.objects.filter(api_token=token).first()
        self._admit(request, project, value.strip())
        known = _VERSION in request.headers.get("If-None-Match", "")
        return Response(None if known else _NONE, 304 if known else 200, headers={"ETag": _VERSION})

    def _admit(self, request: Any, project: Project | None, value: str) -> None:
        if not value.startswith("phs_"):
            _admit_person(request, project)
            return
        request._request.META[LOGGED_AS] = "secret_token"  # noqa: SLF001 - the shared environ
        if project is None or not (_is_token(project, value) or _is_key(project, value)):
            raise AuthenticationFailed("Secret API token is invalid.")


def _admit_person(request: Any, project: Project | None) -> None:
    found = KeyAuthentication().authenticate(request)
    if found is None or project is None or not project.visible_to(found[0]):
        raise AuthenticationFailed("Secret API token is invalid.")
    key = found[1].key
    if key is not None and not key.grants(LOCAL_EVALUATION):
        raise PermissionDenied(f"API key missing required scope '{LOCAL_EVALUATION}'")


def _is_token(project: Project, value: str) -> bool:
    live = Q(secret_api_token=value) | Q(secret_api_token_backup=value)
    return bool(Project.objects.filter(live, pk=project.pk).exists())


def _is_key(project: Project, value: str) -> bool:
    key = SecretApiKey.objects.filter(project=project, digest=digest(value)).first()
    if key is None or LOCAL_EVALUATION not in key.scopes:
        return False
    with writing_projects():
        SecretApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now())
    return True
