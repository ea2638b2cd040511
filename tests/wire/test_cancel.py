import threading
from typing import Any

import pytest
from support.fronts import Name
from support.posthog_ui import Ui
from support.wire_engine import StepFailedError, WireEngine, account

from posthog_pulumi.provider import ProjectProvider


def test_a_cancelled_run_waits_no_more(ui: Ui, front: Name) -> None:
    """Ctrl-C ends a wait for a rate limit at once, with a line that says so, and sends nothing."""
    ui.fault("POST", status=429, headers={"Retry-After": "600"})
    failures: list[Any] = []
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:

        def up() -> None:
            with pytest.raises(StepFailedError) as caught:
                engine.up("web", name="web")
            failures.append(str(caught.value))

        running = threading.Thread(target=up)
        running.start()
        while running.is_alive() and not ui.requests():
            running.join(0.05)
        engine.cancel()
        running.join(30)

    assert failures == ["project 'web' was not created: the run was cancelled while it waited."]
