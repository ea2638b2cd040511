"""The explicit provider."""

from collections.abc import Mapping

import pulumi
from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.resources.options import given


class PostHogProvider(pulumi.ProviderResource):
    """An explicit provider: another organization, region or key for the resources it is given.

    What is left out comes from the stack's configuration, then from the environment.
    """

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        api_key: Input[str] | None = None,
        session_id: Input[str] | None = None,
        host: Input[str] | None = None,
        organization_id: Input[str] | None = None,
        allow_http: Input[bool] | None = None,
        force_destroy: Input[bool] | None = None,
    ) -> None:
        """Configure a provider; pass it as ``ResourceOptions(provider=…)``, or to a look-up.

        Args:
            resource_name: Pulumi's name for it.
            opts: Pulumi's options.
            api_key: Personal API key, kept as a secret.
            session_id: Signed-in session for the endpoints that refuse keys, kept as a secret.
            host: Such as ``https://eu.posthog.com``.
            organization_id: UUID, slug or ``@current``.
            allow_http: Whether a host that is not local may be called without TLS.
            force_destroy: Default of the resources' argument.
        """
        credentials = {"api_key": api_key, "session_id": session_id}
        secret = {
            name: Output.secret(value)
            for name, value in given(f"PostHogProvider {resource_name!r}", credentials).items()
        }
        stack = pulumi.Config("posthog")
        merged = {
            "apiKey": secret.get("api_key") or stack.get_secret("apiKey"),
            "sessionId": secret.get("session_id") or stack.get_secret("sessionId"),
            "host": host or stack.get("host"),
            "organizationId": organization_id or stack.get("organizationId"),
            "allowHttp": stack.get("allowHttp") if allow_http is None else _text(allow_http),
            "forceDestroy": (
                stack.get("forceDestroy") if force_destroy is None else _text(force_destroy)
            ),
        }
        self._configuration: dict[str, Input[str]] = {
            f"posthog:{key}": value for key, value in merged.items() if value is not None
        }
        super().__init__("pulumi-python", resource_name, {**self._configuration}, opts)

    @property
    def configuration(self) -> Mapping[str, Input[str]]:
        """What look-ups ask with, by the keys of the stack's configuration."""
        return self._configuration


def _text(value: Input[bool]) -> Output[str]:
    """Pulumi passes a provider's configuration as strings."""
    return Output.from_input(value).apply(lambda flag: "true" if flag else "false")
