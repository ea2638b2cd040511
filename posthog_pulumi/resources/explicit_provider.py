"""The explicit provider."""

from collections.abc import Mapping

import pulumi
from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.properties import OF_ONE_HOST, PROVIDER_ARGUMENTS
from posthog_pulumi.resources.options import CREDENTIALS, given


class PostHogProvider(pulumi.ProviderResource):
    """An explicit provider: another organization, region or key for the resources it is given.

    What is left out comes from the stack's configuration, then from the environment. But a provider
    with a ``host`` takes key, session, organization and ``allow_http`` from its arguments alone, so
    that a key is never sent to a host that it was not configured for.
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

        Raises:
            pulumi.RunError: It has a host and no credential.
        """
        subject = f"PostHogProvider {resource_name!r}"
        credentials = {"api_key": api_key, "session_id": session_id}
        secret = {name: Output.secret(value) for name, value in given(subject, credentials).items()}
        arguments = {
            "apiKey": secret.get("api_key"),
            "sessionId": secret.get("session_id"),
            "host": host or None,
            "organizationId": organization_id or None,
            "allowHttp": None if allow_http is None else _text(allow_http),
            "forceDestroy": None if force_destroy is None else _text(force_destroy),
        }
        if host and not secret:
            raise pulumi.RunError(
                f"{subject} has a host of its own, so it takes no key from the stack's"
                " configuration or the environment: give it api_key."
            )
        self._configuration = _configuration(arguments)
        super().__init__("pulumi-python", resource_name, {**self._configuration}, opts)

    @property
    def configuration(self) -> Mapping[str, Input[str]]:
        """What look-ups ask with, by the keys of the stack's configuration."""
        return self._configuration


def _configuration(arguments: Mapping[str, Input[str] | None]) -> dict[str, Input[str]]:
    """The arguments by the keys of the stack's configuration, and what the stack has for others."""
    own = {key: value for key, value in arguments.items() if value is not None}
    stack = pulumi.Config("posthog")
    found: dict[str, Input[str] | None] = {
        key: stack.get_secret(key) if f"posthog:{key}" in CREDENTIALS else stack.get(key)
        for key in arguments
        if not ("host" in own and key in OF_ONE_HOST)
    }
    found |= {**own, PROVIDER_ARGUMENTS: ",".join(own) or None}
    return {f"posthog:{key}": value for key, value in found.items() if value is not None}


def _text(value: Input[bool]) -> Output[str]:
    """Pulumi passes a provider's configuration as strings."""
    return Output.from_input(value).apply(lambda flag: "true" if flag else "false")
