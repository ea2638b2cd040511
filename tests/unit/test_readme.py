import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from support.our_resources import RESOURCES, OurResource

import posthog_pulumi
from posthog_pulumi import PostHogProject
from posthog_pulumi.config import ENVIRONMENT

ROOT = Path(posthog_pulumi.__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
NOT_OURS = {"resource_name", "opts", "settings"}


def arguments(resource: type[Any]) -> list[str]:
    """What a program may give a resource, beside its name and Pulumi's options."""
    return [name for name in inspect.signature(resource).parameters if name not in NOT_OURS]


def row(resource: str) -> str:
    """The resource's row in the table of resources."""
    rows = [line for line in README.splitlines() if line.startswith(f"| `{resource}`")]
    return "".join(rows)


@pytest.mark.parametrize("ours", RESOURCES[1:], ids=str)
def test_arguments(ours: OurResource) -> None:
    """README names every argument of a resource in its row."""
    text = row(ours.resource.__name__)
    missing = [name for name in arguments(ours.resource) if f"`{name}`" not in text]

    assert missing == [], "add it to the row in README's table of resources"


def test_arguments_of_a_project() -> None:
    """Those of a project stand in a chapter of their own."""
    chapter = README.partition("## Every argument of `PostHogProject`")[2]

    assert [name for name in arguments(PostHogProject) if f"`{name}" not in chapter] == []


@pytest.mark.parametrize("name", posthog_pulumi.__all__)
def test_public_names(name: str) -> None:
    """README names everything that a program may import."""
    assert f"`{name.removesuffix('_output')}" in README


@pytest.mark.parametrize(("key", "variables"), ENVIRONMENT.items())
def test_configuration(key: str, variables: tuple[str, ...]) -> None:
    """README's table of the configuration has every key, and the variables behind it in order."""
    row_of_key = next(line for line in README.splitlines() if line.startswith(f"| `{key}`"))

    assert re.findall(r"`(POSTHOG\w+)`", row_of_key.split("|")[2]) == [*variables]


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE)))
)
def test_targets(target: str) -> None:
    """Every command that README gives is one that `make help` lists."""
    assert f"\n{target}: " in (ROOT / "Makefile").read_text("utf-8")
