from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench.idle import SHAPES
from tools.bench.life import ROTATION, SETTINGS, run, shapes
from tools.bench.posthog import PostHog, posthog
from tools.bench.results import Case

pytestmark = pytest.mark.usefixtures("_pulumi_on_path")

FEW = Case(3)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostHog]:
    """A PostHog that is measured against."""
    with posthog(tmp_path_factory.mktemp("posthog")) as running:
        yield running


def test_requests_of_each_operation(server: PostHog) -> None:
    """A project takes one request where it is made, changed, read or deleted, else none."""
    measured = run(server, FEW, "projects", SETTINGS, server.tenant())

    assert {one.operation: one.requests for one in measured} == {
        "create": 3,
        "no-op": 0,
        "preview": 0,
        "update": 3,
        "refresh": 3,
        "destroy": 3,
    }


def test_the_native_provider_sends_the_same(server: PostHog) -> None:
    """Its figures stand beside the others."""
    measured = run(server, FEW, "native", [*SETTINGS[:2], *SETTINGS[3:]], server.tenant())
    rotated = run(server, FEW, "native", ROTATION, server.tenant())

    assert [one.requests for one in measured] == [3, 0, 3, 3, 3]
    assert [one.requests for one in rotated] == [9, 12]
    assert measured[0].memory_bytes > 0


def test_rotation_beside_its_floor(server: PostHog, tmp_path: Path) -> None:
    """What does nothing leaves as much in the state, so that only the work makes a difference."""
    file = tmp_path / "shapes.json"
    file.write_text(shapes(server, ROTATION))
    floor = run(server, FEW, "idle", ROTATION, {SHAPES: str(file)})
    ours = run(server, FEW, "projects", ROTATION, server.tenant())

    assert [one.requests for one in ours] == [9, 12]
    assert [one.requests for one in floor] == [0, 0]
    assert [one.state_bytes for one in floor] == pytest.approx(
        [one.state_bytes for one in ours], rel=0.1
    )
