"""Servers and proxies on this machine, for what a scripted transport cannot show."""

import select
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import trustme

from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import load

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
BODY = b'{"id": 7}'
KEY = "phx_of_the_tests"
_TLS = b"\x16"

Respond = Callable[[socket.socket], None]


@dataclass
class Server:
    """A server on a port of the loopback, and the heads of the requests that reached it."""

    port: int
    heads: list[str] = field(default_factory=list)


def sent(call: Call, host: str, network: httpx.BaseTransport | None = None) -> Any:
    """What comes back for a call to that host, over the real network."""
    settings = {"apiKey": KEY, "host": host, "allowHttp": True}
    with closing(Transport(load(settings.get, {}), transport=network)) as transport:
        return transport.send(call)


@contextmanager
def serving(respond: Respond, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Read the head of each request, respond, and cut the connection."""

    def handle(connection: socket.socket) -> None:
        server.heads.append(_head(connection))
        respond(connection)

    with _listening(handle, tls) as port:
        server = Server(port)
        yield server


@contextmanager
def speaking_tls(port: int, tls: ssl.SSLContext) -> Iterator[int]:
    """The port of a front that speaks TLS and passes all on to a server that does not."""

    def pass_on(connection: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as onward:
            ends = {connection: onward, onward: connection}
            while True:
                for ready in select.select(list(ends), [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    ends[ready].sendall(data)

    with _listening(pass_on, tls) as front:
        yield front


@contextmanager
def _listening(handle: Respond, tls: ssl.SSLContext | None) -> Iterator[int]:
    """Handle each connection to a port in a thread of its own."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # whoever has read enough goes away
                connection = self.request
                connection.settimeout(5)
                if tls:
                    connection = tls.wrap_socket(connection, server_side=True)
                with connection:
                    handle(connection)

    class Threads(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Threads(("127.0.0.1", 0), Handler) as threads:
        loop = threading.Thread(target=threads.serve_forever, args=[0.01], daemon=True)
        loop.start()
        yield threads.server_address[1]
        threads.shutdown()
        loop.join()


def tls_for(name: str, authority: trustme.CA) -> ssl.SSLContext:
    """What a server of that name speaks TLS with."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def success(connection: socket.socket) -> None:
    """Respond as PostHog does."""
    connection.sendall(OK + BODY)


def silence(connection: socket.socket) -> None:
    """Say nothing until the other side has gone."""
    while connection.recv(65536):
        pass


def dripping(at_once: bytes, then: bytes) -> Respond:
    """Respond with some bytes at once and with the others one by one, for ever."""

    def respond(connection: socket.socket) -> None:
        connection.sendall(at_once)
        while True:
            for byte in then:
                connection.sendall(bytes([byte]))
                time.sleep(0.01)

    return respond


def saying(status: str) -> Respond:
    """Respond with that status and nothing else."""
    return lambda connection: connection.sendall(
        f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    )


def tunnel_to(port: int) -> Respond:
    """Respond as a proxy that connects to that port, whatever host it is asked for."""

    def respond(connection: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as onward:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pump, args=(onward, connection), daemon=True)
            back.start()
            _pump(connection, onward)
            back.join()

    return respond


def _head(connection: socket.socket) -> str:
    """All of it, or what somebody sends who takes a plain port for one with TLS."""
    head = b""
    while not (b"\r\n\r\n" in head or head.startswith(_TLS)) and (more := connection.recv(65536)):
        head += more
    return head.decode("latin-1").partition("\r\n\r\n")[0]


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
