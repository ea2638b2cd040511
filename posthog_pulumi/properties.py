"""What all sides share: property names, plain JSON, and texts that hold no key."""

import re
from typing import Any, Final

SECRET_TOKENS: Final = ("secret_api_token", "secret_api_token_backup")
"""Outputs of a project that may be None; one that rotates them leaves both to its child."""

TOKENS: Final = ("api_token", *SECRET_TOKENS)
"""Outputs that are credentials: secret in the state, in outputs and in every text."""

ROTATES_SECRET_TOKEN: Final = "__rotates_secret_token"  # noqa: S105  # a name, not a token
"""Hidden input of a project: whether it has a secret token as its child.

When that ends, the project is updated, and so records which token is the current one.
"""

PROJECT_OPTIONS: Final = (
    "organization_id",
    "force_destroy",
    "rotate_api_token_when_changed",
    "wait_for_demo_data",
    ROTATES_SECRET_TOKEN,
)
"""Arguments of a project that are not settings of PostHog."""

PROJECT_FACTS: Final = ("organization", "uuid", "created_at")
"""Outputs of a project that PostHog sets, never null."""

PROVIDER_ARGUMENTS: Final = "providerArguments"
"""Configuration key of a ``PostHogProvider``: which of its keys are its arguments, with commas.

The others are the stack's, so that one with a host of its own can be told from the stack's host.
"""

OF_ONE_HOST: Final = frozenset({"apiKey", "sessionId", "organizationId", "allowHttp"})
"""What a provider with a host of its own takes from its arguments alone.

A key would else be sent to a host that it was not configured for.
"""

UNSET: Final = "__unset"
"""Hidden output: declared settings, and tokens, without a value, since the engine keeps no null."""

EXTERNAL: Final = "__external"
"""Hidden output of ``.get()``: all settings are outputs, and none is managed."""

ARMED: Final = "__armed"
"""Hidden output of a secret token: the trigger of the last rotation that was really made.

A secret, since the program may give its trigger as one, and the engine carries the mark only to the
output of the same name.
"""

CHECKED_AT: Final = "__checked_at"
"""Hidden input: when ``check`` saw the arguments, so that a rotation can fall due in ``diff``.

A refresh calls ``diff`` too, but with the inputs of the last ``up``, so nothing falls due in it.
"""


def plain(value: Any) -> Any:
    """Whole numbers as integers, which arrive as floats, and no key without a value."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


_CREDENTIAL = re.compile(r"ph[a-z]_[A-Za-z0-9_-]{6,}")


def without_credentials(text: str) -> str:
    """The text with anything shaped like a PostHog key cut to its prefix."""
    return _CREDENTIAL.sub(lambda found: f"{found[0][:4]}…", text)


def redacted(text: str, longest: int = 2000) -> str:
    """The same on one printable line, cut if it is very long."""
    line = "".join(sign if sign.isprintable() else " " for sign in text[:longest])
    return without_credentials(" ".join(line.split()))


def for_project(advice: str, project_id: object) -> str:
    """The advice with the project's id in the command that imports it."""
    return advice.replace("--project ID", f"--project {project_id}")
