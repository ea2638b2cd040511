from concurrent.futures import ThreadPoolExecutor

import pytest
from support.fronts import Name
from support.in_flight import arrived
from support.posthog_ui import CREATE, Ui
from support.wire_engine import StepFailedError, WireEngine, account

from posthog_pulumi.provider import ProjectProvider


def test_an_idle_provider_ends_with_its_engine(ui: Ui, front: Name) -> None:
    """A provider that has nothing to do is not left behind by a killed CLI."""
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:
        engine.up("web", name="web")
        code = engine.die()

    assert code == 1


def test_a_waiting_provider_ends_with_its_engine(ui: Ui, front: Name) -> None:
    """One that waits for a rate limit sends nothing more once its engine is gone."""
    ui.fault("POST", status=429, headers={"Retry-After": "600"})
    with (
        ThreadPoolExecutor(1) as calls,
        WireEngine(ProjectProvider(), account(ui), front=front) as engine,
    ):
        waiting = calls.submit(engine.up, "web", name="web")
        arrived(ui.tenant, 1)
        code = engine.die()
        with pytest.raises(StepFailedError):
            waiting.result(30)

    assert code == 1
    assert ui.requests() == [CREATE]
