"""A transport whose responses are scripted, on a clock that only waiting moves on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import load
from support.clock import Clock

Scripted = httpx.Response | httpx.RequestError

HOST = "https://ph.example"
OK = {"id": 7}


def posthog(status: int, **headers: str) -> httpx.Response:
    """A refusal in PostHog's own form."""
    body = {"type": "server_error", "code": "error", "detail": "It failed.", "attr": None}
    return httpx.Response(status, json=body, headers=headers)


def page(status: int, **headers: str) -> httpx.Response:
    """A page of something in front of PostHog."""
    return httpx.Response(status, html="<html>A page</html>", headers=headers)


def no_orphan() -> None:
    """The engine lives."""


@dataclass
class Wire:
    """Responds with the script, then with successes."""

    script: list[Scripted] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    takes: float = 0.0
    """Seconds that each exchange takes."""

    def transport(
        self, exit_if_orphaned: Callable[[], None] = no_orphan, **stack: Any
    ) -> Transport:
        """A transport over this wire, by key unless ``apiKey`` says otherwise."""
        settings = {"apiKey": "phx_of_the_tests", "host": HOST, **stack}
        return Transport(
            load(settings.get, {}),
            transport=httpx.MockTransport(self._respond),
            sleep=self.clock.sleep,
            clock=self.clock,
            exit_if_orphaned=exit_if_orphaned,
        )

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.clock.now += self.takes
        came = self.script.pop(0) if self.script else httpx.Response(200, json=OK)
        if isinstance(came, httpx.Response):
            return came
        raise came
