"""Proxies that the environment names, and what is in front of a host."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
import stamina
import trustme
from support.local_servers import KEY, saying, sent, serving, success, tls_for, tunnel_to
from support.scripted_transport import OK

from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.client.network import proxy_for
from posthog_pulumi.errors import APIConnectError, APIStatusError, ConfigurationError, Outcome

READ = Call(method="GET", path="/api/x/")
VARIABLES = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]
Environ = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """The pauses between requests that are sent again are not sat through."""
    with stamina.set_testing(testing=True, attempts=99):
        yield


@pytest.fixture(autouse=True)
def environ(monkeypatch: Environ) -> Environ:
    """An environment that names no proxy yet."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("host", "variables", "proxy"),
    [
        ("https://ph.example", {}, None),
        ("https://ph.example", {"HTTPS_PROXY": "http://a:1"}, "http://a:1"),
        ("https://ph.example", {"https_proxy": "a:1"}, "http://a:1"),
        ("https://ph.example", {"ALL_PROXY": "http://a:1"}, "http://a:1"),
        ("https://ph.example", {"HTTP_PROXY": "http://a:1"}, None),
        ("http://ph.example", {"HTTP_PROXY": "http://a:1"}, "http://a:1"),
        ("https://ph.example", {"ALL_PROXY": "b:2", "HTTPS_PROXY": "a:1"}, "http://a:1"),
        ("https://ph.example", {"HTTPS_PROXY": "a:1", "NO_PROXY": "other.example"}, "http://a:1"),
        ("https://ph.example", {"HTTPS_PROXY": "a:1", "NO_PROXY": "x, ph.example"}, None),
        ("https://a.ph.example", {"HTTPS_PROXY": "a:1", "NO_PROXY": ".ph.example"}, None),
        ("https://ph.example:8443", {"HTTPS_PROXY": "a:1", "NO_PROXY": "ph.example"}, None),
        ("https://ph.example", {"HTTPS_PROXY": "a:1", "NO_PROXY": "*"}, None),
        ("http://localhost:8010", {"HTTP_PROXY": "a:1"}, None),
        ("http://127.0.0.1:8010", {"ALL_PROXY": "a:1"}, None),
        ("https://[::1]:8010", {"HTTPS_PROXY": "a:1"}, None),
    ],
)
def test_which(host: str, variables: dict[str, str], proxy: str | None) -> None:
    """The usual variables name the proxy of a host; this machine's loopback has none."""
    with mock.patch.dict(os.environ, variables):
        assert proxy_for(host) == proxy


def test_loopback(environ: Environ) -> None:
    """No proxy sees the key that goes to an emulator on this machine."""
    with serving(success) as proxy, serving(success) as server:
        environ.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        environ.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
        found = sent(READ, f"http://127.0.0.1:{server.port}")

    assert found == OK
    assert proxy.heads == []
    assert f"Authorization: Bearer {KEY}" in server.heads[0]


def test_tunnel(environ: Environ, tmp_path: Path) -> None:
    """A proxy connects to PostHog and sees nothing of what is sent there."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    environ.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with (
        serving(success, tls=tls_for("ph.example", authority)) as server,
        serving(tunnel_to(server.port)) as proxy,
    ):
        environ.setenv("HTTPS_PROXY", f"http://me:password@127.0.0.1:{proxy.port}")
        found = sent(READ, "https://ph.example")

    assert found == OK
    assert proxy.heads[0].startswith("CONNECT ph.example:443 HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic" in proxy.heads[0]
    assert KEY not in proxy.heads[0]
    assert f"Authorization: Bearer {KEY}" in server.heads[0]
    assert "Proxy-Authorization" not in server.heads[0]


@pytest.mark.parametrize("host", ["http://ph.example", "https://ph.example"])
def test_password(environ: Environ, host: str) -> None:
    """A proxy that wants a password has done nothing, and is not asked again."""
    with serving(saying("407 Proxy Authentication Required")) as proxy:
        environ.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")

        with pytest.raises(APIStatusError, match=r"^the proxy wants a user name") as refused:
            sent(READ, host)
    assert refused.value.outcome is Outcome.NOT_DONE
    assert len(proxy.heads) == 1


def test_no_way(environ: Environ) -> None:
    """A proxy that cannot connect is named as such; nothing was sent through it."""
    with serving(saying("502 Bad Gateway")) as proxy:
        environ.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")

        with pytest.raises(APIConnectError) as refused:
            sent(READ, "https://ph.example")
    assert str(refused.value) == (
        "the proxy does not connect to https://ph.example: 502 Bad Gateway. Check HTTPS_PROXY, or"
        " name the host in NO_PROXY. (GET /api/x/)"
    )


@pytest.mark.parametrize("proxy", ["127.0.0.1:1", "no..name:80"])
def test_unreachable(environ: Environ, proxy: str) -> None:
    """Where the proxy itself cannot be reached, nobody looks for the fault at the host."""
    environ.setenv("HTTPS_PROXY", f"http://me:hidden@{proxy}")

    with pytest.raises(APIConnectError) as refused:
        sent(READ, "https://ph.example")
    assert str(refused.value).startswith("https://ph.example cannot be reached through the proxy: ")
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    "proxy", ["nonsense://me:hidden@proxy.example", "http://me:hidden@proxy.example:port"]
)
def test_unusable(environ: Environ, proxy: str) -> None:
    """A variable that names no proxy is one line, without the password that may be in it."""
    environ.setenv("HTTPS_PROXY", proxy)

    with pytest.raises(ConfigurationError) as refused:
        sent(READ, "https://ph.example")
    assert str(refused.value).startswith(
        "the proxy that HTTPS_PROXY or ALL_PROXY names for https://ph.example cannot be used ("
    )
    assert "hidden" not in repr(refused.value)
