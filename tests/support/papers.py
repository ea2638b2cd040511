"""What README and the other pages print: their links, commands and programs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAPERS: Final = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/*.md", "examples/*/README.md")
    for path in ROOT.glob(pattern)
)
"""The pages that readers copy from."""

_STEP: Final = re.compile(r"- (?:run: )?((?:pip|pulumi|posthog-pulumi) .+)")
"""A step of a workflow, or a line of a script, that runs a command."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    number: int
    """Among those of its language on the page, from 0."""
    text: str

    def __str__(self) -> str:
        return f"{self.page} {self.number}"


def text(page: str) -> str:
    """A page, by its path in the repository."""
    return (ROOT / page).read_text("utf-8")


def blocks(language: str, pages: Iterable[str] = PAPERS) -> list[Block]:
    """The fenced blocks of that language, in order."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [
        Block(page, number, found[1])
        for page in pages
        for number, found in enumerate(pattern.finditer(text(page)))
    ]


def commands(block: str) -> list[str]:
    """The command lines of a console block, without prompts and comments."""
    lines = (re.sub(r"(?:^|\s+)# .*", "", line.removeprefix("$ ")) for line in block.splitlines())
    return [line.strip() for line in lines if line.strip()]


def steps(workflow: str) -> list[str]:
    """The command lines of a workflow for GitHub Actions or GitLab."""
    return [found[1].partition(" #")[0] for found in _STEP.finditer(workflow)]


def printed(pages: Iterable[str] = PAPERS) -> Iterator[tuple[str, str]]:
    """Each command line that a page prints, after the page."""
    pages = list(pages)
    for block in blocks("console", pages):
        yield from ((block.page, command) for command in commands(block.text))
    for block in blocks("yaml", pages):
        yield from ((block.page, command) for command in steps(block.text))


def anchors(page: str) -> set[str]:
    """The anchors that GitHub, and the site, give the headings of a page."""
    prose = re.sub(r"^```.*?^```", "", text(page), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def links(page: str) -> list[tuple[str, str]]:
    """The file and the anchor of each link into the repository; an empty file is the page."""
    found = re.findall(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)", text(page))
    return [(file, anchor) for file, anchor in found]
