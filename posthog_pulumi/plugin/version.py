"""The plugin's name and version, as Pulumi knows it."""

import re
from importlib import metadata
from typing import Final

NAME: Final = "posthog"
INSTALLED_AS: Final = "POSTHOG_PULUMI_INSTALLED_AS"
"""The environment variable in which an installed plugin passes the version it was installed as."""


def version() -> str:
    """This package's version, as a semantic version."""
    return semantic(metadata.version("posthog-pulumi"))


def semantic(text: str) -> str:
    """A version of Python's as a semantic one: ``1.2.0rc1`` is ``1.2.0-rc.1``."""
    numbers, rest = re.fullmatch(r"(\d+\.\d+\.\d+)(.*)", text).groups()  # type: ignore[union-attr]
    parts = re.findall(r"[a-z]+|\d+", rest)
    return f"{numbers}-{'.'.join(parts)}" if parts else str(numbers)


def mismatch(installed_as: str | None, ours: str) -> str | None:
    """What to tell the user where the environment has got another version since."""
    if installed_as in {None, ours}:
        return None
    return (
        f"the plugin {NAME} {installed_as} runs posthog-pulumi {ours} now, whose schema may differ:"
        " run `posthog-pulumi install-plugin`, and generate SDKs again."
    )
