"""The emulated PostHog that is measured against."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from posthog_pulumi.emulator import running
from tools.stack import PulumiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from posthog_pulumi.emulator import Emulator

CLIENTS = 16
SECONDS = 2
ROUNDS = 5

Repeated = tuple[str, str, dict[str, str]]
"""Method, path and headers."""


class PostHog:
    """A running emulator; every stack that is measured gets an organization of its own."""

    def __init__(self, emulator: Emulator) -> None:
        self.throttled = 0
        """Requests refused with 429 so far."""
        self._log = emulator.requests
        self._netloc = urlsplit(emulator.url).netloc
        self._url = emulator.url

    def tenant(self, throttle: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a new organization's owner, whose key may be throttled."""
        made = self._call("POST", "/_emulator/tenants", {})
        if throttle:
            self._call("POST", "/_emulator/throttle", {"api_key": made["api_key"], **throttle})
        return {
            "POSTHOG_HOST": self._url,
            "POSTHOG_API_KEY": made["api_key"],
            "POSTHOG_SESSION_ID": made["session_id"],
            "POSTHOG_ORGANIZATION_ID": made["organization_id"],
        }

    def respond_after(self, milliseconds: int) -> None:
        """Respond to each request that late from now on."""
        self._call("DELETE", "/_emulator/faults")
        if milliseconds:
            fault = {"path": "/api/**", "delay": milliseconds / 1000, "times": None}
            self._call("POST", "/_emulator/faults", fault)

    def requests(self) -> int:
        """The requests since the last look, but for those refused with 429."""
        statuses = Counter(request.status for request in self._log.new())
        throttled = statuses.pop(HTTPStatus.TOO_MANY_REQUESTS, 0)
        self.throttled += throttled
        return statuses.total()

    def reads_per_second(self) -> float:
        """How many reads of one project per second many clients get at once."""
        path, headers = self._projects()
        made = self._call("POST", path, {"name": "Read"}, headers)
        return self._per_second([("GET", f"{path}{made['id']}/", headers)] * CLIENTS)

    def creates_per_second(self) -> float:
        """The same for creates, each client in an organization of its own: one holds 2,000."""
        return self._per_second([("POST", *self._projects()) for _ in range(CLIENTS)])

    def _projects(self) -> tuple[str, dict[str, str]]:
        """The path of a new organization's projects, and its owner's headers."""
        owner = self.tenant()
        path = f"/api/organizations/{owner['POSTHOG_ORGANIZATION_ID']}/projects/"
        return path, {"Authorization": f"Bearer {owner['POSTHOG_API_KEY']}"}

    def _per_second(self, requests: Sequence[Repeated]) -> float:
        """How many there are per second when each has a client of its own, at best."""
        with ThreadPoolExecutor(len(requests)) as clients:
            counts = [sum(clients.map(self._repeat, requests)) for _ in range(ROUNDS)]
        return round(max(counts) / SECONDS)

    def _repeat(self, request: Repeated) -> int:
        """Send a request again and again over one connection."""
        method, path, headers = request
        until, count = time.monotonic() + SECONDS, 0
        with closing(http.client.HTTPConnection(self._netloc)) as connection:
            while time.monotonic() < until:
                body = {"name": f"Project {uuid4()}"} if method == "POST" else None
                _exchange(connection, method, path, body, headers)
                count += 1
        return count

    def _call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        with closing(http.client.HTTPConnection(self._netloc)) as connection:
            return json.loads(_exchange(connection, method, path, body, headers or {}))


def _exchange(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: Any,
    headers: Mapping[str, str],
) -> bytes:
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    text = response.read()
    if response.status >= HTTPStatus.BAD_REQUEST:
        raise PulumiError(f"{method} {path} returned {response.status}")
    return text


@contextmanager
def posthog(folder: Path) -> Iterator[PostHog]:
    """Run one while the block runs."""
    with running(data=folder) as emulator:
        yield PostHog(emulator)
