"""The resources that a program declares."""

from typing import Any, Self, Unpack, cast

import pulumi
from pulumi import Input, Output, ResourceOptions

from posthog_pulumi.arguments import ProjectSettingsArgs
from posthog_pulumi.names import PROJECT_FACTS, PROJECT_OPTIONS, TOKENS, UNSET
from posthog_pulumi.outputs import SENSITIVE, SETTINGS, ProjectSettingsOutputs
from posthog_pulumi.provider import ProjectProvider
from posthog_pulumi.unset import output_or_none

_PROJECT_OUTPUTS = (*SETTINGS, *PROJECT_OPTIONS, *PROJECT_FACTS, *TOKENS, UNSET)


class PostHogProject(
    ProjectSettingsOutputs, pulumi.dynamic.Resource, module="posthog", name="Project"
):
    """A PostHog project, updated in place and never replaced.

    Settings that the program names are managed; one that it named and then drops goes back to
    PostHog's default. Deleting a project that has ever taken an event needs ``force_destroy``.
    """

    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        organization_id: Input[str] | None = None,
        force_destroy: Input[bool] | None = None,
        **settings: Unpack[ProjectSettingsArgs],
    ) -> None:
        """Declare a project.

        Args:
            resource_name: Pulumi's name, and the project's unless ``name`` says otherwise.
            opts: Pulumi's options.
            organization_id: UUID, slug or ``@current``; the provider's configuration decides if
                left out, and a project stays where it is when that changes.
            force_destroy: Whether a project that holds events may be deleted; it must be applied
                before.
            settings: See :class:`ProjectSettingsArgs`.
        """
        declared: dict[str, Any] = {
            **settings,
            "organization_id": organization_id,
            "force_destroy": force_destroy,
        }
        if opts is None or opts.id is None:
            declared.setdefault("name", resource_name)
        declared = {name: value for name, value in declared.items() if value is not None}
        self._declared = frozenset(declared)
        super().__init__(
            ProjectProvider(),
            resource_name,
            {**dict.fromkeys(_PROJECT_OUTPUTS), **declared},
            _with_secrets(opts, (*TOKENS, *SENSITIVE)),
        )

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],  # noqa: A002  # Pulumi's name for it in every `get`
        organization_id: Input[str] | None = None,
        opts: ResourceOptions | None = None,
    ) -> Self:
        """Look at a project that is managed elsewhere; it must exist and is never changed.

        Args:
            resource_name: Pulumi's name for it.
            id: The project's number in PostHog, as a string.
            organization_id: UUID, slug or ``@current``, where the provider's configuration names
                another.
            opts: Pulumi's options.
        """
        found = ResourceOptions.merge(opts, ResourceOptions(id=id))
        return cls(resource_name, found, organization_id=organization_id)

    @property
    @pulumi.getter
    def organization(self) -> Output[str]:
        """UUID of the organization that the project is in."""
        return cast("Output[str]", pulumi.get(self, "organization"))

    @property
    @pulumi.getter
    def organization_id(self) -> Output[str | None]:
        """The organization as the program spelled it."""
        return output_or_none(self, "organization_id")

    @property
    @pulumi.getter
    def force_destroy(self) -> Output[bool | None]:
        """Whether the program allows deleting the project's data."""
        return output_or_none(self, "force_destroy")

    @property
    @pulumi.getter
    def uuid(self) -> Output[str]:
        """PostHog's UUID of the project."""
        return cast("Output[str]", pulumi.get(self, "uuid"))

    @property
    @pulumi.getter
    def created_at(self) -> Output[str]:
        """When it was made, in RFC 3339."""
        return cast("Output[str]", pulumi.get(self, "created_at"))

    @property
    @pulumi.getter
    def api_token(self) -> Output[str]:
        """The token that sends events (``phc_…``), a secret."""
        return cast("Output[str]", pulumi.get(self, "api_token"))

    @property
    @pulumi.getter
    def secret_api_token(self) -> Output[str | None]:
        """The token for local evaluation (``phs_…``), a secret; None until first minted."""
        return output_or_none(self, "secret_api_token")

    @property
    @pulumi.getter
    def secret_api_token_backup(self) -> Output[str | None]:
        """The secret token before the last rotation, which works until it is deleted."""
        return output_or_none(self, "secret_api_token_backup")


class PostHogProvider(pulumi.ProviderResource):
    """An explicit provider: another organization, region or key for the resources it is given.

    What is left out comes from the stack's configuration, then from the environment.
    """

    def __init__(  # noqa: PLR0913  # one argument for each configuration key
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
        """Configure a provider; pass it as ``ResourceOptions(provider=…)``.

        Args:
            resource_name: Pulumi's name for it.
            opts: Pulumi's options.
            api_key: Personal API key, kept as a secret.
            session_id: Signed-in session for the endpoints that refuse keys, kept as a secret.
            host: Such as ``https://eu.posthog.com``.
            organization_id: UUID, slug or ``@current``.
            allow_http: Whether a host that is not local may be spoken to without TLS.
            force_destroy: Default of the resources' argument.
        """
        stack = pulumi.Config("posthog")
        given = {
            "apiKey": _secret(api_key) or stack.get_secret("apiKey"),
            "sessionId": _secret(session_id) or stack.get_secret("sessionId"),
            "host": host or stack.get("host"),
            "organizationId": organization_id or stack.get("organizationId"),
            "allowHttp": stack.get("allowHttp") if allow_http is None else _text(allow_http),
            "forceDestroy": (
                stack.get("forceDestroy") if force_destroy is None else _text(force_destroy)
            ),
        }
        props = {f"posthog:{key}": value for key, value in given.items() if value is not None}
        super().__init__("pulumi-python", resource_name, props, opts)


def _secret(value: Input[str] | None) -> Output[str] | None:
    return None if value is None else Output.secret(value)


def _text(value: Input[bool]) -> Output[str]:
    """Pulumi hands a provider's configuration over as strings."""
    return Output.from_input(value).apply(lambda flag: "true" if flag else "false")


def _with_secrets(opts: ResourceOptions | None, names: tuple[str, ...]) -> ResourceOptions:
    ours = ResourceOptions(additional_secret_outputs=list(names))
    return ResourceOptions.merge(opts, ours)
