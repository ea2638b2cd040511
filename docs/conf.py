"""How Sphinx makes the site: ``make docs``.

The pages are read on GitHub too, so they are plain Markdown: their menu is the list on the first
page, and a link to a file beside ``docs/`` leads to GitHub.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

REPOSITORY = "https://github.com/posthog-pulumi/posthog-pulumi/blob/main/"

project = "posthog-pulumi"
extensions = ["myst_parser"]
myst_heading_anchors = 3  # the anchors that GitHub makes
nitpicky = True
smartquotes = False
highlight_language = "text"
html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False


def adapt(_app: Sphinx, page: str, source: list[str]) -> None:
    """Turn what GitHub understands into what a site needs."""
    text = source[0].replace("](../", f"]({REPOSITORY}")
    if page == "index":
        pages = re.findall(r"^- \[.+?\]\((\w+)\.md\)", text, re.MULTILINE)
        text += "\n```{toctree}\n:hidden:\n\n" + "\n".join(pages) + "\n```\n"
    source[0] = text


def setup(app: Sphinx) -> dict[str, Any]:
    """Have each page adapted when it is read."""
    app.connect("source-read", adapt)
    return {"parallel_read_safe": True}
