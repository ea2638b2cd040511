"""What stands before Django: faults, the request log, and the count of requests in flight."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.db import connections

from posthog_pulumi.emulator.server.faults import GARBAGE, BadFault, Fault, Faults
from posthog_pulumi.emulator.server.in_flight import InFlight
from posthog_pulumi.emulator.server.log import Environ, RequestLog

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

CONTROL = "/_emulator/"
PAGE = "/"
DROP = "emulator.drop"
"""Where the server leaves the function that cuts the connection."""
FAULTLESS = "emulator.faultless"
"""Whether no fault was set when the request arrived."""


@dataclass
class Response:
    """An HTTP response; status 0 is a cut connection."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    drip: float | None = None
    """Seconds between its bytes."""

    @property
    def code(self) -> int:
        """The number of the status."""
        return int(self.status.split(" ")[0])


@dataclass
class Front:
    """The application that waitress serves."""

    application: Application
    faults: Faults
    in_flight: InFlight
    log: RequestLog
    ending: threading.Event
    """Set when the emulator ends, so that nobody waits out a delay."""
    _turn: threading.Lock = field(default_factory=threading.Lock)
    """Work is done for one request at a time, which is faster: Python runs one thread anyway."""

    def may_wait(self, path: str, headers: Mapping[str, str]) -> bool:
        """Whether it can take longer than the work takes: faults wait, and so may people's page."""
        return _is_control(path) or "X_EMULATOR_FAULT" in headers or bool(self.faults)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Respond to one request."""
        if _is_control(environ["PATH_INFO"]):
            response = self._work(environ)
        else:
            response = self._observed(environ)
        if not response.code:
            environ[DROP]()
        start_response(response.status, response.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return self._drip(response.body, response.drip) if response.drip else [response.body]

    def _observed(self, environ: Environ) -> Response:
        began = time.monotonic()
        with self.in_flight.one():
            response = self._respond(environ)
        self.log.write(environ, response.code, began)
        return response

    def _drip(self, body: bytes, seconds: float) -> Iterable[bytes]:
        for at in range(len(body)):
            yield body[at : at + 1]
            self.ending.wait(seconds)

    def _respond(self, environ: Environ) -> Response:
        if environ[FAULTLESS]:
            return self._work(environ)
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        try:
            fault = self.faults.take(method, path, environ.get("HTTP_X_EMULATOR_FAULT"))
        except (BadFault, ValueError, TypeError) as error:
            return _made(HTTPStatus.BAD_REQUEST, {"error": f"X-Emulator-Fault: {error}"}, {})
        return self._with_fault(environ, fault) if fault else self._work(environ)

    def _with_fault(self, environ: Environ, fault: Fault) -> Response:
        self.ending.wait(fault.delay)
        if fault.work_later is not None:
            self._work_later(environ, fault.work_later)
        done = self._work(environ) if fault.works else _made(HTTPStatus.OK, "", {})
        if fault.body_of:
            done.body = self._work({**environ, **_get(fault.body_of)}).body
        self.ending.wait(fault.delay_after)
        return _altered(done, fault)

    def _work_later(self, environ: Environ, seconds: float) -> None:
        """Do the work in a thread of its own, which counts as a request in flight."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        later = {**environ, "wsgi.input": BytesIO(environ["wsgi.input"].read(length))}

        def work() -> None:
            with self.in_flight.one():
                self.ending.wait(seconds)
                self._work(later)
            connections.close_all()

        threading.Thread(target=work, daemon=True).start()

    def _work(self, environ: Environ) -> Response:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            started.append((status, headers))

        with self._turn:
            pieces = self.application(environ, start_response)
            try:
                body = b"".join(pieces)
            finally:
                getattr(pieces, "close", lambda: None)()
        status, headers = started[0]
        return Response(status, headers, body)


def _is_control(path: str) -> bool:
    return path == PAGE or path.startswith(CONTROL)


def _altered(done: Response, fault: Fault) -> Response:
    if fault.drop:
        return Response("0", [], b"")
    headers = {**fault.headers, **_date(fault.clock_ahead)}
    if not fault.replaces_response:
        kept = [(name, value) for name, value in done.headers if name != "Content-Length"]
        length = ("Content-Length", str(len(done.body)))
        return Response(done.status, [*kept, length, *headers.items()], done.body, fault.drip)
    status = HTTPStatus(fault.status or done.code)
    body = GARBAGE if fault.garbage else _envelope(status) if fault.body is None else fault.body
    return _made(status, body, headers, fault.drip)


def _date(ahead: float | None) -> dict[str, str]:
    return {} if ahead is None else {"Date": formatdate(time.time() + ahead, usegmt=True)}


def _get(path: str) -> Environ:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": "0",
        "wsgi.input": BytesIO(),
    }


def _envelope(status: HTTPStatus) -> dict[str, Any]:
    throttled = status == HTTPStatus.TOO_MANY_REQUESTS
    return {
        "type": "throttled_error" if throttled else "server_error",
        "code": "throttled" if throttled else "error",
        "detail": "Request was throttled." if throttled else "A server error occurred.",
        "attr": None,
    }


def _made(
    status: HTTPStatus, body: Any, headers: dict[str, str], drip: float | None = None
) -> Response:
    is_text = isinstance(body, str)
    content = (body if is_text else json.dumps(body)).encode()
    kind = "text/html; charset=utf-8" if is_text else "application/json"
    named = {"Content-Type": kind, "Content-Length": str(len(content))} | headers
    return Response(f"{status.value} {status.phrase}", list(named.items()), content, drip)
