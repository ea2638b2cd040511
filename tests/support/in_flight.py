"""Waiting for requests to reach PostHog."""

import time

from posthog_pulumi.emulator import Emulator, Tenant

_SECONDS = 60.0


def reached(emulator: Emulator, count: int) -> int:
    """Wait until so many requests are in flight; the count then, a lower one if it never was."""
    deadline = time.monotonic() + _SECONDS
    while True:
        now = int(emulator.control.send("GET", "in-flight")["now"])
        if now >= count or time.monotonic() > deadline:
            return now
        time.sleep(0.05)


def arrived(tenant: Tenant, count: int) -> None:
    """Wait until so many requests of a tenant have been responded to."""
    deadline = time.monotonic() + _SECONDS
    while len(tenant.requests.all(tenant.organization_id)) < count and time.monotonic() < deadline:
        time.sleep(0.05)
