"""What a run already has is never taken for the project of a create whose response was lost."""

from collections.abc import Callable

import pytest
from support.fake_posthog import ACME, FakePostHog, body, state, wanted
from support.fake_posthog_secrets import lost

from posthog_pulumi.errors import APIConnectionError, ConflictError
from posthog_pulumi.lifecycle import project
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.create import create, make

KNOWN_BY: dict[str, Callable[[Connection], object]] = {
    "create": lambda on: create(on, wanted()),
    "refresh": lambda on: project.read(on, "1", state()),
    "update": lambda on: project.update(on, "1", state(), wanted()),
    "get": lambda on: project.get(on, "1", {}),
}


@pytest.mark.parametrize("step", KNOWN_BY)
def test_known_projects(step: str) -> None:
    """A project of the same name and age that another resource has is not adopted, nor a doubt."""
    posthog = FakePostHog({} if step == "create" else {1: body()})
    on = posthog.connection()
    KNOWN_BY[step](on)
    posthog.fail("POST", lost())

    with pytest.raises(APIConnectionError):
        create(on, wanted())
    assert list(posthog.projects) == [1]


def test_one_after_the_other() -> None:
    """Creates of one name wait for each other, so that each has seen the others' projects."""
    posthog = FakePostHog()
    on = posthog.connection()
    held: list[bool] = []
    posthog.later(0, lambda: held.append(on.memory.name("Web").locked()))
    create(on, wanted())

    assert held == [True]
    assert not on.memory.name("Web").locked()
    assert on.memory.name("Web") is not on.memory.name("Shop")


NAMES = ['The "new" web', "Web, v2", "Bob's \\ web", "100 %_"]


@pytest.mark.parametrize("name", NAMES)
def test_a_conflict_of_such_a_name(name: str) -> None:
    """So is the project that has the name already."""
    posthog = FakePostHog({5: body(5, name=name)}, unsearchable="\"',\\%_")
    posthog.fail("POST", ConflictError("Taken."))

    with pytest.raises(ConflictError, match="It is project 5"):
        make(posthog.connection(), ACME, {"name": name})


@pytest.mark.parametrize("name", NAMES)
def test_names_that_a_search_may_miss(name: str) -> None:
    """A lost create is looked for in the whole list, since the search may not know a character."""
    posthog = FakePostHog(unsearchable="\"',\\%_")
    posthog.fail("POST", lost(), done=True)
    found = make(posthog.connection(), ACME, {"name": name})

    assert [found.id] == list(posthog.projects)
