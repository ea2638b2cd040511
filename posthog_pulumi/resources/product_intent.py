"""``PostHogProductIntent``."""

from collections.abc import Mapping
from typing import Any

from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.provider import ProductIntentProvider
from posthog_pulumi.resources.resource import PostHogResource


class PostHogProductIntent(PostHogResource, module="posthog", name="ProductIntent"):
    """The intent to use one of PostHog's products in a project.

    PostHog cannot take an intent back: destroying the resource only forgets it, and an onboarding
    once completed stays so.
    """

    project_id: Output[str]
    """The project's number."""
    product_type: Output[str]
    """The product."""

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        project_id: Input[str],
        product_type: Input[str],
        organization_id: Input[str] | None = None,
        intent_context: Input[str] | None = None,
        metadata: Input[Mapping[str, Any]] | None = None,
        onboarding_completed: Input[bool] | None = None,
    ) -> None:
        """Declare an intent.

        Args:
            resource_name: Pulumi's name for it.
            opts: Pulumi's options.
            project_id: The project's number, such as ``project.id``.
            product_type: Such as ``session_replay``; servers since 2026 know a fixed list.
            organization_id: UUID, slug or ``@current``, such as ``project.organization``; the
                provider's configuration decides if left out.
            intent_context: How it came about; servers since 2026 know a fixed list.
            metadata: Any object to store with it.
            onboarding_completed: Whether its onboarding is done.
        """
        instead = "`posthog-pulumi import --project ID --product-intents` imports it."
        arguments = {
            "project_id": project_id,
            "product_type": product_type,
            "organization_id": organization_id,
            "intent_context": intent_context,
            "metadata": metadata,
            "onboarding_completed": onboarding_completed,
        }
        declared = self._given(resource_name, opts, arguments, instead)
        super().__init__(ProductIntentProvider(), resource_name, declared, opts)
