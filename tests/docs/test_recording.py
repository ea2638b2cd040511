"""The recording of a preview that README shows."""

from pathlib import Path

import pytest

from tools.recording import RECORDING, drawing, legible, preview, words

pytestmark = pytest.mark.usefixtures("_pulumi_on_path")


def test_it_is_what_the_cli_prints(tmp_path: Path) -> None:
    """The preview that README shows is the one that the CLI gives for the example."""
    recorded = drawing(legible(preview(tmp_path)))

    assert words(recorded) == words(RECORDING.read_text("utf-8"))


def test_it_shows_no_machine() -> None:
    """Neither hosts, paths nor fonts of anywhere else are in it."""
    shown = RECORDING.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")

    assert [mark for mark in ("http", "@font-face", "localhost", "file:") if mark in shown] == []
