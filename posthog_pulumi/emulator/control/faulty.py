"""Faults, and what is in flight."""

from typing import Any

from django.conf import settings

from posthog_pulumi.emulator.control.requests import Body, control
from posthog_pulumi.emulator.server.faults import Fault


@control("GET", "POST", "DELETE")
def faults(method: str, body: Body) -> list[dict[str, Any]]:
    """List, add or clear faults."""
    if method == "POST":
        settings.EMULATOR.faults.add(Fault.parse(body))
    if method == "DELETE":
        settings.EMULATOR.faults.clear()
    listed: list[dict[str, Any]] = settings.EMULATOR.faults.listed()
    return listed


@control("GET")
def in_flight(_: str, _body: Body) -> dict[str, int]:
    """How many requests are in flight, and the most there were at once."""
    counts: dict[str, int] = settings.EMULATOR.in_flight.counts()
    return counts
