"""Draws what a rotation does over time, as SVG: the moments, and what lives between them.

``make generate`` writes it. It is text of our own, so its bytes depend on no library's version, and
its colours follow the reader's light or dark scheme.
"""

from __future__ import annotations

from typing import Final

TRIGGER, ROTATE, MOVE, DELETE = 190, 300, 430, 580
BEGIN, END = 120, 740
MOMENTS: Final = {
    TRIGGER: ("trigger", "changed"),
    ROTATE: ("new key", "made"),
    MOVE: ("dependents", "updated"),
    DELETE: ("old key", "deleted"),
}
ROWS: Final = {
    "old key": [("old", BEGIN, DELETE, "works")],
    "new key": [("new", ROTATE, END, "works")],
    "dependents use": [("old", BEGIN, MOVE, "the old key"), ("new", MOVE, END, "the new key")],
}
TOP, HEIGHT, STEP = 66, 26, 38

_STYLE: Final = """\
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.bar { fill: #ffffff; text-anchor: middle; }
.moment { text-anchor: middle; }
.row { text-anchor: end; }
.old { fill: #6e7781; }
.new { fill: #1d4aff; }
.both { fill: #1d4aff; fill-opacity: 0.12; }
line { stroke: #8c959f; stroke-dasharray: 3 3; }
@media (prefers-color-scheme: dark) {
  .moment, .row { fill: #f0f6fc; }
  .both { fill-opacity: 0.35; }
}
"""


def drawing() -> str:
    """The picture."""
    bottom = TOP + STEP * len(ROWS)
    parts = [
        f"<style>\n{_STYLE}</style>\n",
        _bar("both", (ROTATE, DELETE), TOP - 8, bottom - TOP + 4),
        *(_moment(at, words, bottom) for at, words in MOMENTS.items()),
        *(_row(number, name) for number, name in enumerate(ROWS)),
        _text("moment", (ROTATE + DELETE) / 2, bottom + 18, "both keys work"),
    ]
    size = f'viewBox="0 0 {END + 10} {bottom + 30}" width="{END + 10}" height="{bottom + 30}"'
    title = "<title>What a rotation does over time</title>\n"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{title}{"".join(parts)}</svg>\n'


def _moment(at: int, words: tuple[str, str], bottom: int) -> str:
    line = f'<line x1="{at}" y1="{TOP - 18}" x2="{at}" y2="{bottom}"/>\n'
    lines = (_text("moment", at, 20 + 18 * number, word) for number, word in enumerate(words))
    return line + "".join(lines)


def _row(number: int, name: str) -> str:
    y = TOP + STEP * number
    bars = "".join(
        _bar(kind, (begin, end), y, HEIGHT) + _text("bar", (begin + end) / 2, y + 18, words)
        for kind, begin, end, words in ROWS[name]
    )
    return _text("row", BEGIN - 12, y + 18, name) + bars


def _bar(kind: str, lives: tuple[int, int], y: int, height: int) -> str:
    begin, end = lives
    return f'<rect class="{kind}" x="{begin}" y="{y}" width="{end - begin}" height="{height}"/>\n'


def _text(kind: str, x: float, y: float, words: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{words}</text>\n'
