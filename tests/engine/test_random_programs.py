"""A few random programs on the real CLI; ``tests/matrix`` tries many more without it."""

import pytest
from support.cli_engine import Stack
from support.posthog_ui import Ui
from support.program_seeds import Ids, Seed, program_of


def ids(stack: Stack) -> Ids:
    """The projects in the state."""
    entries = stack.state().items()
    return {name: entry.id for name, entry in entries if entry.type.endswith(":Project")}


@pytest.mark.usefixtures("session_on_stack")
@pytest.mark.parametrize("number", range(3))
def test_a_random_program(stack: Stack, ui: Ui, number: int) -> None:
    """After edits and changes by hand a refresh and an `up` bring all together; nothing is left."""
    seed = Seed.of(number)
    ui.create(name="By hand")
    stack.up(program_of(seed.before))
    seed.touch(ui, ids(stack))
    stack.refresh()
    stack.up(program_of(seed.after))
    stack.requests()
    again = stack.up(program_of(seed.after))
    sent, live, there = stack.requests(), seed.live(ui, ids(stack)), ui.projects()
    stack.destroy()

    assert (set(again.steps.values()), sent) == ({"same"}, [])
    assert live == seed.declared()
    assert there == sorted(["By hand", *seed.names()])
    assert ui.projects() == ["By hand"]
    assert stack.state() == {}
