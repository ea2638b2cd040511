import keyword

import pytest

from posthog_pulumi.adopt.names import resource_names, variable


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Website", "website"),
        ("  Web  (EU) ", "web-eu"),
        ("Straße & Größe", "strasse-grosse"),
        ("3D", "project-3d"),
        ("two\nlines", "two-lines"),
        ("日本語", "project-7"),
        ("::", "project-7"),
        ("Project", "project-7"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_name(name: str, expected: str) -> None:
    """Pulumi's name is the project's in lower-case letters, digits and dashes."""
    assert resource_names({"7": name}) == {"7": expected}


def test_equal_names_get_the_id() -> None:
    """All that would be equal end with their id, so that none depends on the order."""
    names = resource_names({"1": "Web", "2": "web!", "3": "Shop"})

    assert names == {"1": "web-1", "2": "web-2", "3": "shop"}


def test_a_name_that_looks_like_one_with_an_id() -> None:
    """They differ in the end, however often what was made up is taken."""
    names = resource_names({"1": "Web", "2": "Web", "3": "Web 1", "4": "Web 1 3"})

    assert names == {"1": "web-1-1", "2": "web-2", "3": "web-1-3-3", "4": "web-1-3-4"}


def test_a_name_that_the_stack_has() -> None:
    """It is told from what the stack has already, which keeps its name."""
    names = resource_names({"2": "Web", "3": "Shop"}, ["web", "shop-3", "web"])

    assert names == {"2": "web-2", "3": "shop"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("web-eu", "web_eu"),
        ("class", "class_"),
        ("match", "match_"),
        ("print", "print_"),
        ("pulumi", "pulumi_"),
        ("posthog-pulumi", "posthog_pulumi_"),
        ("3 d", "project_3_d"),
    ],
)
def test_a_variable(name: str, expected: str) -> None:
    """It is a name that Python takes, and hides nothing that a program uses."""
    assert variable(name) == expected
    assert expected.isidentifier()
    assert not keyword.iskeyword(expected)
