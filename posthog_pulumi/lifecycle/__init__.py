"""What happens to a resource at each of Pulumi's steps: decisions of ``plan`` carried out.

``lifecycle.project.create(…)`` imports its module when it is first reached. Check and diff send
nothing, so a preview, or an ``up`` that changes nothing, never imports the client.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from posthog_pulumi.lifecycle import (
        connection,
        create,
        lookups,
        organization,
        product_intent,
        project,
        secret_api_key,
        secret_token,
    )
else:

    def __getattr__(name: str) -> "ModuleType":
        if name not in __all__:
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")


__all__ = [
    "connection",
    "create",
    "lookups",
    "organization",
    "product_intent",
    "project",
    "secret_api_key",
    "secret_token",
]
