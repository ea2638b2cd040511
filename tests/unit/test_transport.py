import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import stamina
from stamina.instrumentation import RetryDetails, StructlogOnRetryHook
from support.clock import Clock
from support.scripted_transport import OK, Scripted, Wire, page, posthog

from posthog_pulumi.client.endpoints import Call, Repeat
from posthog_pulumi.client.transport import quiet
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    ConflictError,
    InternalServerError,
    NotFoundError,
    Outcome,
    PostHogError,
    RateLimitError,
)

CALLS = {
    Repeat.READ: Call(method="GET", path="/api/x/"),
    Repeat.IDEMPOTENT: Call(method="PATCH", path="/api/x/", body={}, repeat=Repeat.IDEMPOTENT),
    Repeat.ONCE: Call(method="POST", path="/api/x/", body={"name": "Web"}, repeat=Repeat.ONCE),
}
READ = CALLS[Repeat.READ]


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """The pauses between requests that are sent again are not sat through."""
    with stamina.set_testing(testing=True, attempts=99):
        yield


def raw(content: bytes, **headers: str) -> httpx.Response:
    """A success with that body, read when its turn comes."""
    return httpx.Response(200, content=iter([content]), headers=headers)


EVERYWHERE, TWICE_IS_ONCE, READS, NOWHERE = (
    frozenset(Repeat),
    frozenset({Repeat.READ, Repeat.IDEMPOTENT}),
    frozenset({Repeat.READ}),
    frozenset[Repeat](),
)
NO, OVER, UNKNOWN = Outcome.NOT_DONE, Outcome.OVER, Outcome.UNKNOWN
LIMIT = {"Retry-After": "7"}
Fault = tuple[Callable[[], Scripted], type[PostHogError], Outcome, frozenset[Repeat]]

FAULTS: dict[str, Fault] = {
    # what comes back                                       error, what is known, where sent again
    "no connection": (lambda: httpx.ConnectError("refused"), APIConnectError, NO, EVERYWHERE),
    "no connection in time": (lambda: httpx.ConnectTimeout(""), APIConnectError, NO, EVERYWHERE),
    "no free connection": (lambda: httpx.PoolTimeout(""), APIConnectError, NO, EVERYWHERE),
    "proxy without a way": (lambda: httpx.ProxyError("502 No"), APIConnectError, NO, EVERYWHERE),
    "proxy wants a password": (lambda: httpx.ProxyError("407 No"), APIStatusError, NO, NOWHERE),
    "cut while sending": (lambda: httpx.WriteError("reset"), APIConnectionError, UNKNOWN, READS),
    "cut": (lambda: httpx.RemoteProtocolError("closed"), APIConnectionError, UNKNOWN, READS),
    "reset": (lambda: httpx.ReadError("reset"), APIConnectionError, UNKNOWN, READS),
    "slow": (lambda: httpx.ReadTimeout("slow"), APITimeoutError, UNKNOWN, READS),
    "slow to take it": (lambda: httpx.WriteTimeout("slow"), APITimeoutError, UNKNOWN, READS),
    "302": (lambda: page(302), APIResponseValidationError, NO, NOWHERE),
    "400": (lambda: posthog(400), BadRequestError, NO, NOWHERE),
    "403 of another": (lambda: page(403), APIResponseValidationError, NO, NOWHERE),
    "404": (lambda: posthog(404), NotFoundError, NO, NOWHERE),
    "404 of another": (lambda: page(404), APIResponseValidationError, NO, NOWHERE),
    "407": (lambda: page(407), APIStatusError, NO, NOWHERE),
    "408": (lambda: page(408), APIStatusError, UNKNOWN, READS),
    "409": (lambda: posthog(409), ConflictError, NO, NOWHERE),
    "425": (lambda: posthog(425), APIStatusError, NO, NOWHERE),
    "429": (lambda: posthog(429, **LIMIT), RateLimitError, NO, EVERYWHERE),
    "429 without Retry-After": (lambda: posthog(429), RateLimitError, NO, EVERYWHERE),
    "429 of another": (lambda: page(429, **LIMIT), RateLimitError, NO, EVERYWHERE),
    "500": (lambda: posthog(500), InternalServerError, OVER, TWICE_IS_ONCE),
    "500 of another": (lambda: httpx.Response(500, json={}), InternalServerError, UNKNOWN, READS),
    "502": (lambda: page(502), InternalServerError, UNKNOWN, READS),
    "503": (lambda: posthog(503), InternalServerError, OVER, TWICE_IS_ONCE),
    "503 with Retry-After": (
        lambda: posthog(503, **LIMIT),
        InternalServerError,
        OVER,
        TWICE_IS_ONCE,
    ),
    "503 of another": (lambda: page(503), InternalServerError, UNKNOWN, READS),
    "503 of another with Retry-After": (
        lambda: page(503, **LIMIT),
        InternalServerError,
        UNKNOWN,
        READS,
    ),
    "504": (lambda: posthog(504), InternalServerError, UNKNOWN, READS),
    "504 of another": (lambda: page(504), InternalServerError, UNKNOWN, READS),
    "a page": (lambda: page(200), APIResponseValidationError, UNKNOWN, READS),
    "nothing": (lambda: raw(b""), APIResponseValidationError, UNKNOWN, READS),
    "half of it": (lambda: raw(b'{"id": 7, "na'), APIResponseValidationError, UNKNOWN, READS),
    "no UTF-8": (lambda: raw(b'"\xff"'), APIResponseValidationError, UNKNOWN, READS),
    "deep": (lambda: raw(b"[" * 100_000), APIResponseValidationError, UNKNOWN, READS),
    "not a number": (lambda: raw(b'{"a": NaN}'), APIResponseValidationError, UNKNOWN, READS),
    "infinity": (lambda: raw(b"[-Infinity]"), APIResponseValidationError, UNKNOWN, READS),
    "no fraction": (lambda: raw(b'{"a": 1e999}'), APIResponseValidationError, UNKNOWN, READS),
    "no integer": (lambda: raw(b"9" * 400), APIResponseValidationError, UNKNOWN, READS),
    "5 MB": (lambda: raw(b"[%s]" % (b" " * 5_000_000)), APIResponseValidationError, UNKNOWN, READS),
    "no gzip": (
        lambda: raw(b"{}", **{"Content-Encoding": "gzip"}),
        APIResponseValidationError,
        UNKNOWN,
        READS,
    ),
}
PAIRS = [(name, repeat) for name in FAULTS for repeat in Repeat]


