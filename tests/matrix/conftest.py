import ssl
from collections.abc import Iterator, Mapping

import httpx
import pytest
import stamina
from support.fault_owner import PostHog, Server

from posthog_pulumi.emulator import Emulator, running


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """The pauses between attempts are not waited for."""
    with stamina.set_testing(testing=True, attempts=99):
        yield


@pytest.fixture(scope="session")
def posthogs() -> Iterator[Mapping[Server, PostHog]]:
    """Both servers, shared by the tests of one worker."""
    with (
        running("current") as current,
        running("docs-2025") as docs,
        httpx.HTTPTransport(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)) as network,
    ):
        yield {
            "current": _posthog("current", current, network),
            "docs-2025": _posthog("docs-2025", docs, network),
        }


def _posthog(server: Server, emulator: Emulator, network: httpx.BaseTransport) -> PostHog:
    """An emulator whose demo data is there at once."""
    emulator.control.send("PATCH", "server", {"demo_seconds": 0})
    return PostHog(server, emulator.url, emulator.control.send, network)
