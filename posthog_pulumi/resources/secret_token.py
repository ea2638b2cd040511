"""``PostHogProjectSecretToken``."""

from collections.abc import Mapping
from typing import Any

from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.properties import ARMED
from posthog_pulumi.provider import SecretTokenProvider
from posthog_pulumi.resources.resource import PostHogResource


class PostHogProjectSecretToken(PostHogResource, module="posthog", name="ProjectSecretToken"):
    """A project's secret token (``phs_…``), rotated by a triggered replacement; one per project.

    A rotation makes the new token first, with the old one as its backup; everything in the program
    that uses the token is updated; then the backup is deleted. Destroying the resource revokes the
    token. PostHog lets only signed-in sessions do this: set ``posthog:sessionId``.
    """

    project_id: Output[str]
    """The project's number."""
    token: Output[str]
    """The token, a secret; after a rotation the new one."""
    rotated_at: Output[str]
    """When it was minted or taken over, in RFC 3339."""

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        project_id: Input[str],
        organization_id: Input[str] | None = None,
        rotate_when_changed: Input[Mapping[str, Any]] | None = None,
        rotate_after_days: Input[float] | None = None,
        keep_previous: Input[bool] | None = None,
        revoke_on_destroy: Input[bool] | None = None,
    ) -> None:
        """Declare a secret token: minted if the project has none, otherwise taken over.

        Args:
            resource_name: Pulumi's name for it.
            opts: Pulumi's options.
            project_id: The project's number, such as ``project.id``.
            organization_id: UUID, slug or ``@current``, such as ``project.organization``; the
                provider's configuration decides if left out.
            rotate_when_changed: Any object; the first value arms the trigger, a changed one
                rotates the token, removing it does nothing.
            rotate_after_days: Age in days at which the next ``up`` rotates the token.
            keep_previous: Whether the previous token stays valid until the next rotation.
            revoke_on_destroy: Whether destroying the resource revokes the token; it does unless
                this is False.
        """
        instead = "the first `up` takes over the token that the project has, and rotates nothing."
        arguments = {
            "project_id": project_id,
            "organization_id": organization_id,
            "rotate_when_changed": rotate_when_changed,
            "rotate_after_days": rotate_after_days,
            "keep_previous": keep_previous,
            "revoke_on_destroy": revoke_on_destroy,
        }
        declared = self._given(resource_name, opts, arguments, instead)
        props = {**declared, "token": None, "rotated_at": None}
        secrets = ["token", ARMED]
        super().__init__(SecretTokenProvider(), resource_name, props, opts, secrets=secrets)
