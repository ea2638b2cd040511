"""What users install, in an environment that has nothing of this repository."""

import os
import re
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from pulumi import automation as auto
from support.cli_engine import ROOT, Stack
from support.posthog_ui import Ui

from tools.release import build, built_twice

EPOCH = "1700000000"
SITE = "https://{}/posthog-pulumi/posthog-pulumi{}"
PARTS = ("posthog_pulumi", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What goes into a release."""
    folder = tmp_path_factory.mktemp("source")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / PARTS[0], folder / PARTS[0], ignore=ignored)
    for name in PARTS[1:]:
        shutil.copy(ROOT / name, folder)
    return folder


def test_the_same_source_gives_the_same_files(source: Path, tmp_path: Path) -> None:
    """Wheel and sdist are equal byte for byte, whenever and wherever they are built."""
    built = built_twice(source, tmp_path, EPOCH)

    assert [name.rpartition("-")[2] for name in built] == ["any.whl", "0.1.0.tar.gz"]


def test_the_emulator_s_page_is_in_it(source: Path, tmp_path: Path) -> None:
    """The wheel has what of the page is no Python."""
    build(source, tmp_path, EPOCH)
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = {Path(name).name for name in wheel.namelist() if "/emulator/page/" in name}

    assert {"page.html", "page.css", "page.js"} <= names


def test_every_link_of_its_description_is_whole(source: Path, tmp_path: Path) -> None:
    """A package index shows README alone: links and pictures name this repository's site."""
    build(source, tmp_path, EPOCH)
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        metadata = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
        text = wheel.read(metadata).decode()
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)
    links = re.findall(r"(?<!!)\[[^]]*\]\(([^)]+)\)", text)

    assert [link for link in links + pictures if not link.startswith(("https://", "#"))] == []
    assert SITE.format("github.com", "/blob/main/docs/credentials.md") in links
    assert SITE.format("raw.githubusercontent.com", "/main/docs/rotation.svg") in pictures


def test_quickstart_from_the_wheel(source: Path, tmp_path: Path, stack: Stack, ui: Ui) -> None:
    """The wheel alone, with its dependencies, brings up the quickstart; the next `up` is same."""
    build(source, tmp_path / "dist", EPOCH)
    python = environment(tmp_path / "clean", next((tmp_path / "dist").glob("*.whl")))
    program = tmp_path / "program"
    shutil.copytree(ROOT / "examples" / "quickstart", program)
    (program / "Pulumi.yaml").write_text("name: quickstart\nruntime: python\n")
    variables = {
        **stack.environ,
        "PATH": os.pathsep.join([str(python.parent), os.environ["PATH"]]),
        "PULUMI_PYTHON_CMD": str(python),
        "PYTHONPATH": "",
        "PULUMI_BACKEND_URL": (tmp_path / "state").as_uri(),
    }
    options = auto.LocalWorkspaceOptions(env_vars=variables)
    started = auto.create_stack("wheel", work_dir=str(program), opts=options)
    started.up(color="never")
    there = ui.projects()
    again = started.up(color="never").summary.resource_changes or {}
    started.destroy(color="never")
    imported = "import posthog_pulumi; print(posthog_pulumi.__file__)"
    place = subprocess.check_output(  # noqa: S603  # our own environment
        [python, "-c", imported], text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": ""}
    )

    assert Path(place.strip()).is_relative_to(tmp_path / "clean")
    assert there == ["Website"]
    assert {str(getattr(kind, "value", kind)) for kind in again} == {"same"}
    assert ui.projects() == []


def environment(folder: Path, wheel: Path) -> Path:
    """A Python with the wheel and the locked dependencies, but not this repository."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)  # noqa: S603  # ours
    packages = next((folder / "lib").glob("python*")) / "site-packages"
    (packages / "locked.pth").write_text("\n".join(site.getsitepackages()))
    return python
