from support.fronts import Name
from support.posthog_ui import Ui
from support.wire_engine import WireEngine, account

from posthog_pulumi.provider import ProjectProvider


def test_an_idle_provider_ends_with_its_engine(ui: Ui, front: Name) -> None:
    """A provider that has nothing to do is not left behind by a killed CLI."""
    with WireEngine(ProjectProvider(), account(ui), front=front) as engine:
        engine.up("web", name="web")
        code = engine.die()

    assert code == 1
