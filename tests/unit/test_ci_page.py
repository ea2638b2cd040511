"""The workflows that the page on CI gives, held to what their services take."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.papers import blocks

GITHUB, GITLAB = blocks("yaml", ["docs/ci.md"])


def checked(folder: Path, text: str, tool: str, *options: str) -> str:
    """What a tool, which is installed beside Python, has to say of a workflow."""
    file = folder / "workflow.yml"
    file.write_text(text, "utf-8")
    done = subprocess.run(  # noqa: S603  # tools of ours
        [Path(sys.executable).with_name(tool), *options, file],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "schema"),
    [(GITHUB.text, "vendor.github-workflows"), (GITLAB.text, "vendor.gitlab-ci")],
    ids=["github", "gitlab"],
)
def test_schema(tmp_path: Path, text: str, schema: str) -> None:
    """Each is what the service's schema describes."""
    assert checked(tmp_path, text, "check-jsonschema", "--builtin-schema", schema) == ""


def test_security(tmp_path: Path) -> None:
    """The one for GitHub is as strict as our own: actions by commit, no right too many."""
    options = ["--offline", "--quiet", "--persona", "pedantic"]

    assert checked(tmp_path, GITHUB.text, "zizmor", *options) == ""
