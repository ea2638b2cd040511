"""What every resource of ours makes of the program's arguments and options."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import pulumi
from pulumi import ResourceOptions, runtime

from posthog_pulumi.properties import for_project

_CREDENTIALS: Final = ("posthog:apiKey", "posthog:sessionId")


def given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that the program gives; None is the same as left out."""
    return {name: value for name, value in arguments.items() if value is not None}


def refuse_import(resource: str, opts: ResourceOptions | None, instead: str) -> None:
    """Say at once that ``import_`` cannot work: Pulumi reads dynamic resources without our code.

    Args:
        resource: What it is, and its name.
        opts: The user's options.
        instead: What to do; ``--project ID`` stands for the project's number.

    Raises:
        pulumi.RunError: The options have an ``import_``.
    """
    id_ = opts.import_ if opts else None
    if id_:
        project_id, _, _ = str(id_).partition("/")
        raise pulumi.RunError(
            f"{resource}: Pulumi's import_ does not work with dynamic resources. Leave it out:"
            f" {for_project(instead, project_id)}"
        )


def with_secrets(opts: ResourceOptions | None, names: Iterable[str]) -> ResourceOptions:
    """The user's options, with outputs marked as secrets; the user's object stays as it was."""
    _warn_of_clear_credentials()
    ours = ResourceOptions(additional_secret_outputs=list(names))
    return ResourceOptions.merge(opts, ours)


def _warn_of_clear_credentials() -> None:
    """Say which credential of the stack's configuration is not stored as a secret."""
    for key in _CREDENTIALS:
        if runtime.get_config(key) and not runtime.is_config_secret(key):
            _warn(pulumi.get_project(), pulumi.get_stack(), key)


@cache
def _warn(_project: str, _stack: str, key: str) -> None:
    """Once for each stack of the process, however many resources it has."""
    pulumi.log.warn(
        f"{key} is stored in clear in the stack's configuration: store it as a secret with"
        f" `pulumi config set --secret {key}`, and replace it if anybody may have read it."
    )
