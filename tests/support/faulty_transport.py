"""A network that lets one request of an action go wrong, and a clock that no test waits for."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from posthog_pulumi.client.endpoints import ENDPOINTS
from support.clock import Clock
from support.faults import Fault, Struck


@dataclass
class QuickClock(Clock):
    """The present time, to which every sleep adds what nobody waited for."""

    def __call__(self) -> float:
        """What time it is."""
        return time.monotonic() + sum(self.slept)


@dataclass(frozen=True)
class Armed:
    """A fault and where it strikes."""

    fault: Fault
    at: int
    """The number of the request, the first one being 0."""
    outage: bool = False
    """Whether it strikes every request from then on."""


@dataclass
class FaultyTransport(httpx.BaseTransport):
    """Carries requests to a server, but for those that an armed fault strikes."""

    network: httpx.BaseTransport
    clock: Clock
    another: Mapping[str, bytes] = field(default_factory=dict)
    """The bodies of another ``project`` and of another ``key``."""
    sent: list[str] = field(default_factory=list)
    """The endpoints of the requests since the last :meth:`arm`, by their names."""
    hosts: set[str] = field(default_factory=set)
    """All hosts that were sent anything."""
    _armed: Armed | None = None
    _later: list[tuple[float, httpx.Request]] = field(default_factory=list)

    def arm(self, armed: Armed | None) -> None:
        """Let an action begin, with a fault or without."""
        self._armed = armed
        self.sent.clear()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry the request, or let the fault strike it."""
        request.read()
        self._do_what_is_due(self.clock())
        self.hosts.add(request.url.host)
        self.sent.append(_endpoint(request))
        if self._armed and self._strikes(self._armed):
            return self._strike(self._armed.fault, request)
        return self.network.handle_request(request)

    def finish(self) -> None:
        """Let the server finish what it is still at work on."""
        self._do_what_is_due(float("inf"))

    def _strikes(self, armed: Armed) -> bool:
        at = len(self.sent) - 1
        return at == armed.at or (armed.outage and at > armed.at)

    def _strike(self, fault: Fault, request: httpx.Request) -> httpx.Response:
        true = self._work(request) if fault.work == 0.0 else b""
        if fault.work:
            self._later.append((self.clock() + fault.work, request))
        kind = "key" if "/project_secret_api_keys/" in request.url.path else "project"
        return fault.spoil(Struck(request, self.clock, true, self.another.get(kind, b"{}")))

    def _do_what_is_due(self, now: float) -> None:
        due = [request for moment, request in self._later if moment <= now]
        self._later = [item for item in self._later if item[0] > now]
        for request in due:
            self._work(request)

    def _work(self, request: httpx.Request) -> bytes:
        response = self.network.handle_request(request)
        try:
            return response.read()
        finally:
            response.close()


def _endpoint(request: httpx.Request) -> str:
    return next(
        name
        for name, endpoint in ENDPOINTS.items()
        if endpoint.method == request.method
        and re.fullmatch(endpoint.path.replace("{}", "[^/]+"), request.url.path)
    )
