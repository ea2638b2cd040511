"""Fixtures for suites that test against an emulated PostHog, as ``docs/emulator.md`` shows."""

from collections.abc import Iterator

import pytest

from posthog_pulumi.emulator.handle import Emulator, Tenant
from posthog_pulumi.emulator.launcher import running


@pytest.fixture(scope="session")
def posthog_emulator() -> Iterator[Emulator]:
    """An emulated PostHog on a free port; with pytest-xdist, one per worker."""
    with running() as emulator:
        yield emulator


@pytest.fixture
def posthog(posthog_emulator: Emulator) -> Tenant:
    """An organization of the test's own in it, without the faults that an earlier test added."""
    posthog_emulator.control.clear_faults()
    return posthog_emulator.new_tenant()
