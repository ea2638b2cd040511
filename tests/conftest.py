"""The fixtures of all tests; an emulated PostHog comes from the plugin that users have too."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.cli_engine import Stack, cli
from support.emulator_api import Api
from support.fronts import FRONTS, Name
from support.native_resources import RESOURCES, Resources
from support.posthog_ui import Ui
from support.wire_engine import WireEngine, account

from posthog_pulumi.client import logs
from posthog_pulumi.emulator import Emulator, Tenant, running
from posthog_pulumi.provider import ProjectProvider
from tools.plugin import executable_in

pytest_plugins = ["posthog_pulumi.emulator.pytest_plugin"]


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """No variable of the developer's own reaches a test, or a process that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("POSTHOG", "PULUMI"))]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def _loggers_as_imported() -> None:
    """No handler of an earlier test is left, so that ``caplog`` sees every record."""
    logger = logging.getLogger("posthog_pulumi")
    logger.handlers, logger.propagate, logger.level = [], True, logging.NOTSET


@pytest.fixture
def stderr(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What the package has written to stderr, without ``POSTHOG_PULUMI_LOG``."""
    logs.to_stderr({})
    return lambda: capsys.readouterr().err


@pytest.fixture(scope="session")
def posthog_emulator_2025() -> Iterator[Emulator]:
    """The PostHog of mid-2025, as its API page describes it."""
    with running("docs-2025") as emulator:
        yield emulator


@pytest.fixture
def posthog_2025(posthog_emulator_2025: Emulator) -> Tenant:
    """What ``posthog`` is, in the PostHog of mid-2025."""
    posthog_emulator_2025.control.clear_faults()
    return posthog_emulator_2025.new_tenant()


@pytest.fixture
def api(posthog: Tenant) -> Api:
    """Calls to the test's own organization."""
    return Api(posthog)


@pytest.fixture
def api_2025(posthog_2025: Tenant) -> Api:
    """The same, in the PostHog of mid-2025."""
    return Api(posthog_2025)


@pytest.fixture(params=["api", "api_2025"])
def either_api(request: pytest.FixtureRequest) -> Api:
    """One after the other, so that the test runs twice."""
    api: Api = request.getfixturevalue(request.param)
    return api


@pytest.fixture
def ui(posthog: Tenant) -> Ui:
    """The owner of the test's own organization, in the browser."""
    return Ui(posthog)


@pytest.fixture
def ui_2025(posthog_2025: Tenant) -> Ui:
    """The same, in the PostHog of mid-2025."""
    return Ui(posthog_2025)


@pytest.fixture(scope="session", params=FRONTS)
def front(request: pytest.FixtureRequest) -> Name:
    """The front that the test runs on; each test that asks for it runs on both."""
    name: Name = request.param
    return name


@pytest.fixture
def engine(ui: Ui, front: Name) -> Iterator[WireEngine]:
    """The provider's process, configured for the test's own organization."""
    with WireEngine(ProjectProvider(), account(ui), front=front) as running:
        yield running


@pytest.fixture
def engine_2025(ui_2025: Ui, front: Name) -> Iterator[WireEngine]:
    """The same, in the PostHog of mid-2025."""
    with WireEngine(ProjectProvider(), account(ui_2025), front=front) as running:
        yield running


@pytest.fixture(scope="session")
def shared_ui(posthog_emulator: Emulator, front: Name) -> Ui:  # noqa: ARG001  # one for each
    """The owner of an organization that many tests share, each with projects of its own."""
    return Ui(posthog_emulator.new_tenant())


@pytest.fixture(scope="session")
def shared_engine(shared_ui: Ui, front: Name) -> Iterator[WireEngine]:
    """A provider's process that many tests share, configured for that organization."""
    with WireEngine(ProjectProvider(), account(shared_ui), front=front) as running:
        yield running


@pytest.fixture(scope="session")
def shared_ui_2025(posthog_emulator_2025: Emulator, front: Name) -> Ui:  # noqa: ARG001  # the same
    """The same, in the PostHog of mid-2025."""
    return Ui(posthog_emulator_2025.new_tenant())


@pytest.fixture(scope="session")
def shared_engine_2025(shared_ui_2025: Ui, front: Name) -> Iterator[WireEngine]:
    """The same, in the PostHog of mid-2025."""
    with WireEngine(ProjectProvider(), account(shared_ui_2025), front=front) as running:
        yield running


@pytest.fixture(scope="session")
def pulumi_folder() -> Path:
    """The folder of the Pulumi CLI; if there is none, every test of the engine fails."""
    return cli()


@pytest.fixture
def _pulumi_on_path(pulumi_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Pulumi CLI is the first one on ``PATH``."""
    monkeypatch.setenv("PATH", str(pulumi_folder), prepend=os.pathsep)


@pytest.fixture
def stack(tmp_path: Path, ui: Ui, _pulumi_on_path: None) -> Stack:
    """A stack on the real engine, whose environment names the test's own organization."""
    return Stack(tmp_path, ui)


@pytest.fixture
def plugin(stack: Stack, tmp_path: Path) -> None:
    """The plugin's executable is on the stack's ``PATH``."""
    stack.environ["PATH"] = os.pathsep.join([str(executable_in(tmp_path)), os.environ["PATH"]])


@pytest.fixture
def resources(front: Name, plugin: None) -> Resources:  # noqa: ARG001  # the native front's
    """What the test's program declares resources with: on either front, one after the other."""
    return RESOURCES[front]


@pytest.fixture
def session_on_stack(stack: Stack, ui: Ui) -> None:
    """The stack has a session beside its key."""
    stack.environ["POSTHOG_SESSION_ID"] = ui.tenant.session_id


@pytest.fixture
def stack_2025(tmp_path: Path, ui_2025: Ui, _pulumi_on_path: None) -> Stack:
    """The same, in the PostHog of mid-2025."""
    return Stack(tmp_path, ui_2025)
