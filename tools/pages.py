"""Pages of the documentation with the parts that `make generate` writes, between two comments."""

from pathlib import Path
from typing import Final

from tools import failures, messages

DOCS: Final = Path(__file__).parent.parent / "docs"
BEGINS: Final = "<!-- {}: written by `make generate` -->\n"
ENDS: Final = "<!-- {} end -->\n"


def page(name: str, **parts: str) -> str:
    """A page with its written parts as they must be."""
    text = (DOCS / name).read_text("utf-8")
    for part, written in parts.items():
        begins, ends = BEGINS.format(part), ENDS.format(part)
        before, rest = text.split(begins)
        text = before + begins + written + ends + rest.split(ends)[1]
    return text


def errors() -> str:
    """What happens after each failure, and every message."""
    return page("errors.md", failures=failures.section(), messages=messages.section())
