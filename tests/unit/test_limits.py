import pytest
from support.limited_posthog import LIMIT, THREADS, LimitedPostHog, Provider, shares

from posthog_pulumi.client.endpoints import CREATE_PROJECT, RETRIEVE_PROJECT, Call

PROJECTS = 600
CALLS: list[Call] = [
    call
    for number in range(PROJECTS)
    for call in (
        CREATE_PROJECT.call("acme", body={"name": f"Web {number}"}),
        RETRIEVE_PROJECT.call("acme", str(number)),
    )
]
"""A stack of 600 projects, each made and read once."""


def test_the_allowed_rate_is_used() -> None:
    """600 projects on 32 threads: nothing fails, and 95 % of what PostHog allows is used.

    All threads are held back together, so that each is refused at most once a minute.
    """
    posthog = LimitedPostHog()
    provider = Provider(posthog, CALLS)
    posthog.time.run(*provider.work)

    assert len(provider.sent) == len(CALLS)
    assert posthog.used >= 0.95
    assert posthog.refused <= THREADS * (len(CALLS) // LIMIT)


@pytest.mark.parametrize("later", [0, 5, 30, 61])
def test_two_providers_share_one_key(later: float) -> None:
    """Neither starves, however much later it starts: each has 40 % while both are at work."""
    posthog = LimitedPostHog()
    first, second = Provider(posthog, CALLS), Provider(posthog, CALLS, start=later)
    posthog.time.run(*first.work, *second.work)

    assert posthog.used >= 0.95
    assert min(shares(first, second)) >= 0.4
