"""Property names that the program's side and the provider's side share."""

from typing import Final

TOKENS: Final = ("api_token", "secret_api_token", "secret_api_token_backup")
"""Outputs that let their holder act: secret in the state, in outputs and in every text."""

PROJECT_OPTIONS: Final = ("organization_id", "force_destroy")
"""Arguments of a project that are no settings of PostHog's."""

PROJECT_FACTS: Final = ("organization", "uuid", "created_at")
"""Outputs of a project that PostHog sets, never null."""

MANAGED: Final = "__managed"
"""Hidden output: the settings the program declared last, which ``read`` is not told otherwise."""

UNSET: Final = "__unset"
"""Hidden output: the outputs without a value, since the engine keeps no null."""
