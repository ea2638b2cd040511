import os
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fronts import Name
from support.generated_settings import LEFT_OUT, normal, on, values
from support.posthog_ui import Ui
from support.properties import GENERATED
from support.wire_engine import WireEngine, account

from posthog_pulumi.emulator import Emulator
from posthog_pulumi.models.settings import SETTINGS, managed_part, normalised
from posthog_pulumi.provider import ProjectProvider

EXAMPLES: Final = 50 if os.environ.get("POSTHOG_SOAK") else 3
CASES: Final = [(server, name) for server in ("current", "docs-2025") for name in on(server)]
NUMBERS: Final = count()

Declare = Callable[[str, list[Any]], list[Any]]
"""Declares a setting with one value after the other, and gives what came of it."""


@pytest.fixture(scope="session")
def servers(
    posthog_emulator: Emulator, posthog_emulator_2025: Emulator, front: Name
) -> Iterator[Mapping[str, Declare]]:
    """Both servers, each with a provider's process."""
    ui, ui_2025 = Ui(posthog_emulator.new_tenant()), Ui(posthog_emulator_2025.new_tenant())
    ui.create(name="Never the last one")  # which PostHog does not delete
    with (
        WireEngine(ProjectProvider(), account(ui), front=front) as engine,
        WireEngine(ProjectProvider(), account(ui_2025), front=front) as engine_2025,
    ):
        yield {
            "current": lambda name, given: declared(engine, ui, name, given),
            "docs-2025": lambda name, given: declared(engine_2025, ui_2025, name, given),
        }


def declared(engine: WireEngine, ui: Ui, setting: str, given: list[Any]) -> list[Any]:
    """Declare one value after the other, each with a second ``up``, a refresh and a third one.

    Returns:
        For each value the three steps, the outputs before and after the refresh, and PostHog's own.
    """
    name, found = f"{setting} {next(NUMBERS)}", []
    for value in given:
        arguments = {"name": name, setting: value}
        first = engine.up(name, **arguments)
        again = engine.up(name, **arguments)
        refreshed = engine.refresh(name) or {}
        after = engine.up(name, **arguments)
        live = normalised(ui.project(first.id)).get(setting)
        kept = managed_part(setting, live, normal(setting, value))
        steps = (first.step in {"create", "update", "same"}, again.step, after.step)
        found.append((*steps, first.outputs.get(setting), refreshed.get(setting), kept))
    engine.destroy(name)
    return found


def as_declared(setting: str, given: list[Any]) -> list[Any]:
    """What should come of it: nothing to do twice, and thrice the declared value."""
    return [(True, "same", "same", *[normal(setting, value)] * 3) for value in given]


def test_every_setting_is_tried() -> None:
    """Those that need more than a value have tests of their own in ``test_settings``."""
    assert {setting for _, setting in CASES} | LEFT_OUT.keys() == SETTINGS.keys()


@pytest.mark.parametrize(("server", "setting"), CASES)
@settings(GENERATED, max_examples=EXAMPLES)
@given(data=st.data())
def test_any_value_arrives_and_stays(
    servers: Mapping[str, Declare], server: str, setting: str, data: st.DataObject
) -> None:
    """Whatever a setting is declared as, at first and later, is what PostHog and the state have."""
    pair = data.draw(st.lists(values(setting), min_size=2, max_size=2))

    assert servers[server](setting, pair) == as_declared(setting, pair)
