"""What the steps of one configuration share in a process."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from posthog_pulumi.client import PostHogClient
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import Config


@dataclass
class Connection:
    """One client, and what this process knows of what it did through it."""

    config: Config
    client: PostHogClient
    sleep: Callable[[float], None] = time.sleep
    made: set[int] = field(default_factory=set)
    """Ids of the projects made so far: none of them is another create's lost one."""
    replaced_tokens: dict[str, str] = field(default_factory=dict, repr=False)
    """By project id: the secret token that a rotation under way replaces, as the state has it."""
    kept_tokens: set[str] = field(default_factory=set, repr=False)
    """Secret tokens that a new ``keep_previous=True`` keeps alive as backups."""
    naming: defaultdict[str, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )
    """By project name: creates of one name go one after the other, so that each can look."""


_CONNECTIONS: dict[Config, Connection] = {}
_CONNECTING = threading.Lock()


def connect(config: Config) -> Connection:
    """The connection for a configuration, the same one for all providers of the process."""
    with _CONNECTING:
        if config not in _CONNECTIONS:
            client = PostHogClient(Transport(config))
            _CONNECTIONS[config] = Connection(config, client)
        return _CONNECTIONS[config]
