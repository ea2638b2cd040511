"""The request log."""

import json
import threading
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from posthog_pulumi.emulator.rules.tokens import TOKEN

Environ = dict[str, Any]

LOGGED_AS = "emulator.credential"
"""Where the kind of credential is left for the log."""

_LAST = 30


class RequestLog:
    """One JSON line per request, without secrets or query values."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._file = path.open("a", encoding="utf-8", buffering=1)
        self._last: deque[dict[str, Any]] = deque(maxlen=_LAST)

    def last(self) -> list[dict[str, Any]]:
        """The last lines since the start, newest first."""
        with self._lock:
            return list(self._last)[::-1]

    def write(self, environ: Environ, status: int, began: float) -> None:
        """Write one line, before the client can see the response."""
        line = {
            "time": datetime.now(UTC).isoformat(),
            "method": environ["REQUEST_METHOD"],
            "path": TOKEN.sub("***", environ["PATH_INFO"]),
            "status": status,
            "milliseconds": round((time.monotonic() - began) * 1000, 1),
            "credential": environ.get(LOGGED_AS, "none"),
        }
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._last.append(line)
