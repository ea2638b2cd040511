"""Keys that rotate by changing one line, with no moment without a working one."""

from typing import Any

import pulumi
from pulumi import Input
from pulumi.dynamic import CreateResult, Resource, ResourceProvider, UpdateResult

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey

rotation = {"quarter": pulumi.Config().get("quarter") or "2026-Q4"}  # the line to change


class DeploymentProvider(ResourceProvider):
    """Takes the key; a real one would hand it to a running service."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Start with the key."""
        return CreateResult("deployment", dict(props))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Move from the old key to the new one; both work meanwhile."""
        return UpdateResult(dict(_news))


class Deployment(Resource):
    """Stands for whatever uses a key: a Kubernetes secret, a GitHub secret, an AWS parameter."""

    def __init__(self, resource_name: str, *, secret: Input[Any]) -> None:
        super().__init__(DeploymentProvider(), resource_name, {"secret": secret})


web = PostHogProject("web", name="Website", rotate_secret_token_when_changed=rotation)

flags_key = PostHogProjectSecretApiKey(
    "flags-key",
    project_id=web.id,
    label="Flags of the website",
    scopes=["feature_flag:read"],
    rotate_when_changed=rotation,
)

Deployment("backend", secret=web.secret_api_token)
Deployment("edge", secret=flags_key.value)

pulumi.export("project_id", web.id)
pulumi.export("secret_api_token", web.secret_api_token)
pulumi.export("flags_key", flags_key.value)
