from collections.abc import Iterator

import pytest
from emulator_process import Emulator


@pytest.fixture(scope="session")
def current() -> Iterator[Emulator]:
    """Today's server, shared by the tests of one worker."""
    with Emulator.start("current") as emulator:
        yield emulator


@pytest.fixture(scope="session")
def docs() -> Iterator[Emulator]:
    """The server of the docs page, shared likewise."""
    with Emulator.start("docs-2025") as emulator:
        yield emulator
