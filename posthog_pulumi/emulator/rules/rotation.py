"""The tokens of a project: reset, rotated, dropped."""

from typing import Any

from django.utils import timezone
from rest_framework.exceptions import ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import activity, tokens
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.projects import api_token
from posthog_pulumi.emulator.rules.users import User

_PRIMARY, _BACKUP = "secret_api_token", "secret_api_token_backup"


def secret_token(server: Server) -> str:
    """A new `phs_…` token."""
    return "phs_" + tokens.random_text(server.secret_length, server.token_alphabet)


def reset(project: Project, user: User, server: Server) -> None:
    """Replace the API token at once; it is logged in clear."""
    before, project.api_token = project.api_token, api_token(server)
    change = activity.change("api_token", before, project.api_token)
    _save(project, user, change)


def rotate(project: Project, user: User, server: Server) -> None:
    """Make a new secret token; the old one becomes the backup, and an older backup is lost."""
    if _first_mint_refused(project, server):
        raise ValidationError(
            "The feature flags secure API key is deprecated. Create a project secret API key "
            "with the feature_flag:read scope instead."
        )
    before = _masked(project, _PRIMARY, *([_BACKUP] if project.secret_api_token else []))
    project.secret_api_token_backup = project.secret_api_token
    project.secret_api_token = secret_token(server)
    first = {"action": "created"} if project.secret_api_token_backup is None else {}
    after = _masked(project, *before)
    _save(project, user, activity.change(_PRIMARY, before, after) | first)


def drop_backup(project: Project, user: User) -> None:
    """Revoke the backup; without one nothing happens."""
    old = project.secret_api_token_backup
    if old is None:
        return
    project.secret_api_token_backup = None
    _save(project, user, activity.change(_BACKUP, tokens.mask(old), None))


def _first_mint_refused(project: Project, server: Server) -> bool:
    switched_on = server.first_mint_can_be_refused and project.organization.refuse_first_mint
    has_any = project.secret_api_token or project.secret_api_token_backup
    return switched_on and not has_any and not project.settings.get("conversations_enabled")


def _masked(project: Project, *names: str) -> dict[str, str | None]:
    values = {name: getattr(project, name) for name in names}
    return {name: value and tokens.mask(value) for name, value in values.items()}


def _save(project: Project, user: User, change: dict[str, Any]) -> None:
    project.updated_at = timezone.now()
    project.save()
    activity.record(project, user, "updated", changes=[change])
