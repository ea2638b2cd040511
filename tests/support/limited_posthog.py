"""PostHog's limit of requests, on a virtual clock, and providers that run into it."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

import httpx

from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import load
from support.virtual_time import VirtualTime

LIMIT = 480
WINDOW = 60.0
"""PostHog allows each key so many requests in so many seconds."""

THREADS = 32


@dataclass
class LimitedPostHog:
    """Counts as Django REST framework does: over a sliding window, refused requests left out.

    ``Retry-After`` says in whole seconds when the oldest request leaves the window.
    """

    time: VirtualTime = field(default_factory=VirtualTime)
    served: list[float] = field(default_factory=list)
    """When each request was served."""
    refused: int = 0
    _window: deque[float] = field(default_factory=deque)
    _random: Random = field(default_factory=lambda: Random(8))  # noqa: S311  # to be repeatable

    def respond(self, _request: httpx.Request) -> httpx.Response:
        """Take 50 to 300 ms for it."""
        seconds = self._random.uniform(0.05, 0.3)
        self.time.sleep(seconds / 2)
        now = self.time.now()
        while self._window and self._window[0] <= now - WINDOW:
            self._window.popleft()
        if len(self._window) >= LIMIT:
            self.refused += 1
            wait = math.ceil(self._window[0] + WINDOW - now)
            return httpx.Response(429, headers={"Retry-After": str(wait)}, json={})
        self._window.append(now)
        self.served.append(now)
        self.time.sleep(seconds / 2)
        return httpx.Response(200, json={"id": 7})

    @property
    def used(self) -> float:
        """The share of the allowed rate that was used, until the last request was served."""
        shortest = (len(self.served) - 1) // LIMIT * WINDOW
        return shortest / (self.served[-1] - self.served[0])


class Provider:
    """A provider's process with its threads."""

    def __init__(self, posthog: LimitedPostHog, calls: Iterable[Call], start: float = 0) -> None:
        self.work = [self._send_all] * THREADS
        """What its threads do."""
        self.sent: list[float] = []
        """When each of its requests came back well."""
        self._start = start
        self._time = posthog.time
        self._calls = deque(calls)
        self._transport = Transport(
            load({"apiKey": "phx_of_the_tests", "host": "https://ph.example"}.get, {}),
            transport=httpx.MockTransport(posthog.respond),
            sleep=self._time.sleep,
            clock=self._time.now,
        )

    def _send_all(self) -> None:
        self._time.sleep(self._start)
        while self._calls:
            self._transport.send(self._calls.popleft())
            self.sent.append(self._time.now())


def shares(one: Provider, other: Provider) -> list[float]:
    """The part that each had of all requests that went through while both were at work."""
    began = max(one.sent[0], other.sent[0])
    ended = min(one.sent[-1], other.sent[-1])
    counts = [sum(began <= at <= ended for at in each.sent) for each in (one, other)]
    return [count / sum(counts) for count in counts]
