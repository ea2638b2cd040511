"""What stands before Django: faults, the request log, and the count of requests in flight."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from posthog_pulumi.emulator.server.faults import GARBAGE, BadFault, Fault, Faults
from posthog_pulumi.emulator.server.in_flight import InFlight

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

CONTROL = "/_emulator/"
LOGGED_AS = "emulator.credential"
"""Where the kind of credential is left for the log."""
DROP = "emulator.drop"
"""Where the server leaves the function that cuts the connection."""

_SECRET = re.compile(r"ph[a-z]_\w+")


@dataclass
class Answer:
    """What goes back, or nothing: status 0 is a cut connection."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def code(self) -> int:
        """The number of the status."""
        return int(self.status.split(" ")[0])


class RequestLog:
    """One JSON line a request, without secrets or query values."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def write(self, environ: Environ, status: int, began: float) -> None:
        """Write one line, before the client can see the answer."""
        line = {
            "time": datetime.now(UTC).isoformat(),
            "method": environ["REQUEST_METHOD"],
            "path": _SECRET.sub("***", environ["PATH_INFO"]),
            "status": status,
            "milliseconds": round((time.monotonic() - began) * 1000, 1),
            "credential": environ.get(LOGGED_AS, "none"),
        }
        with self._lock:
            self._file.write(json.dumps(line) + "\n")


@dataclass
class Front:
    """The application that waitress serves."""

    application: Application
    faults: Faults
    in_flight: InFlight
    log: RequestLog
    ending: threading.Event
    """Set when the emulator ends, so that nobody waits out a delay."""

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        if environ["PATH_INFO"].startswith(CONTROL):
            return self.application(environ, start_response)
        began = time.monotonic()
        with self.in_flight.one():
            answer = self._answer(environ)
        self.log.write(environ, answer.code, began)
        if not answer.code:
            environ[DROP]()
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _answer(self, environ: Environ) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        try:
            fault = self.faults.take(method, path, environ.get("HTTP_X_EMULATOR_FAULT"))
        except (BadFault, ValueError, TypeError) as error:
            return _made(HTTPStatus.BAD_REQUEST, {"error": f"X-Emulator-Fault: {error}"}, {})
        return self._faulty(environ, fault) if fault else self._work(environ)

    def _faulty(self, environ: Environ, fault: Fault) -> Answer:
        self.ending.wait(fault.delay)
        done = self._work(environ) if fault.works else _made(HTTPStatus.OK, "", {})
        self.ending.wait(fault.delay_after)
        return _spoiled(done, fault)

    def _work(self, environ: Environ) -> Answer:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            started.append((status, headers))

        pieces = self.application(environ, start_response)
        try:
            body = b"".join(pieces)
        finally:
            getattr(pieces, "close", lambda: None)()
        status, headers = started[0]
        return Answer(status, headers, body)


def _spoiled(done: Answer, fault: Fault) -> Answer:
    if fault.drop:
        return Answer("0", [], b"")
    if not fault.answers:
        return Answer(done.status, [*done.headers, *fault.headers.items()], done.body)
    status = HTTPStatus(fault.status or done.code)
    body = GARBAGE if fault.garbage else _envelope(status) if fault.body is None else fault.body
    return _made(status, body, fault.headers)


def _envelope(status: HTTPStatus) -> dict[str, Any]:
    throttled = status == HTTPStatus.TOO_MANY_REQUESTS
    return {
        "type": "throttled_error" if throttled else "server_error",
        "code": "throttled" if throttled else "error",
        "detail": "Request was throttled." if throttled else "A server error occurred.",
        "attr": None,
    }


def _made(status: HTTPStatus, body: Any, headers: dict[str, str]) -> Answer:
    is_text = isinstance(body, str)
    content = (body if is_text else json.dumps(body)).encode()
    kind = "text/html; charset=utf-8" if is_text else "application/json"
    named = {"Content-Type": kind, "Content-Length": str(len(content))} | headers
    return Answer(f"{status.value} {status.phrase}", list(named.items()), content)
