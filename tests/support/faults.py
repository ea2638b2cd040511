"""What can go wrong with one request, seen from the client's side."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import Final

import httpx

from support.clock import Clock

ELSEWHERE: Final = "https://elsewhere.example/api/"
PAGE: Final = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"
DEEP: Final = "[" * 100_000 + "]" * 100_000


@dataclass(frozen=True)
class Struck:
    """A request that a fault has struck."""

    request: httpx.Request
    clock: Clock
    true: bytes
    """The body of the true response; empty if the work was not done."""
    another: bytes
    """The body of another project, or of another key where the request is about one."""


Spoil = Callable[[Struck], httpx.Response]


@dataclass(frozen=True)
class Fault:
    """What the client gets, and when the server does the work."""

    spoil: Spoil
    work: float | None = None
    """Seconds after the request at which the work is done; None if it never is."""


class _Drip(httpx.SyncByteStream):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self._clock.sleep(3.0)
            yield b" "


def _error(kind: Callable[[str], Exception], text: str, seconds: float = 0.0) -> Spoil:
    def spoil(struck: Struck) -> httpx.Response:
        struck.clock.sleep(seconds)
        raise kind(text)

    return spoil


def _status(status: int, body: str = "", headers: Mapping[str, str] | None = None) -> Spoil:
    """PostHog's error of that status, or that page."""
    envelope = {"type": "server_error", "code": "error", "detail": "It failed.", "attr": None}
    kind = "text/html" if body else "application/json"

    def spoil(_: Struck) -> httpx.Response:
        content = body or json.dumps(envelope)
        return httpx.Response(
            status, headers={**_named(kind), **(headers or {})}, content=content.encode()
        )

    return spoil


def _ok(content: Callable[[Struck], bytes], headers: Mapping[str, str] | None = None) -> Spoil:
    def spoil(struck: Struck) -> httpx.Response:
        named = {**_named("application/json"), **(headers or {})}
        return httpx.Response(200, headers=named, stream=httpx.ByteStream(content(struck)))

    return spoil


def _named(kind: str) -> dict[str, str]:
    return {"Content-Type": kind, "Date": formatdate(usegmt=True)}


def _soon(struck: Struck) -> httpx.Response:
    then = formatdate(time.time() + 30, usegmt=True)
    return _status(429, headers={"Retry-After": then})(struck)


_DONE: Final = 0.0
_CUT: Final = _error(httpx.RemoteProtocolError, "Server disconnected without a response.")
_SLOW: Final = _error(httpx.ReadTimeout, "The read operation timed out", 60.0)
_HTML: Final = _ok(lambda _: PAGE.encode(), {"Content-Type": "text/html"})
_BUSY: Final = {"Retry-After": "30"}

FAULTS: Final[Mapping[str, Fault]] = {
    "connection refused": Fault(_error(httpx.ConnectError, "[Errno 111] Connection refused")),
    "no DNS": Fault(_error(httpx.ConnectError, "[Errno -2] Name or service not known")),
    "no TLS": Fault(_error(httpx.ConnectError, "[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")),
    "connect time-out": Fault(_error(httpx.ConnectTimeout, "timed out", 10.0)),
    "proxy refuses": Fault(_error(httpx.ProxyError, "403 Forbidden")),
    "read time-out, never done": Fault(_SLOW),
    "read time-out, done": Fault(_SLOW, _DONE),
    "read time-out, done 5 s later": Fault(_SLOW, 65.0),
    "cut before the work": Fault(_CUT),
    "cut after the work": Fault(_CUT, _DONE),
    "cut, done 5 s later": Fault(_CUT, 5.0),
    "cut, done 40 s later": Fault(_CUT, 40.0),
    "cut, done 90 s later": Fault(_CUT, 90.0),
    "504, never done": Fault(_status(504, PAGE)),
    "504 after the work": Fault(_status(504, PAGE), _DONE),
    "504 at once, done 5 s later": Fault(_status(504, PAGE), 5.0),
    "504 at once, done 90 s later": Fault(_status(504, PAGE), 90.0),
    "408, never done": Fault(_status(408, PAGE)),
    "408, done 5 s later": Fault(_status(408, PAGE), 5.0),
    "404 of a proxy": Fault(_status(404, PAGE)),
    "407 of a proxy": Fault(_status(407, PAGE)),
    "409": Fault(_status(409)),
    "425": Fault(_status(425)),
    "429 for 30 s": Fault(_status(429, headers=_BUSY)),
    "429 until a date": Fault(_soon),
    "429 without Retry-After": Fault(_status(429)),
    "429 with an unusable Retry-After": Fault(_status(429, headers={"Retry-After": "soon"})),
    "429 with an absurd Retry-After": Fault(_status(429, headers={"Retry-After": "1000000000"})),
    "429 of a proxy": Fault(_status(429, PAGE)),
    "500 before the work": Fault(_status(500)),
    "500 after the work": Fault(_status(500), _DONE),
    "502 of a proxy, never done": Fault(_status(502, PAGE)),
    "502 of a proxy, done": Fault(_status(502, PAGE), _DONE),
    "503 before the work": Fault(_status(503)),
    "503 after the work": Fault(_status(503), _DONE),
    "503 for 30 s, before the work": Fault(_status(503, headers=_BUSY)),
    "503 for 30 s, after the work": Fault(_status(503, headers=_BUSY), _DONE),
    "503 of a proxy, never done": Fault(_status(503, PAGE, _BUSY)),
    "200 with a page, never done": Fault(_HTML),
    "200 with a page": Fault(_HTML, _DONE),
    "200, truncated": Fault(_ok(lambda struck: struck.true[: len(struck.true) // 2]), _DONE),
    "200, empty": Fault(_ok(lambda _: b""), _DONE),
    "200 with {}": Fault(_ok(lambda _: b"{}"), _DONE),
    "200, deeply nested": Fault(_ok(lambda _: DEEP.encode()), _DONE),
    "200 of another project": Fault(_ok(lambda struck: struck.another), _DONE),
    "200, compressed wrongly": Fault(_ok(lambda _: b"{}", {"Content-Encoding": "gzip"}), _DONE),
    "redirect to another host": Fault(_status(302, PAGE, {"Location": ELSEWHERE})),
    "5 MB": Fault(_ok(lambda _: b" " * 5_000_000), _DONE),
    "slow drip": Fault(
        lambda struck: httpx.Response(200, stream=_Drip(struck.clock), headers=_named("text/html")),
        _DONE,
    ),
}
