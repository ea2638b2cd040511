"""How bytes travel: the environment's proxy and certificates, and an end to each exchange."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from posthog_pulumi.client.responses import proxy_refusal
from posthog_pulumi.config import is_loopback
from posthog_pulumi.errors import (
    APIConnectError,
    APIConnectionError,
    APIResponseValidationError,
    APITimeoutError,
    ConfigurationError,
    PostHogError,
)

LONGEST_EXCHANGE: Final = 120.0
"""Seconds from the start of a request to the last byte of its response."""

_PROXY: Final = "Check HTTPS_PROXY, or name the host in NO_PROXY."
_CERTIFICATE: Final = (
    "If an authority of your own signed its certificate, name it in SSL_CERT_FILE."
)
_LIMITS: Final = httpx.Limits(max_connections=64, max_keepalive_connections=64)


def proxy_for(host: str) -> str | None:
    """The proxy that the environment names for an origin.

    None for this machine's loopback: no proxy can reach it, and one would see the key in clear.
    """
    parts = urlsplit(host)
    if is_loopback(host) or proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    return f"http://{found}" if found and "://" not in found else found


def open_network(host: str, proxy: str | None) -> httpx.BaseTransport:
    """A pool of connections to one host.

    Raises:
        ConfigurationError: The environment names a proxy or certificates that cannot be used.
    """
    try:
        return Network(proxy)
    except OSError as error:
        raise ConfigurationError(
            "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be loaded"
            f" ({type(error).__name__}).",
            advice="Correct or unset that variable.",
        ) from None
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        scheme = urlsplit(host).scheme.upper()
        raise ConfigurationError(  # without its text, which may hold the proxy's password
            f"the proxy that {scheme}_PROXY or ALL_PROXY names for {host} cannot be used"
            f" ({type(error).__name__}).",
            advice="Correct or unset that variable, or name the host in NO_PROXY.",
        ) from None


def failure(error: httpx.RequestError, host: str, request: str, *, proxied: bool) -> PostHogError:
    """What it means that httpx got no response."""
    text = str(error) or type(error).__name__
    match error:
        case httpx.ProxyError() if text.startswith("407"):
            return proxy_refusal(request)
        case httpx.ProxyError():
            what = f"the proxy does not connect to {host}: {text}."
            return APIConnectError(what, request=request, advice=_PROXY)
        case (
            httpx.ConnectError()
            | httpx.ConnectTimeout()
            | httpx.PoolTimeout()
            | httpx.LocalProtocolError()
            | httpx.UnsupportedProtocol()
        ):
            certificate = "CERTIFICATE_VERIFY_FAILED" in text
            advice = _CERTIFICATE if certificate else _PROXY if proxied else ""
            way = " through the proxy" if proxied else ""
            what = f"{host} cannot be reached{way}: {text}."
            return APIConnectError(what, request=request, advice=advice)
        case httpx.TimeoutException():
            return APITimeoutError(f"{host} did not respond in time.", request=request)
        case httpx.DecodingError():
            what = f"{host} sent a response that cannot be decoded."
            return APIResponseValidationError(what, request=request)
    return APIConnectionError(f"{host} cut the connection without a response.", request=request)


class Network(httpx.HTTPTransport):
    """httpx's network, where a byte now and then does not keep an exchange going for ever.

    httpx limits the time of each read, not of all. An exchange happens in one thread.
    """

    def __init__(self, proxy: str | None = None, longest: float = LONGEST_EXCHANGE) -> None:
        super().__init__(proxy=proxy, limits=_LIMITS)
        self._exchange = threading.local()
        self._longest = longest
        pool: Any = self._pool
        pool._network_backend = _Backend(pool._network_backend, self._within)  # noqa: SLF001  # httpx hands none on

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request that has the time of one exchange for itself and its response."""
        self._exchange.ends = time.monotonic() + self._longest
        return super().handle_request(request)

    def _within(self, timeout: float | None) -> float:
        """What is left of a timeout, or of none, when the exchange ends sooner."""
        remaining: float = self._exchange.ends - time.monotonic()
        if remaining <= 0:
            raise httpx.ReadTimeout("the exchange takes too long")
        return remaining if timeout is None else min(timeout, remaining)


class _Backend:
    """httpcore's, with streams that keep to the exchange."""

    def __init__(self, inner: Any, within: Callable[[float | None], float]) -> None:
        self._inner = inner
        self._within = within

    def connect_tcp(self, *address: Any, **options: Any) -> "_Stream":
        try:
            return _Stream(self._inner.connect_tcp(*address, **options), self._within)
        except UnicodeError:
            raise httpx.ConnectError("part of its name is empty or too long") from None


class _Stream:
    """A connection: plain, or with TLS over it."""

    def __init__(self, inner: Any, within: Callable[[float | None], float]) -> None:
        self._inner = inner
        self._within = within

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        return self._inner.read(max_bytes, self._within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._within(timeout))

    def start_tls(
        self, ssl_context: Any, server_hostname: Any = None, timeout: float | None = None
    ) -> "_Stream":
        secured = self._inner.start_tls(ssl_context, server_hostname, self._within(timeout))
        return _Stream(secured, self._within)
