"""Sending changed settings, so that a late response does no harm."""

from collections.abc import Mapping
from typing import Any

from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.once import once
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.plan import project as plan
from posthog_pulumi.plan.differences import differences

_ADVICE = "Run `pulumi refresh` and then `pulumi up` in a minute: they send what is still missing."


def bring(
    on: Connection,
    organization_id: str,
    project_id: str,
    settings: Mapping[str, Any],
    body: dict[str, Any],
) -> RemoteProject | None:
    """PATCH the settings to what is in ``body``; None if there was nothing to send.

    Args:
        on: The connection.
        organization_id: UUID of the organization that the project is in.
        project_id: The project.
        settings: Its settings as they are believed to be.
        body: Settings and the values they shall have.
    """
    project = None
    for patch in plan.patches(settings, body):
        project = _patch(on, organization_id, project_id, patch)
    again = plan.to_clear_again(project.settings, body) if project else {}
    for patch in plan.patches(project.settings if project else {}, again):
        project = _patch(on, organization_id, project_id, patch)
    return project


def _patch(
    on: Connection, organization_id: str, project_id: str, patch: Mapping[str, Any]
) -> RemoteProject:
    def look() -> RemoteProject | None:
        project = on.client.projects.retrieve(organization_id, project_id)
        return None if plan.not_applied(project.settings, patch) else project

    return once(
        on, lambda: on.client.projects.update(organization_id, project_id, patch), look, _ADVICE
    )


def ignored_text(project: RemoteProject, sent: Mapping[str, Any]) -> str:
    """What PostHog took and did not keep, as a sentence."""
    return f"PostHog took the request, but {differences(project.settings, sent)}."
