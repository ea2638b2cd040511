from itertools import product

import pytest
from support.crash_plan import OPERATIONS, REQUESTS, SERVERS, VICTIMS, crash

CI = [crash(seed) for seed in range(20)]


def test_a_seed_is_one_crash() -> None:
    """What failed with a seed is repeated with it."""
    assert [crash(each.seed) for each in CI] == CI


def test_ci_reaches_every_victim_in_every_operation() -> None:
    """The first 20 seeds leave out no pair, and neither server."""
    assert {(it.operation, it.victim) for it in CI} == set(product(OPERATIONS, VICTIMS))
    assert {it.server for it in CI} == set(SERVERS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_moment(operation: str) -> None:
    """Many seeds reach every moment of an operation, from its first request to its end."""
    many = [crash(seed) for seed in range(2000)]

    assert {it.after for it in many if it.operation == operation} == set(
        range(REQUESTS[operation] + 1)
    )
