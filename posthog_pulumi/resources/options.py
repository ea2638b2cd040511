"""What every resource of ours makes of the program's arguments and options."""

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi import ResourceOptions


def given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that the program gives; None is the same as left out."""
    return {name: value for name, value in arguments.items() if value is not None}


def with_secrets(opts: ResourceOptions | None, names: Iterable[str]) -> ResourceOptions:
    """The user's options, with outputs marked as secrets; the user's object stays as it was."""
    ours = ResourceOptions(additional_secret_outputs=list(names))
    return ResourceOptions.merge(opts, ours)
