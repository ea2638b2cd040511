from collections.abc import Iterator

import pytest
from support.emulator_api import Api
from support.emulator_process import Emulator


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


@pytest.fixture
def now(current: Emulator) -> Api:
    """An organization of the test's own on today's server."""
    return Api.of(current)


@pytest.fixture
def then(docs: Emulator) -> Api:
    """An organization of the test's own on the docs page's server."""
    return Api.of(docs)


@pytest.fixture(params=["current", "docs-2025"])
def either(request: pytest.FixtureRequest) -> Api:
    """An organization of the test's own, on each of the servers."""
    names = {"current": "current", "docs-2025": "docs"}
    return Api.of(request.getfixturevalue(names[request.param]))
