"""The configuration that a command works with."""

import os
from collections.abc import Mapping

from posthog_pulumi.commands.pulumi_cli import Setting
from posthog_pulumi.config import NAMESPACE, Config, load
from posthog_pulumi.errors import ConfigurationError


def configured(stack: Mapping[str, Setting] | None, option: str) -> Config:
    """That of the stack, if one was named, then that of the environment.

    Args:
        stack: The stack's configuration by its keys; None if none was named.
        option: How one is named.

    Raises:
        ConfigurationError: It cannot be used.
    """
    try:
        values = {key: setting.value for key, setting in (stack or {}).items()}
        return load(lambda key: values.get(f"{NAMESPACE}{key}"), os.environ)
    except ConfigurationError as error:
        if stack is None:
            error.advice = (
                "This command reads the environment, and a stack's configuration only with"
                f" {option}."
            )
        raise
