import io
import logging
import re
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import stamina
from support.scripted_transport import OK, Wire

from posthog_pulumi.client import logs
from posthog_pulumi.client.endpoints import Call

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

    agent = wire.requests[0].headers["User-Agent"]
    pattern = r"posthog-pulumi/\d+\.\d+\.\d+ Python/3\.\d+\.\S+ Pulumi/3\.\d+\.\d+"
    assert re.fullmatch(pattern, agent)


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

    def test_key_in_a_path(self, caplog: pytest.LogCaptureFixture) -> None:
        """A key that somebody takes for an id is in no line, whoever writes it."""
        caplog.set_level("DEBUG", "posthog_pulumi")
        Wire().transport().send(Call(method="GET", path=f"/api/projects/{KEY}/"))

        assert re.fullmatch(r"GET /api/projects/phx_…/ 200 \d+ ms attempt 1", caplog.messages[0])

    def test_key_in_a_line(self, stderr: Callable[[], str]) -> None:
        """Whoever writes it, a line on stderr holds no key."""
        logging.getLogger("posthog_pulumi.anywhere").warning("the key is %s", "phx_of_the_tests")

        assert stderr() == "warning: the key is phx_…\n"

    def test_failures(self, caplog: pytest.LogCaptureFixture) -> None:
        """Each attempt has a line; one without a response says so."""
        caplog.set_level("DEBUG", "posthog_pulumi.client.transport")
        with stamina.set_testing(testing=True, attempts=99):
            Wire([httpx.ReadTimeout("slow")], takes=30.0).transport().send(READ)

        assert caplog.messages == [
            "GET /api/x/ no response 30000 ms attempt 1",
            "GET /api/x/ 200 30000 ms attempt 2",
        ]

    def test_nobody_reads_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where stderr is closed the line is lost, and the request is not."""
        closed = io.StringIO()
        closed.close()
        logs.to_stderr({"POSTHOG_PULUMI_LOG": "debug"})
        monkeypatch.setattr(sys, "stderr", closed)

        assert Wire().transport().send(READ) == OK
