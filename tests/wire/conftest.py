import os
from collections.abc import Iterator

import pytest
from support.emulator_process import Emulator
from support.posthog_ui import Ui
from support.wire_engine import WireEngine, account

from posthog_pulumi.provider import ProjectProvider


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the developer's own reaches the provider."""
    for name in [name for name in os.environ if name.startswith(("POSTHOG", "PULUMI"))]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def today() -> Iterator[Emulator]:
    """Today's PostHog, shared by the tests of one worker."""
    with Emulator.start("current") as emulator:
        yield emulator


@pytest.fixture(scope="session")
def mid_2025() -> Iterator[Emulator]:
    """PostHog as its API page describes it, shared likewise."""
    with Emulator.start("docs-2025") as emulator:
        yield emulator


@pytest.fixture
def ui(today: Emulator) -> Ui:
    """The browser of the owner of a test's own organization."""
    today.clear_faults()
    return Ui(today, today.tenant())


@pytest.fixture
def ui_of_2025(mid_2025: Emulator) -> Ui:
    """The same, on PostHog of mid-2025."""
    mid_2025.clear_faults()
    return Ui(mid_2025, mid_2025.tenant())


@pytest.fixture(scope="session")
def shared_ui(today: Emulator) -> Ui:
    """An organization that many tests share, each with projects of its own."""
    return Ui(today, today.tenant())


@pytest.fixture(scope="session")
def shared(shared_ui: Ui) -> Iterator[WireEngine]:
    """A provider's process that many tests share."""
    with WireEngine(ProjectProvider(), account(shared_ui)) as running:
        yield running


@pytest.fixture(scope="session")
def shared_of_2025(mid_2025: Emulator) -> Iterator[WireEngine]:
    """The same, on PostHog of mid-2025."""
    with WireEngine(ProjectProvider(), account(Ui(mid_2025, mid_2025.tenant()))) as running:
        yield running


@pytest.fixture
def engine(ui: Ui) -> Iterator[WireEngine]:
    """The provider's process, configured for the test's organization."""
    with WireEngine(ProjectProvider(), account(ui)) as running:
        yield running


@pytest.fixture
def engine_of_2025(ui_of_2025: Ui) -> Iterator[WireEngine]:
    """The same, on PostHog of mid-2025."""
    with WireEngine(ProjectProvider(), account(ui_of_2025)) as running:
        yield running
