"""The classes of either front, so that a test's program is declared with both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
from pulumi import ResourceOptions

from posthog_pulumi import PostHogProject, PostHogProvider
from posthog_pulumi.plugin.schema import schema
from support.fronts import Name

NATIVE: Final = "posthog:index:"

_OUTPUTS: Final[Mapping[str, Mapping[str, Any]]] = {
    kind: resource["properties"] for kind, resource in schema("0.0.0")["resources"].items()
}


class Native(pulumi.CustomResource):
    """A resource of the plugin, as generated SDKs declare it."""

    def __init__(
        self,
        kind: str,
        name: str,
        arguments: Mapping[str, Any],
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            kind: The end of its type.
            name: Pulumi's name for it.
            arguments: Its inputs.
            opts: Pulumi's options.
        """
        type_ = f"{NATIVE}{kind}"
        super().__init__(type_, name, {**dict.fromkeys(_OUTPUTS[type_]), **arguments}, opts)

    if TYPE_CHECKING:

        def __getattr__(self, output: str) -> Any: ...


@dataclass(frozen=True)
class Resources:
    """How a program declares what it needs, with the arguments of the Python classes."""

    project: Callable[..., Any]
    get: Callable[[str, str], Any]
    """A project that is only looked at, by Pulumi's name and the id."""
    rotating: Callable[[str, Mapping[str, str]], tuple[Any, Any]]
    """A project of that name with a secret token, and the token; the trigger rotates it."""
    provider: Callable[..., pulumi.ProviderResource]
    """An explicit provider with a key, a host and an organization."""


def _rotating(name: str, trigger: Mapping[str, str]) -> tuple[Any, Any]:
    web = PostHogProject(name, rotate_secret_token_when_changed=dict(trigger))
    return web, web.secret_api_token


def _native_project(
    resource: str, opts: ResourceOptions | None = None, /, **arguments: Any
) -> Native:
    return Native("Project", resource, arguments, opts)


def _native_rotating(name: str, trigger: Mapping[str, str]) -> tuple[Any, Any]:
    web = _native_project(name, name=name)
    kept = {"project_id": web.id, "rotate_when_changed": trigger}
    return web, Native("ProjectSecretToken", f"{name}-secret-token", kept).token


def _native_provider(
    name: str, *, host: str, api_key: str, organization_id: str
) -> pulumi.ProviderResource:
    key = pulumi.Output.secret(api_key)
    arguments = {"host": host, "apiKey": key, "organizationId": organization_id}
    return pulumi.ProviderResource("posthog", name, arguments)


RESOURCES: Final[Mapping[Name, Resources]] = {
    "dynamic": Resources(PostHogProject, PostHogProject.get, _rotating, PostHogProvider),
    "native": Resources(
        _native_project,
        lambda name, id_: _native_project(name, ResourceOptions(id=id_)),
        _native_rotating,
        _native_provider,
    ),
}
