"""Which process is killed during which operation, and when: decided by a seed alone."""

import random
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal, get_args

from posthog_pulumi.emulator.launcher import ServerName

Operation = Literal["create", "rotate", "update", "destroy"]
Victim = Literal["cli", "provider", "emulator"]

OPERATIONS: Final = get_args(Operation)
VICTIMS: Final = get_args(Victim)
SERVERS: Final = get_args(ServerName)

REQUESTS: Final = {"create": 13, "rotate": 13, "update": 8, "destroy": 11}
"""How many requests the operation sends on the current server if nobody disturbs it."""

LATENCY: Final = 0.03
"""Seconds that the emulator waits before its work, and again after it."""


@dataclass(frozen=True)
class Crash:
    """One ``kill -9``."""

    seed: int
    server: ServerName
    operation: Operation
    victim: Victim
    after: int
    """It strikes when PostHog has responded to so many requests of the operation,"""
    delay: float
    """and so many seconds later: before, during or after the work of the next ones."""

    def __str__(self) -> str:
        return f"{self.seed}-{self.operation}-{self.victim}"


def crash(seed: int) -> Crash:
    """The crash of a seed; each 24 seeds in a row reach every pair on both servers."""
    pairs = list(product(OPERATIONS, VICTIMS))
    operation, victim = pairs[seed % len(pairs)]
    chance = random.Random(seed)  # noqa: S311  # it shall be the same each time
    return Crash(
        seed=seed,
        server=SERVERS[seed // len(pairs) % len(SERVERS)],
        operation=operation,
        victim=victim,
        after=chance.randint(0, REQUESTS[operation]),
        delay=round(chance.uniform(0, 4 * LATENCY), 3),
    )


def repeat(seed: int) -> str:
    """The command that plays one crash alone."""
    return (
        f"POSTHOG_CRASHES={seed + 1} pytest tests/engine/test_crashes.py -k 'test_a_crash[{seed}-'"
    )
