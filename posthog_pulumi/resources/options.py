"""What programs give to resources and look-ups, before it leaves the program."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pulumi
from pulumi import runtime

CREDENTIALS: Final = ("posthog:apiKey", "posthog:sessionId")
"""The keys of the configuration that are secrets."""


def given(subject: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that the program gives; None is the same as left out.

    Args:
        subject: What takes them, and its name.
        arguments: All that it takes; some may be misspelt.

    Raises:
        pulumi.RunError: One is a ``SecretStr``, which Pulumi would send as an empty object.
    """
    found = {name: value for name, value in arguments.items() if value is not None}
    for name, value in found.items():
        if any(type(leaf).__name__ == "SecretStr" for leaf in leaves(value)):
            raise pulumi.RunError(
                f"{subject}: {name} is a pydantic SecretStr, which Pulumi cannot pass on; give"
                " pulumi.Output.secret(value.get_secret_value()), which stays a secret."
            )
    return found


def leaves(value: Any) -> Iterator[Any]:
    """The values inside of lists and objects, Outputs among them."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def warn_of_clear_credentials() -> None:
    """Say which credential of the stack's configuration is not stored as a secret."""
    for key in CREDENTIALS:
        if runtime.get_config(key) and not runtime.is_config_secret(key):
            _warn(pulumi.get_project(), pulumi.get_stack(), key)


@cache
def _warn(_project: str, _stack: str, key: str) -> None:
    """Once for each stack of the process, however many resources it has."""
    pulumi.log.warn(in_clear(key))


def in_clear(key: str) -> str:
    """The warning of a credential that the configuration holds in clear."""
    return (
        f"{key} is stored in clear in the stack's configuration: store it as a secret with"
        f" `pulumi config set --secret {key}`, and replace it if anybody may have read it."
    )
