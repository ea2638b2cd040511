import logging
import os
from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from posthog_pulumi.client import logs


@pytest.fixture(autouse=True)
def _clean_environment() -> Iterator[None]:
    """No test sees the settings of the person who runs it."""
    ours = {name: value for name, value in os.environ.items() if "POSTHOG" not in name}
    with mock.patch.dict(os.environ, ours, clear=True):
        yield


@pytest.fixture(autouse=True)
def _loggers_as_imported() -> None:
    """No handler of an earlier test is left, so that ``caplog`` sees every record."""
    logger = logging.getLogger("posthog_pulumi")
    logger.handlers, logger.propagate, logger.level = [], True, logging.NOTSET


@pytest.fixture
def stderr(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What the user is told, without ``POSTHOG_PULUMI_LOG``."""
    logs.to_stderr({})
    return lambda: capsys.readouterr().err
