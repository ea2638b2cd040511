"""A transport whose answers are scripted, and what it was asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import load
from support.clock import Clock

Answer = httpx.Response | httpx.RequestError
Sleep = Callable[[float], None]

OK = {"id": 7}


class WokenError(Exception):
    """Ends a wait that a test does not want to sit through."""


@dataclass
class Wire:
    """Answers with the script, then with successes; a wait is recorded and ends the call."""

    script: list[Answer] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

    def transport(self, sleep: Sleep | None = None, **stack: Any) -> Transport:
        """A transport over this wire, by key unless ``apiKey`` says otherwise."""
        settings = {"apiKey": "phx_of_the_tests", "host": "https://ph.example", **stack}
        return Transport(
            load(settings.get, {}),
            transport=httpx.MockTransport(self._answer),
            sleep=sleep or self._wake,
            clock=self.clock.now,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.script.pop(0) if self.script else httpx.Response(200, json=OK)
        if isinstance(answer, httpx.Response):
            return answer
        raise answer

    def _wake(self, seconds: float) -> None:
        self.slept.append(seconds)
        raise WokenError
