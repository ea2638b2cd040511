"""The process of the native provider, which serves one run of the engine.

No command of the package's starts it: one called ``pulumi-resource-posthog`` would be on PATH in an
environment that is activated, where Pulumi takes it before an installed plugin, and warns of it.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import Final

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import provider_pb2_grpc

from posthog_pulumi.lifecycle.cancel import CANCELLED
from posthog_pulumi.lifecycle.orphan import this_is_a_plugin
from posthog_pulumi.plugin.servicer import Provider
from posthog_pulumi.plugin.version import version

THREADS: Final = 64
"""Calls at once, which wait for PostHog most of the time."""


def main() -> None:
    """Serve until the engine ends this process; the first line names the port."""
    this_is_a_plugin()
    engine = sys.argv[1] if len(sys.argv) > 1 else None
    server = grpc.server(ThreadPoolExecutor(THREADS), options=_GRPC_CHANNEL_OPTIONS)
    provider = Provider(engine, version())
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201  # what the engine reads
    with suppress(KeyboardInterrupt):
        Event().wait()
    CANCELLED.set()  # or the calls that still wait would keep the process
    server.stop(None)


if __name__ == "__main__":
    main()
