"""What the user sees while Pulumi runs: standard ``logging`` under one handler, on stderr."""

import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from posthog_pulumi.properties import redacted

_LOGGER: Final = logging.getLogger("posthog_pulumi")


class _Handler(logging.Handler):
    """Writes a line a record: ``warning: …`` as Pulumi words its own, or ``posthog: …``.

    A provider's process has no other channel to the user than its stderr.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record, with no key in it, to what is stderr now.

        Where nobody reads that any more the line is lost, and never the work it is about.
        """
        kind = "warning" if record.levelno >= logging.WARNING else "posthog"
        with suppress(OSError, ValueError):
            print(f"{kind}: {redacted(record.getMessage())}", file=sys.stderr, flush=True)  # noqa: T201  # the channel


def to_stderr(environ: Mapping[str, str]) -> None:
    """Let the package's loggers write to stderr; ``POSTHOG_PULUMI_LOG=debug`` shows requests."""
    debug = environ.get("POSTHOG_PULUMI_LOG") == "debug"
    _LOGGER.setLevel(logging.DEBUG if debug else logging.INFO)
    _LOGGER.handlers = [_Handler()]
    _LOGGER.propagate = False
