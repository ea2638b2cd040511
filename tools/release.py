"""Prepare a release, all but the upload: ``make release``.

Builds wheel and sdist from what is committed, twice, and keeps them in ``dist/`` if both are equal
byte for byte: whoever has the same commit gets the same files.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tarfile
import tomllib
from hashlib import sha256
from pathlib import Path
from subprocess import CalledProcessError, check_output, run
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
EPOCH = "SOURCE_DATE_EPOCH"
"""The variable with which builders replace the time of the build."""


class NotReadyError(Exception):
    """Something is in the way of a release; the message says what."""


def objections(version: str, changelog: str, changed: str, tags: Iterable[str]) -> list[str]:
    """What is in the way of releasing a version, each as a sentence.

    Args:
        version: The one in ``pyproject.toml``.
        changelog: The text of ``CHANGELOG.md``.
        changed: What ``git status --porcelain`` prints.
        tags: All tags of the repository.
    """
    dated = re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE)
    found = {
        f"CHANGELOG.md has no section “## {version} - year-month-day”.": not dated,
        "There are changes that are not committed.": bool(changed.strip()),
        f"The tag v{version} exists: raise the version in pyproject.toml.": f"v{version}" in tags,
    }
    return [sentence for sentence, stands in found.items() if stands]


def build(source: Path, into: Path, epoch: str) -> dict[str, bytes]:
    """Wheel and sdist of the project in a folder, by name."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(into)]
    environ = {**os.environ, EPOCH: epoch}
    done = run(command, cwd=source, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReadyError(f"The build failed:\n{done.stderr.strip()}")
    return {path.name: path.read_bytes() for path in sorted(into.iterdir())}


def built_twice(source: Path, folder: Path, epoch: str) -> dict[str, bytes]:
    """The same, from two copies of the source.

    Raises:
        NotReadyError: They differ.
    """
    built = []
    for name in ("one", "two"):
        shutil.copytree(source, folder / name / "source")
        built.append(build(folder / name / "source", folder / name / "dist", epoch))
    first, second = built
    if first != second:
        differing = sorted(name for name in first if first[name] != second.get(name))
        raise NotReadyError(f"Two builds of the same source differ in {', '.join(differing)}.")
    return first


def _git(*arguments: str) -> str:
    return check_output(["git", *arguments], cwd=ROOT, text=True)


def _committed(folder: Path) -> Path:
    """What is committed, and nothing else."""
    archive = folder / "committed.tar"
    _git("archive", "--output", str(archive), "HEAD")
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "committed", filter="data")
    return folder / "committed"


def main() -> None:
    """Refuse with all reasons at once, or build and say what to do next."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = objections(version, changelog, _git("status", "--porcelain"), _git("tag").split())
    if found:
        raise NotReadyError("\n".join(found))
    with TemporaryDirectory(prefix="release-") as name:
        epoch = _git("log", "-1", "--format=%ct").strip()
        built = built_twice(_committed(Path(name)), Path(name), epoch)
    (ROOT / "dist").mkdir(exist_ok=True)
    for file, content in built.items():
        (ROOT / "dist" / file).write_bytes(content)
        print(f"dist/{file}  sha256 {sha256(content).hexdigest()}")
    print(f"Next: git tag v{version}, push the tag, and upload these files.")


if __name__ == "__main__":
    try:
        main()
    except NotReadyError as error:
        sys.exit(str(error))
    except CalledProcessError as error:
        sys.exit(f"git failed with {error.returncode}.")
