"""A run that the engine cancels, as it does at the first Ctrl-C, waits no more."""

import sys
import threading
from typing import Any, Final

from posthog_pulumi.errors import CancelledError
from posthog_pulumi.lifecycle.orphan import is_provider

CANCELLED: Final = threading.Event()
"""Set when the engine cancels the run."""


def sleep(seconds: float) -> None:
    """Wait.

    Raises:
        CancelledError: The run was cancelled; nothing more is sent for this step.
    """
    if CANCELLED.wait(seconds):
        raise CancelledError("the run was cancelled while it waited.")


def listen_for_cancel() -> None:
    """Let the engine's ``Cancel`` end our waits, which Pulumi's SDK responds to and ignores.

    The server's method is bound when the process starts, so its code is replaced; where that cannot
    be done a second Ctrl-C ends the waits, with the process.
    """
    server = sys.modules.get("__main__")
    servicer = getattr(server, "DynamicResourceProviderServicer", None)
    method: Any = getattr(servicer, "Cancel", None)
    if is_provider() and hasattr(method, "__code__") and hasattr(server, "empty_pb2"):
        method.__code__ = _cancel.__code__


def _cancel(_self: object, _request: object, _context: object) -> object:
    """Runs as the server's own method, so it knows nothing but the server's module."""
    from posthog_pulumi.lifecycle import cancel  # noqa: PLC0415, PLW0406  # see above

    cancel.CANCELLED.set()
    return empty_pb2.Empty()  # type: ignore[name-defined]  # noqa: F821  # a global of the server
