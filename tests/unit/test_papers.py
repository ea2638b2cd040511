"""What README and the documentation list is what there is."""

import re

import pytest
from support.our_resources import RESOURCES, OurResource, arguments_of
from support.papers import PAPERS, ROOT, text

import posthog_pulumi
from posthog_pulumi import PostHogProject
from posthog_pulumi.config import ENVIRONMENT


def row(page: str, start: str) -> str:
    """The row of a page's table that begins so."""
    return "".join(line for line in text(page).splitlines() if line.startswith(start))


@pytest.mark.parametrize("ours", RESOURCES[1:], ids=str)
def test_arguments(ours: OurResource) -> None:
    """The table of resources names every argument."""
    shown = row("docs/resources.md", f"| `{ours.resource.__name__}`")
    missing = [name for name in arguments_of(ours.resource) if f"`{name}`" not in shown]

    assert missing == [], "add it to the row in docs/resources.md"


def test_arguments_of_a_project() -> None:
    """Those of a project have a page of their own."""
    page = text("docs/settings.md")

    assert [name for name in arguments_of(PostHogProject) if f"`{name}" not in page] == []


@pytest.mark.parametrize("name", posthog_pulumi.__all__)
def test_public_names(name: str) -> None:
    """Everything that a program may import stands in a table."""
    tables = text("docs/resources.md") + text("docs/lookups.md")

    assert f"\n| `{name.removesuffix('_output')}`" in tables


@pytest.mark.parametrize(("key", "variables"), ENVIRONMENT.items())
def test_configuration(key: str, variables: tuple[str, ...]) -> None:
    """The table of the configuration has every key, and the variables behind it in order."""
    cells = row("docs/credentials.md", f"| `{key}`").split("|")

    assert re.findall(r"`(POSTHOG\w+)`", cells[2]) == [*variables]


@pytest.mark.parametrize("page", PAPERS)
def test_targets(page: str) -> None:
    """Every target of make that a page gives is one that `make help` lists."""
    targets = set(re.findall(r"(?:^|`)make ([a-z-]+)", text(page), re.MULTILINE))

    assert targets - set(re.findall(r"^([a-z-]+): .*## ", text("Makefile"), re.MULTILINE)) == set()


def test_every_page_is_in_the_menu() -> None:
    """The first page of the documentation, which makes the menu, links to each of the others."""
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}

    assert set(re.findall(r"^- \[.+?\]\((\w+\.md)\)", text("docs/index.md"), re.MULTILINE)) == pages
