"""``PostHogProductIntent``."""

from collections.abc import Mapping
from typing import Any, cast

import pulumi
from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.provider import ProductIntentProvider


class PostHogProductIntent(pulumi.dynamic.Resource, module="posthog", name="ProductIntent"):
    """The intent to use one of PostHog's products in a project.

    PostHog cannot take an intent back: destroying the resource only forgets it, and an onboarding
    once completed stays so.
    """

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
            product_type: Such as ``session_replay``; today's server knows a fixed list.
            organization_id: UUID, slug or ``@current``, such as ``project.organization``; the
                provider's configuration decides if left out.
            intent_context: How it came about; today's server knows a fixed list.
            metadata: Any object to store with it.
            onboarding_completed: Whether its onboarding is done.
        """
        props: dict[str, Any] = {
            "project_id": project_id,
            "product_type": product_type,
            "organization_id": organization_id,
            "intent_context": intent_context,
            "metadata": metadata,
            "onboarding_completed": onboarding_completed,
        }
        super().__init__(ProductIntentProvider(), resource_name, props, opts)

    @property
    @pulumi.getter
    def project_id(self) -> Output[str]:
        """The project's number."""
        return cast("Output[str]", pulumi.get(self, "project_id"))

    @property
    @pulumi.getter
    def product_type(self) -> Output[str]:
        """The product."""
        return cast("Output[str]", pulumi.get(self, "product_type"))
