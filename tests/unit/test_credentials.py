import re
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from support.scripted_transport import Wire

from posthog_pulumi.client import logs
from posthog_pulumi.client.call import Call

READ = Call(method="GET", path="/api/x/", query={"search": "Web"})
WRITE = Call(method="PATCH", path="/api/x/", body={"name": "hidden-name"})
SESSION_ONLY = Call(method="PATCH", path="/api/x/reset_token/", session_only=True)
KEY = "phx_of_the_tests"
SESSION = "hiddensession1"


@pytest.mark.parametrize(
    ("stack", "call"),
    [
        ({}, READ),
        ({}, WRITE),
        ({}, SESSION_ONLY),
        ({"sessionId": SESSION}, READ),
        ({"sessionId": SESSION}, WRITE),
    ],
)
def test_by_key(stack: dict[str, Any], call: Call) -> None:
    """A key is used wherever PostHog takes one, and nothing of a session goes with it."""
    wire = Wire()
    wire.transport(**stack).send(call)
    headers = wire.requests[0].headers

    assert headers["Authorization"] == f"Bearer {KEY}"
    assert "Cookie" not in headers
    assert "X-CSRFToken" not in headers


@pytest.mark.parametrize(
    ("key", "call"), [(KEY, SESSION_ONLY), (None, READ), (None, WRITE), (None, SESSION_ONLY)]
)
def test_by_session(key: str | None, call: Call) -> None:
    """A session is used where PostHog refuses keys, or where there is no key."""
    wire = Wire()
    wire.transport(apiKey=key, sessionId=SESSION).send(call)
    headers = wire.requests[0].headers
    cookie = re.fullmatch(rf"sessionid={SESSION}; posthog_csrftoken=(\w+)", headers["Cookie"])

    assert "Authorization" not in headers
    assert headers["Referer"] == "https://ph.example/"
    assert cookie
    assert headers["X-CSRFToken"] == cookie[1]
    assert re.fullmatch("[A-Za-z0-9]{32}|[A-Za-z0-9]{64}", cookie[1])


def test_cookies_are_not_kept() -> None:
    """A cookie that PostHog sets does not turn a key's request into a session's."""
    setting = {"Set-Cookie": "sessionid=of-somebody; Path=/"}
    wire = Wire([httpx.Response(200, json={}, headers=setting)])
    transport = wire.transport()
    transport.send(READ)
    transport.send(READ)

    assert "Cookie" not in wire.requests[1].headers


def test_request() -> None:
    """Path, query and JSON go to the configured host."""
    wire = Wire()
    transport = wire.transport(host="https://eu.posthog.com")
    transport.send(READ)
    transport.send(WRITE)
    read, write = wire.requests

    assert str(read.url) == "https://eu.posthog.com/api/x/?search=Web"
    assert read.content == b""
    assert (write.method, write.headers["Content-Type"]) == ("PATCH", "application/json")
    assert write.content == b'{"name":"hidden-name"}'


def test_user_agent() -> None:
    """PostHog's logs tell which release, on which Python and Pulumi, sent a request."""
    wire = Wire()
    wire.transport().send(READ)

    told = wire.requests[0].headers["User-Agent"]
    assert re.fullmatch(r"posthog-pulumi/\d+\.\d+\.\d+ Python/3\.\d+\.\S+ Pulumi/3\.\d+\.\d+", told)


class TestLog:
    def test_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        """``POSTHOG_PULUMI_LOG=debug`` prints a line for each request, with nothing secret."""
        logs.to_stderr({"POSTHOG_PULUMI_LOG": "debug"})
        transport = Wire().transport(sessionId=SESSION)
        transport.send(WRITE)
        transport.send(SESSION_ONLY)
        lines = capsys.readouterr().err.splitlines()

        assert re.fullmatch(r"posthog: PATCH /api/x/ 200 \d+ ms attempt 1", lines[0])
        assert re.fullmatch(r"posthog: PATCH /api/x/reset_token/ 200 \d+ ms attempt 1", lines[1])
        assert len(lines) == 2

    @pytest.mark.parametrize("environ", [{}, {"POSTHOG_PULUMI_LOG": "info"}])
    def test_silent(self, environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
        """Nobody who did not ask sees requests."""
        logs.to_stderr(environ)
        Wire().transport().send(READ)

        assert capsys.readouterr().err == ""

    def test_no_body_in_repr(self) -> None:
        """A call in a traceback shows no values."""
        assert "hidden-name" not in repr(WRITE)
        assert str(WRITE) == "PATCH /api/x/"


class TestServerTime:
    def test_by_date_header(self) -> None:
        """The age of a project is measured by PostHog's clock, not by ours."""
        wire = Wire([httpx.Response(200, json={}, headers={"Date": formatdate(0, usegmt=True)})])
        transport = wire.transport()
        transport.send(READ)
        far = transport.server_time(1_000_000_000) - 1_000_000_000

        assert far < -1_000_000_000

    @pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}])
    def test_without_date(self, headers: dict[str, str]) -> None:
        """Without its clock, ours has to do."""
        transport = Wire([httpx.Response(200, json={}, headers=headers)]).transport()
        transport.send(READ)

        assert transport.server_time(5.0) == 5.0
