"""A stack's life at PostHog's own rate limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.bench import program
from tools.bench.life import SETTINGS, run
from tools.bench.results import Case, Limit

if TYPE_CHECKING:
    from tools.bench.posthog import PostHog

THROTTLE = {"burst": "480/minute", "sustained": "4800/hour"}
QUOTAS = ((480, 60), (4800, 3600))
"""The same: requests, and the seconds in which no more are taken."""


def shortest_seconds(requests: int) -> float:
    """How long so many requests take at least: whenever a quota is used up, its time must pass."""
    return float(max((requests - 1) // quota * seconds for quota, seconds in QUOTAS))


def at_the_limit(posthog: PostHog, projects: int) -> Limit:
    """Take a stack through all that sends requests; each deletion looks for events first.

    Without checkpoints, since writing them takes the engine longer than the limit allows: an
    update of 600 projects 98 s, in which 480 requests a minute allow 780.
    """
    environ = {**posthog.tenant(THROTTLE), program.GUARDED: "true"}
    before = posthog.throttled
    steps = [step for step in SETTINGS if step.operation not in {"no-op", "preview"}]
    measured = run(posthog, Case(projects, skip_checkpoints=True), "projects", steps, environ)
    requests = sum(one.requests for one in measured)
    return Limit(
        projects=projects,
        requests=requests,
        throttled=posthog.throttled - before,
        seconds=round(sum(one.seconds for one in measured), 1),
        shortest=shortest_seconds(requests),
    )
