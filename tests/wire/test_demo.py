from support.fronts import Name
from support.posthog_actions import DEMO_DATA, signed_in
from support.posthog_ui import CREATE, Ui
from support.wire_engine import WireEngine

from posthog_pulumi.provider import ProjectProvider


def test_waiting_without_a_session_records_the_project(ui: Ui, front: Name) -> None:
    """The project exists by then, so what cannot be waited for is a warning, not an error."""
    with WireEngine(ProjectProvider(), signed_in(ui, "sessionId"), front=front) as engine:
        engine.up("demo", name="Demo", is_demo=True, wait_for_demo_data=True)
        again = engine.up("demo", name="Demo", is_demo=True, wait_for_demo_data=True)
    sent = ui.requests()

    assert again.step == "same"
    assert sent == [CREATE, DEMO_DATA]
    assert "was created, but its demo data was not waited for" in engine.stderr
    assert "Set posthog:sessionId" in engine.stderr
