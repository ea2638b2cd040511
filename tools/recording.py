"""Records a real ``pulumi preview`` as SVG: ``make recording``.

The CLI previews ``examples/rotation`` with a changed quarter, against an emulated PostHog.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from posthog_pulumi.emulator import running
from tools.demo import without_posthog
from tools.stack import Stack

ROOT: Final = Path(__file__).resolve().parent.parent
EXAMPLE: Final = ROOT / "examples" / "rotation"
RECORDING: Final = ROOT / "docs" / "preview.svg"
COMMAND: Final = "pulumi preview"

_ANSI: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_FORMAT: Final = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>pulumi preview, recorded by tools/recording.py</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, Menlo, monospace; }}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
"""Fonts are the reader's own, so that nothing is loaded from elsewhere."""


def preview(folder: Path) -> str:
    """What the CLI prints for a changed quarter, in colour, once both keys are there."""
    program = folder / "rotation"
    shutil.copytree(EXAMPLE, program, ignore=shutil.ignore_patterns("__pycache__"))
    with running() as posthog:
        stack = Stack(program, folder, without_posthog(os.environ) | posthog.environ, "dev")
        stack.select()
        stack.ask("up", "--yes", "--skip-preview", "--stack", stack.name)
        stack.ask("config", "set", "quarter", "2027-Q1", "--stack", stack.name)
        return stack.ask("preview", "--color", "always", "--stack", stack.name)


def legible(text: str) -> str:
    """The lines that a reader needs: without the progress, which comes at any time."""
    lines = [(line, _ANSI.sub("", line).strip()) for line in text.splitlines()]
    kept = [line for line, plain in lines if plain and not plain.startswith("@")]
    return "\n".join(kept)


def drawing(text: str) -> str:
    """A terminal with that text, as SVG."""
    shown = Text.from_ansi(f"\x1b[1m$ {COMMAND}\x1b[0m\n{text}")
    width = max(line.cell_len for line in shown.split()) + 1
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True)
    console.print(shown)
    svg = console.export_svg(title="", theme=MONOKAI, code_format=_FORMAT, unique_id="preview")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def words(svg: str) -> list[str]:
    """The words that it shows, in no order: Pulumi lists resources as they come.

    Each once, and without those of progress: a slower machine sees a row more than once.
    """
    shown = " ".join(re.findall(r"<text[^>]*>([^<]*)<", svg))
    return sorted({*shown.replace("&#160;", " ").split()} - {".", "running"})


def main() -> None:
    """Record it again."""
    with TemporaryDirectory(prefix="recording-") as name:
        RECORDING.write_text(drawing(legible(preview(Path(name)))), "utf-8")


if __name__ == "__main__":
    main()
