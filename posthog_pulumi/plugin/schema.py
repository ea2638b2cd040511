"""The package's schema, from which Pulumi checks YAML programs and generates SDKs."""

import json
from importlib.resources import files
from typing import Any, Final

_FILE: Final = files("posthog_pulumi.plugin") / "schema.json"


def schema(version: str) -> dict[str, Any]:
    """The schema as `make generate` wrote it, with PostHog's own names of properties."""
    return {**json.loads(_FILE.read_text("utf-8")), "version": version}
