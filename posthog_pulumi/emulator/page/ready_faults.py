"""The faults that a click switches on, one at a time, until a second click."""

from dataclasses import dataclass
from typing import Final

from posthog_pulumi.emulator.server.faults import Fault


@dataclass(frozen=True)
class ReadyFault:
    """A fault, and what it does in words."""

    text: str
    fault: Fault


_API: Final = "/api/**"

READY: Final = {
    "slow": ReadyFault(
        "Each response of the API takes 2 seconds", Fault(path=_API, delay=2, times=None)
    ),
    "throttled": ReadyFault(
        "Rate limited: 429, again after 1 second",
        Fault(path=_API, status=429, headers={"Retry-After": "1"}, times=None),
    ),
    "unavailable": ReadyFault(
        "Unavailable: 503, again after 1 second",
        Fault(path=_API, status=503, headers={"Retry-After": "1"}, times=None),
    ),
    "failing": ReadyFault("Fails: 500", Fault(path=_API, status=500, times=None)),
    "garbage": ReadyFault(
        "A proxy's HTML page: 502", Fault(path=_API, status=502, garbage=True, times=None)
    ),
    "lost": ReadyFault(
        "POST is done, and its response lost",
        Fault(method="POST", path=_API, drop=True, work=True, times=None),
    ),
}
