"""Property names and plain JSON, which the program's side and the provider's side share."""

from typing import Any, Final

SECRET_TOKENS: Final = ("secret_api_token", "secret_api_token_backup")
"""Outputs of a project that may be None; one that rotates them leaves both to its child."""

TOKENS: Final = ("api_token", *SECRET_TOKENS)
"""Outputs that let their holder act: secret in the state, in outputs and in every text."""

ROTATES_SECRET_TOKEN: Final = "__rotates_secret_token"  # noqa: S105  # a name, not a token
"""Hidden input of a project: whether it has a secret token as its child.

When that ends the project is updated, and so learns which token is the current one.
"""

PROJECT_OPTIONS: Final = (
    "organization_id",
    "force_destroy",
    "rotate_api_token_when_changed",
    "wait_for_demo_data",
    ROTATES_SECRET_TOKEN,
)
"""Arguments of a project that are no settings of PostHog's."""

PROJECT_FACTS: Final = ("organization", "uuid", "created_at")
"""Outputs of a project that PostHog sets, never null."""

UNSET: Final = "__unset"
"""Hidden output: declared settings, and tokens, without a value, since the engine keeps no null."""

LOOKED_AT: Final = "__looked_at"
"""Hidden output of ``.get()``: all settings are outputs, and none is managed."""

CHECKED_AT: Final = "__checked_at"
"""Hidden input: when ``check`` saw the arguments, so that a rotation can fall due in ``diff``.

A refresh asks ``diff`` too, but with the inputs of the last ``up``, so nothing falls due in it.
"""


def plain(value: Any) -> Any:
    """Whole numbers as integers, which the wire makes floats, and no key without a value."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
