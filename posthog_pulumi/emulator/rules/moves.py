"""Moving a project to another organization."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework.exceptions import ValidationError

from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import activity
from posthog_pulumi.emulator.rules.errors import ServerFault
from posthog_pulumi.emulator.rules.models import Project
from posthog_pulumi.emulator.rules.users import ADMIN, Organization, User


def move(project: Project, sent: Any, user: User, server: Server) -> None:
    """Move it; id, tokens and data stay. Even a move to its own organization is logged."""
    target = _target(sent)
    there = user.level(target) if target else None
    if target is None or there is None:
        raise ValidationError("You must be a member of the target organization to move a project.")
    if min(there, user.level(project.organization_id) or 0) < ADMIN:
        raise ValidationError(
            "You must be an admin of both the source and target organizations to move a project."
        )
    before = project.organization_id
    project.organization = Organization.objects.get(pk=target)
    project.save()
    if server.moves_users_along:
        User.objects.filter(current_project=project).update(current_organization=target)
    change = activity.change("organization", str(before), str(target))
    activity.record(project, user, "updated", changes=[change])


def _target(sent: Any) -> UUID | None:
    """The requested organization; PostHog responds with 500 where it is not a UUID."""
    wanted = sent.get("organization_id") if isinstance(sent, Mapping) else None
    try:
        return UUID(str(wanted)) if wanted else None
    except ValueError:
        raise ServerFault from None
