"""What every resource of ours makes of the program's arguments and options."""

from collections.abc import Iterable, Mapping
from typing import Any

import pulumi
from pulumi import ResourceOptions

from posthog_pulumi.properties import for_project
from posthog_pulumi.provider import PostHogResourceProvider
from posthog_pulumi.resources import mocks
from posthog_pulumi.resources.options import given, warn_of_clear_credentials


class PostHogResource(pulumi.dynamic.Resource):
    """A resource whose mistakes are one line in the program, before anything is registered."""

    def __init__(
        self,
        provider: PostHogResourceProvider,
        resource_name: str,
        props: Mapping[str, Any],
        opts: ResourceOptions | None,
        *,
        secrets: Iterable[str] = (),
    ) -> None:
        """Register it.

        Args:
            provider: Its provider.
            resource_name: Pulumi's name for it.
            props: The arguments that were given, and None for each output.
            opts: The user's options, which stay as they are.
            secrets: The outputs to mark as secrets.
        """
        warn_of_clear_credentials()
        if mocks.are_set():
            mocks.refuse_what_check_would(self._named(resource_name), provider, props)
        ours = ResourceOptions(additional_secret_outputs=list(secrets))
        super().__init__(provider, resource_name, dict(props), ResourceOptions.merge(opts, ours))
        if mocks.are_set():
            mocks.mark_secrets(self, secrets)

    @classmethod
    def _given(
        cls,
        resource_name: str,
        opts: ResourceOptions | None,
        arguments: Mapping[str, object],
        instead_of_import: str,
    ) -> dict[str, Any]:
        """The arguments that the program gives; None is the same as left out.

        Raises:
            pulumi.RunError: Something was given in a way that cannot work.
        """
        subject = cls._named(resource_name)
        _refuse_other_options(subject, cls.__name__, resource_name, opts)
        _refuse_import(subject, opts, instead_of_import)
        return given(subject, arguments)

    @classmethod
    def _named(cls, resource_name: str) -> str:
        return f"{cls.__name__} {resource_name!r}"


def _refuse_other_options(subject: str, kind: str, resource_name: str, opts: object) -> None:
    if opts is not None and not isinstance(opts, ResourceOptions):
        raise pulumi.RunError(
            f"{subject}: arguments are keywords, as in {kind}({resource_name!r}, …=…) or"
            f" {kind}({resource_name!r}, **arguments); what follows the name are Pulumi's"
            " ResourceOptions."
        )


def _refuse_import(subject: str, opts: ResourceOptions | None, instead: str) -> None:
    """Say at once that ``import_`` cannot work: Pulumi reads dynamic resources without our code."""
    id_ = opts.import_ if opts else None
    if id_:
        project_id, _, _ = str(id_).partition("/")
        raise pulumi.RunError(
            f"{subject}: Pulumi's import_ does not work with dynamic resources. Leave it out:"
            f" {for_project(instead, project_id)}"
        )
