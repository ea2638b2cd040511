"""The errors page's list of messages, from the table that tests hold all messages to."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MESSAGES: Final = Path(__file__).parent.parent / "tests" / "unit" / "messages.txt"

_REQUEST: Final = re.compile(r" \((?:GET|POST|PATCH|DELETE) /[^)]*\)$")


def section(text: str | None = None) -> str:
    """A heading for each group, and its messages without the names of their cases.

    Args:
        text: Blocks of a case's name and its message, or ``# `` and a heading.
    """
    blocks = (text or MESSAGES.read_text("utf-8")).strip().split("\n\n")
    return "".join(dict.fromkeys(_lines(blocks)))  # some differ in their request alone


def _lines(blocks: list[str]) -> Iterator[str]:
    for block in blocks:
        if block.startswith("# "):
            yield f"\n### {block.removeprefix('# ').rstrip('.')}\n\n"
        else:
            _case, message = block.split("\n", 1)
            yield f"- {_REQUEST.sub('', ' '.join(message.splitlines()))}\n"
