"""What needs real bytes on a port of this machine: TLS, and exchanges that do not end."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
import trustme
from support.local_servers import KEY, OK, dripping, sent, serving, silence, success, tls_for
from support.scripted_transport import OK as FOUND

from posthog_pulumi.client.endpoints import Call, Repeat
from posthog_pulumi.client.network import Network
from posthog_pulumi.client.retries import FAILURES
from posthog_pulumi.errors import APIConnectError, APITimeoutError, ConfigurationError

READ = Call(method="GET", path="/api/x/")
ONCE = Call(method="POST", path="/api/x/", repeat=Repeat.ONCE)


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """The pauses between requests that are sent again are not sat through."""
    with stamina.set_testing(testing=True, attempts=99):
        yield


@pytest.fixture
def authority() -> trustme.CA:
    """A certificate authority that nobody knows."""
    return trustme.CA()


class TestEnd:
    @pytest.mark.parametrize(
        ("at_once", "then"),
        [
            (b"", b"HTTP/1.1 200 OK\r\nX-Drip: "),
            (b"HTTP/1.1 200 OK\r\nX-Drip: ", b"x"),
            (OK.replace(b"9", b"999999"), b" "),
        ],
        ids=["from the start", "in a header", "in the body"],
    )
    def test_drip(self, at_once: bytes, then: bytes) -> None:
        """A response that comes byte by byte ends when the time of one exchange is over."""
        with serving(dripping(at_once, then)) as server:
            host = f"http://127.0.0.1:{server.port}"

            with pytest.raises(APITimeoutError, match="did not respond in time"):
                sent(ONCE, host, Network(longest=0.2))
        assert len(server.heads) == 1

    def test_each_exchange_has_its_own(self) -> None:
        """The time begins anew with each request."""
        with serving(success) as server:
            network, host = Network(longest=0.2), f"http://127.0.0.1:{server.port}"
            first = sent(READ, host, network)
            time.sleep(0.2)
            second = sent(READ, host, network)

        assert [first, second] == [FOUND, FOUND]


class TestTls:
    def test_authority_of_your_own(
        self, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A self-hosted PostHog may have a certificate that `SSL_CERT_FILE` vouches for."""
        file = tmp_path / "authority.pem"
        authority.cert_pem.write_to_path(file)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with serving(success, tls=tls_for("localhost", authority)) as server:
            found = sent(READ, f"https://localhost:{server.port}")

        assert found == FOUND
        assert f"Authorization: Bearer {KEY}" in server.heads[0]

    def test_unknown_authority(
        self, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without it nothing is sent, and the error names that variable."""
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        with (
            serving(success, tls=tls_for("localhost", authority)) as server,
            pytest.raises(APIConnectError, match="name it in SSL_CERT_FILE") as refused,
        ):
            sent(ONCE, f"https://localhost:{server.port}")

        assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value)
        assert server.heads == []

    def test_plain_port(self) -> None:
        """TLS with a server that does not speak it is an error at once, and no key is sent."""
        with (
            serving(success) as server,
            pytest.raises(APIConnectError, match=r"cannot be reached: .*WRONG_VERSION"),
        ):
            sent(ONCE, f"https://127.0.0.1:{server.port}")

        assert KEY not in "".join(server.heads)

    def test_silent_port(self) -> None:
        """One that never says a word gets no key either, and is no connection: tried again."""
        with (
            serving(silence) as server,
            pytest.raises(APIConnectError, match=r"cannot be reached: .*handshake"),
        ):
            sent(ONCE, f"https://127.0.0.1:{server.port}", Network(longest=0.2))

        assert len(server.heads) == FAILURES
        assert KEY not in "".join(server.heads)

    @pytest.mark.parametrize("content", [None, "no certificate"])
    def test_bad_file(
        self, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file that is missing, or holds no certificate, is one line and no traceback."""
        file = tmp_path / "authority.pem"
        file.write_text(content or "")
        monkeypatch.setenv("SSL_CERT_FILE", str(file if content else tmp_path / "missing.pem"))

        with pytest.raises(ConfigurationError) as refused:
            sent(READ, "https://ph.example")
        assert str(refused.value).startswith(
            "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be loaded ("
        )
