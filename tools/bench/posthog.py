"""The emulated PostHog that is measured against."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from posthog_pulumi.emulator import running
from tools.stack import PulumiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from posthog_pulumi.emulator import Emulator

CLIENTS = 16
READING_SECONDS = 5


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
        """How many reads per second many clients get at once."""
        owner = self.tenant()
        headers = {"Authorization": f"Bearer {owner['POSTHOG_API_KEY']}"}
        projects = f"/api/organizations/{owner['POSTHOG_ORGANIZATION_ID']}/projects/"
        made = self._call("POST", projects, {"name": "Read"}, headers)
        path = f"{projects}{made['id']}/"
        with ThreadPoolExecutor(CLIENTS) as clients:
            counts = clients.map(lambda _: self._read_for_a_while(path, headers), range(CLIENTS))
            return round(sum(counts) / READING_SECONDS)

    def _read_for_a_while(self, path: str, headers: Mapping[str, str]) -> int:
        """Read one project again and again over one connection."""
        connection = http.client.HTTPConnection(self._netloc)
        until, count = time.monotonic() + READING_SECONDS, 0
        while time.monotonic() < until:
            _exchange(connection, "GET", path, None, headers)
            count += 1
        return count

    def _call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        connection = http.client.HTTPConnection(self._netloc)
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
