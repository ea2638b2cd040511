import json

from support.fronts import Name
from support.posthog_actions import signed_in
from support.posthog_ui import Ui
from support.wire_engine import WireEngine

from posthog_pulumi.provider import SecretTokenProvider


def test_the_armed_trigger_of_a_secret_token_is_a_secret(ui: Ui, front: Name) -> None:
    """A trigger may be one, and the engine marks only the output of the same name as its input."""
    project, trigger = ui.create(name="Web"), {"ticket": "marked-ticket"}
    with WireEngine(SecretTokenProvider(), signed_in(ui), front=front) as engine:
        made = engine.up("token", project_id=project, rotate_when_changed=trigger)
        refreshed = engine.refresh("token")
        removed = engine.up("token", project_id=project)

    assert made.outputs["__armed"] == trigger
    assert made.secrets == {"token", "__armed"}
    assert removed.secrets == {"token"}
    assert "marked-ticket" in json.dumps(refreshed)
    assert "marked-ticket" not in json.dumps(removed.outputs)
