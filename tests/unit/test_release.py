import pytest

from tools.release import objections

READY = "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n"


def test_ready() -> None:
    """A dated section, everything committed, and a tag that is free."""
    assert objections("0.2.0", READY, "", ["v0.1.0"]) == []


@pytest.mark.parametrize(
    ("version", "changelog", "changed", "tags", "start"),
    [
        ("0.3.0", READY, "", [], "CHANGELOG.md has no section “## 0.3.0 -"),
        ("0.2.0", "## 0.2.0\n", "", [], "CHANGELOG.md has no section"),
        ("0.2.0", "## 0.2.01 - 2026-12-01\n", "", [], "CHANGELOG.md has no section"),
        ("0.2.0", READY, " M README.md\n", [], "There are changes that are not committed."),
        ("0.2.0", READY, "", ["v0.2.0"], "The tag v0.2.0 exists"),
    ],
    ids=["no section", "no date", "another version", "changes", "tag"],
)
def test_not_ready(version: str, changelog: str, changed: str, tags: list[str], start: str) -> None:
    """Each reason is a sentence of its own."""
    found = objections(version, changelog, changed, tags)

    assert [text.startswith(start) for text in found] == [True]
