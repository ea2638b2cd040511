"""``ProductAnalytics``: all that a product needs of PostHog, as one resource."""

import pulumi
from pulumi import Alias, Input, Output, ResourceOptions

from posthog_pulumi import PostHogProductIntent, PostHogProject, PostHogProjectSecretApiKey


class ProductAnalytics(pulumi.ComponentResource):
    """A project, the intent to use product analytics in it, and a key for the product's backend."""

    project_id: Output[str]
    """The project's number."""
    api_token: Output[str]
    """The token that sends events, a secret."""
    flags_key: Output[str]
    """The key that evaluates feature flags, a secret; it follows each rotation."""

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        name: Input[str],
        quarter: Input[str],
    ) -> None:
        """Declare them.

        Args:
            resource_name: Pulumi's name for each of them.
            opts: Pulumi's options; a provider given here is that of all three.
            name: The project's name in PostHog.
            quarter: Another one rotates the key.
        """
        super().__init__("example:index:ProductAnalytics", resource_name, None, opts)
        project = PostHogProject(resource_name, self._project_options(), name=name)
        in_project = ResourceOptions(parent=self, deleted_with=project)
        PostHogProductIntent(
            resource_name, in_project, project_id=project.id, product_type="product_analytics"
        )
        key = PostHogProjectSecretApiKey(
            resource_name,
            in_project,
            project_id=project.id,
            label="Backend",
            scopes=["feature_flag:read"],
            rotate_when_changed={"quarter": quarter},
        )
        self.project_id = project.id
        self.api_token = project.api_token
        self.flags_key = key.value
        self.register_outputs(
            {
                "project_id": self.project_id,
                "api_token": self.api_token,
                "flags_key": self.flags_key,
            }
        )

    def _project_options(self) -> ResourceOptions:
        """A project that the program declared by itself before is the same one in here."""
        before = Alias(parent=pulumi.ROOT_STACK_RESOURCE)
        return ResourceOptions(parent=self, aliases=[before])