@pytest.mark.parametrize(
    ("name", "repeat"), [(name, repeat) for name, repeat in PAIRS if repeat in FAULTS[name][3]]
)
def test_sent_again(name: str, repeat: Repeat) -> None:
    """What may pass by itself, and does no harm when done twice, is not the user's to see."""
    came, *_ = FAULTS[name]
    wire = Wire([came()])

    assert wire.transport().send(CALLS[repeat]) == OK
    assert len(wire.requests) == 2


@pytest.mark.parametrize(
    ("name", "repeat"), [(name, repeat) for name, repeat in PAIRS if repeat not in FAULTS[name][3]]
)
def test_raised_at_once(name: str, repeat: Repeat) -> None:
    """What could be done twice is sent once; the error says what is known of the request."""
    came, kind, outcome, _ = FAULTS[name]
    wire = Wire([came()])

    with pytest.raises(PostHogError) as caught:
        wire.transport().send(CALLS[repeat])
    assert (type(caught.value), caught.value.outcome) == (kind, outcome)
    assert str(CALLS[repeat]) in caught.value.request
    assert len(wire.requests) == 1


@pytest.mark.parametrize("name", ["no connection", "cut", "500", "a page", "503 with Retry-After"])
def test_given_up(name: str) -> None:
    """What does not pass is raised after the fifth failure."""
    came, kind, *_ = FAULTS[name]
    wire = Wire([came() for _ in range(9)])

    with pytest.raises(kind):
        wire.transport().send(READ)
    assert len(wire.requests) == 5


class Drip(httpx.SyncByteStream):
    """A body that comes byte by byte, one every three seconds, for ever."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self._clock.now += 3
            yield b" "


@pytest.mark.parametrize("repeat", [Repeat.IDEMPOTENT, Repeat.ONCE])
def test_drip(repeat: Repeat) -> None:
    """Two minutes after the request its response is taken for one that does not come."""
    wire = Wire()
    wire.script = [httpx.Response(200, stream=Drip(wire.clock))]
    began = wire.clock.now

    with pytest.raises(APITimeoutError):
        wire.transport().send(CALLS[repeat])
    assert wire.clock.now - began == 123


class Flood(httpx.SyncByteStream):
    """A body of 64 MiB, in pieces of one."""

    def __init__(self) -> None:
        self.sent = 0

    def __iter__(self) -> Iterator[bytes]:
        while self.sent < 64:
            self.sent += 1
            yield b" " * 1024 * 1024


def test_flood() -> None:
    """A response is read no further than any of PostHog's is long."""
    flood = Flood()
    wire = Wire([httpx.Response(200, stream=flood)])

    with pytest.raises(APIResponseValidationError, match=r"ph\.example sent more than 4 MiB"):
        wire.transport().send(CALLS[Repeat.ONCE])
    assert flood.sent == 5


@pytest.mark.parametrize("repeat", Repeat)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect(status: int, repeat: Repeat) -> None:
    """A redirect is not followed, so the credential goes to no other host."""
    wire = Wire([httpx.Response(status, headers={"Location": "https://evil.example/api/x/"})])

    with pytest.raises(APIResponseValidationError, match=r"redirects to evil\.example"):
        wire.transport().send(CALLS[repeat])
    assert [request.url.host for request in wire.requests] == ["ph.example"]


class TestStamina:
    def test_logging(self, caplog: pytest.LogCaptureFixture) -> None:
        """What stamina logs of a retry never quotes an error of ours."""
        caplog.set_level("DEBUG", "stamina")
        Wire([httpx.ReadError("reset")]).transport().send(READ)

        assert [record for record in caplog.records if record.name == "stamina"] == []

    @pytest.mark.parametrize(
        ("error", "written"), [(APIConnectionError("Cut."), 0), (ValueError("another's"), 1)]
    )
    def test_structlog(
        self, monkeypatch: pytest.MonkeyPatch, error: Exception, written: int
    ) -> None:
        """Nor does structlog, which stamina uses where it is installed; others' errors stay."""
        lines: list[Any] = []
        logger = SimpleNamespace(warning=lambda *args, **more: lines.append((args, more)))
        structlog = SimpleNamespace(get_logger=lambda _name: logger)
        monkeypatch.setitem(sys.modules, "structlog", structlog)
        [hook] = quiet([StructlogOnRetryHook.hook_factory()])
        hook(RetryDetails("send", (), {}, 1, 0.0, 0.0, error))

        assert len(lines) == written
