"""What one step works with: a client that stops at a deadline, and the process's memory."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from posthog_pulumi.client.clock import ServerClock
from posthog_pulumi.client.posthog import PostHogClient
from posthog_pulumi.client.retries import LONGEST_STEP, Deadline
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import Config
from posthog_pulumi.lifecycle.cancel import sleep
from posthog_pulumi.lifecycle.memory import Memory, memory_of
from posthog_pulumi.lifecycle.orphan import exit_if_orphaned


@dataclass(frozen=True)
class Connection:
    """The means of one step of the engine, or of one look-up."""

    config: Config
    client: PostHogClient
    memory: Memory
    deadline: Deadline
    server_clock: ServerClock
    clock: Callable[[], float]
    """Seconds that only go forward."""
    sleep: Callable[[float], None]


_TRANSPORTS: dict[Config, Transport] = {}
_CONNECTING = threading.Lock()


def connect(config: Config, seconds: float | None = None) -> Connection:
    """A connection for one step; those of equal configurations share pool, waits and memory.

    Args:
        config: Host and credentials.
        seconds: What the step may take, if not the usual time.
    """
    with _CONNECTING:
        if config not in _TRANSPORTS:
            transport = Transport(config, sleep=sleep, exit_if_orphaned=exit_if_orphaned)
            _TRANSPORTS[config] = transport
    return over(_TRANSPORTS[config], memory_of(config), config, seconds)


def over(
    transport: Transport, memory: Memory, config: Config, seconds: float | None = None
) -> Connection:
    """A connection over a transport, with the time of one step before it."""
    deadline = Deadline(transport.clock, seconds or LONGEST_STEP)
    return Connection(
        config=config,
        client=PostHogClient(partial(transport.send, deadline=deadline)),
        memory=memory,
        deadline=deadline,
        server_clock=transport.server_clock,
        clock=transport.clock,
        sleep=transport.sleep,
    )
