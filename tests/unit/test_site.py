"""The documentation as a site."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.papers import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; a warning, such as a broken link or anchor, fails it."""
    folder = tmp_path_factory.mktemp("site")
    options = ["--fail-on-warning", "--keep-going", "--quiet", "--doctree-dir", f"{folder}/trees"]
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), f"{folder}/html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_every_page(site: Path) -> None:
    """Each page of the documentation is one of the site, and in its menu."""
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    menu = set(re.findall(r'toctree-l1.*?href="(\w+)\.html"', (site / "index.html").read_text()))

    assert {name for name in pages if (site / f"{name}.html").exists()} == pages
    assert menu == pages - {"index"}


def test_it_loads_nothing_from_elsewhere(site: Path) -> None:
    """No page takes a script, a style, a font or a picture from another host."""
    loaded = [
        found
        for page in site.glob("*.html")
        for found in re.findall(
            r'<(?:script|img|link rel="(?:stylesheet|preload|icon)")[^>]*"https?://[^"]*',
            page.read_text("utf-8"),
        )
    ]
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))

    assert loaded == []
    assert re.findall(r"url\([\"']?https?:", styles) == []
