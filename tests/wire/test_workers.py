from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.fronts import Name
from support.in_flight import reached
from support.posthog_ui import CREATE, DELETE, READ, UPDATE, Ui
from support.wire_engine import WireEngine, account

from posthog_pulumi.emulator import Fault, running
from posthog_pulumi.provider import ProjectProvider
from posthog_pulumi.steps.workers import WIDTH

MANY = range(WIDTH)


@pytest.mark.parametrize(
    "step",
    [
        lambda engine, n: engine.up(f"web-{n}", name=f"Web {n}"),
        lambda engine, _: engine.get("1"),
    ],
    ids=["create", "read"],
)
def test_all_workers_have_a_request_in_flight(
    step: Callable[[WireEngine, int], object], front: Name
) -> None:
    """As many calls as there are workers wait for PostHog at once, also if all came at the start.

    The first call configures the provider while the others wait, as in a refresh.
    """
    with (
        ThreadPoolExecutor(WIDTH) as calls,
        running() as alone,
        WireEngine(ProjectProvider(), account(Ui(alone.new_tenant())), front=front) as engine,
    ):
        alone.control.fault(Fault(delay=600, times=None))
        _ = [calls.submit(step, engine, n) for n in MANY]
        in_flight = reached(alone, WIDTH)

    assert in_flight == WIDTH == 32


def test_requests_of_many_projects(engine: WireEngine, ui: Ui) -> None:
    """However many calls run at once, each project takes one request for each of its steps."""
    sent = []
    steps: list[Callable[[int], object]] = [
        lambda n: engine.up(f"web-{n}", name=f"Web {n}", timezone="UTC", force_destroy=True),
        lambda n: engine.up(f"web-{n}", name=f"Web {n}", timezone="UTC", force_destroy=True),
        lambda n: engine.up(
            f"web-{n}", name=f"Web {n}", timezone="Europe/Berlin", force_destroy=True
        ),
        lambda n: engine.refresh(f"web-{n}"),
        lambda n: engine.destroy(f"web-{n}"),
    ]
    with ThreadPoolExecutor(WIDTH) as calls:
        sent = [(list(calls.map(step, MANY)), sorted(ui.requests()))[1] for step in steps]

    assert sent == [
        [CREATE] * WIDTH,
        [],
        [UPDATE] * WIDTH,
        [READ] * WIDTH,
        [DELETE] * WIDTH,
    ]
