"""What every resource of ours makes of the program's arguments and options."""

from collections.abc import Iterable, Mapping
from typing import Any

import pulumi
from pulumi import ResourceOptions

from posthog_pulumi.properties import for_project


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
    ours = ResourceOptions(additional_secret_outputs=list(names))
    return ResourceOptions.merge(opts, ours)
