import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cli_engine import Stack, cli
from support.emulator_process import Emulator, Tenant
from support.posthog_ui import Ui


@pytest.fixture(scope="session", autouse=True)
def _pulumi_on_path() -> Iterator[None]:
    """The Pulumi CLI; that there is none fails every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(cli()), prepend=os.pathsep)
        yield


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the developer's own reaches a command."""
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
def posthog(today: Emulator) -> Iterator[Emulator]:
    """Today's PostHog, without the faults that an earlier test ordered."""
    today.clear_faults()
    yield today
    today.clear_faults()


@pytest.fixture
def tenant(posthog: Emulator) -> Tenant:
    """An organization of the test's own on today's PostHog, and its owner."""
    return posthog.tenant()


@pytest.fixture
def ui(posthog: Emulator, tenant: Tenant) -> Ui:
    """The browser of the organization's owner."""
    return Ui(posthog, tenant)


@pytest.fixture
def stack(tmp_path: Path, ui: Ui) -> Stack:
    """A stack whose environment names the test's own organization."""
    return Stack(tmp_path, ui)


@pytest.fixture
def ui_of_2025(mid_2025: Emulator) -> Ui:
    """The same, on PostHog of mid-2025."""
    mid_2025.clear_faults()
    return Ui(mid_2025, mid_2025.tenant())


@pytest.fixture
def stack_of_2025(tmp_path: Path, ui_of_2025: Ui) -> Stack:
    """The same, on PostHog of mid-2025."""
    return Stack(tmp_path, ui_of_2025)
