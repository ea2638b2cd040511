"""``PostHogProjectSecretApiKey``."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.provider import SecretApiKeyProvider
from posthog_pulumi.resources.resource import PostHogResource


class PostHogProjectSecretApiKey(PostHogResource, module="posthog", name="ProjectSecretApiKey"):
    """A project's secret API key (``phs_…``), rotated by a triggered replacement.

    The successor of the secret token, on servers since 2026; a personal API key may manage it. A
    rotation makes the new key, everything in the program that uses it is updated, then the old one
    is deleted.
    """

    project_id: Output[str]
    """The project's number."""
    value: Output[str]
    """The key, a secret; PostHog shows it once, so it is kept in the state."""
    mask_value: Output[str]
    """The key's ends, as PostHog shows them."""
    label_in_posthog: Output[str]
    """The label with its suffix."""
    created_at: Output[str]
    """When it was made, in RFC 3339."""

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        project_id: Input[str],
        label: Input[str],
        scopes: Input[Sequence[Input[str]]],
        rotate_when_changed: Input[Mapping[str, Any]] | None = None,
        rotate_after_days: Input[float] | None = None,
    ) -> None:
        """Declare a key.

        Args:
            resource_name: Pulumi's name for it.
            opts: Pulumi's options.
            project_id: The project's number, such as ``project.id``.
            label: At most 33 characters; in PostHog a dash and a random suffix follow it.
            scopes: What it may do, such as ``feature_flag:read``.
            rotate_when_changed: Any object; the first value arms the trigger, a changed one
                rotates the key, removing it does nothing.
            rotate_after_days: Age in days at which the next ``up`` rotates the key.
        """
        instead = "PostHog shows a key only when it is made, so the first `up` makes another."
        arguments = {
            "project_id": project_id,
            "label": label,
            "scopes": scopes,
            "rotate_when_changed": rotate_when_changed,
            "rotate_after_days": rotate_after_days,
        }
        made = dict.fromkeys(("value", "mask_value", "label_in_posthog", "created_at"))
        props = {**self._given(resource_name, opts, arguments, instead), **made}
        super().__init__(SecretApiKeyProvider(), resource_name, props, opts, secrets=["value"])
