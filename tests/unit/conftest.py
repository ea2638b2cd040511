import os
from collections.abc import Iterator
from unittest import mock

import pytest


@pytest.fixture(autouse=True)
def _clean_environment() -> Iterator[None]:
    """No test sees the settings of the person who runs it."""
    ours = {name: value for name, value in os.environ.items() if "POSTHOG" not in name}
    with mock.patch.dict(os.environ, ours, clear=True):
        yield
