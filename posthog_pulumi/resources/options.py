"""Resource options that every resource of ours adds to the user's."""

from collections.abc import Iterable

from pulumi import ResourceOptions


def with_secrets(opts: ResourceOptions | None, names: Iterable[str]) -> ResourceOptions:
    """The user's options, with outputs marked as secrets; the user's object stays as it was."""
    ours = ResourceOptions(additional_secret_outputs=list(names))
    return ResourceOptions.merge(opts, ours)
