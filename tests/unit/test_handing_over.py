import inspect
from collections.abc import Callable
from typing import Any

import pytest
from pulumi import Output
from support.mocked_programs import run
from support.our_resources import RESOURCES, OurResource
from support.project_provider import request

from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.provider import PostHogResourceProvider
from posthog_pulumi.steps.border import Configured

NOT_A_PROJECT = RESOURCES[1:]
"""Which outputs a project has depends on what the program declares."""
READ = [(ours, lambda it, state: it.read("7", state)) for ours in RESOURCES]
DELETE = [(ours, lambda it, state: it.delete("7", state)) for ours in RESOURCES[:3]]
"""Deleting a product intent needs no PostHog."""


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_steps(ours: OurResource) -> None:
    """A provider holds nothing until it is configured, and then the steps of its resource."""
    made = ours.provider()
    before = dict(vars(made))
    made.configure(request())
    (steps,) = vars(made).values()

    assert before == {}
    assert isinstance(steps, Configured)
    assert steps.__class__.__name__ == ours.provider.__name__.replace("Provider", "Steps")


@pytest.mark.parametrize(("ours", "step"), [*READ, *DELETE])
def test_bad_configuration(
    ours: OurResource, step: Callable[[PostHogResourceProvider, dict[str, Any]], object]
) -> None:
    """With a configuration that cannot be used, a step that needs PostHog says why."""
    made = ours.provider()
    made.configure(request(apiKey="phc_project1"))

    with pytest.raises(ConfigurationError, match="posthog:apiKey is a project API key"):
        step(made, {**ours.least, **ours.added})


@pytest.mark.parametrize("ours", NOT_A_PROJECT, ids=str)
def test_outputs(ours: OurResource) -> None:
    """What PostHog adds is there for the rest of the program."""
    state = {**ours.least, **ours.added}
    outputs = {name: state[name] for name in inspect.get_annotations(ours.resource)}

    def program() -> dict[str, Output[Any]]:
        made = ours.resource("it", **ours.least)
        return {name: getattr(made, name) for name in outputs}

    read = run(program, posthog=outputs).outputs

    assert outputs
    assert {name: one.value for name, one in read.items()} == outputs
