import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from posthog_pulumi.lifecycle.orphan import (
    end_with_the_engine,
    exit_if_orphaned,
    is_provider,
    reader_is_gone,
)

Pipe = tuple[BinaryIO, BinaryIO]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """The end that is read from, and the end that is written to."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as read_end, os.fdopen(writer, "wb") as write_end:
        yield read_end, write_end


def test_a_pipe_that_is_read(pipe: Pipe) -> None:
    """As long as the engine holds its end, the provider works for it."""
    _, writer = pipe

    assert not reader_is_gone(writer.fileno())


@pytest.mark.parametrize("wait", [False, True])
def test_a_pipe_that_nobody_reads(pipe: Pipe, *, wait: bool) -> None:
    """When the engine is gone, so is its end of the pipe."""
    reader, writer = pipe
    reader.close()

    assert reader_is_gone(writer.fileno(), wait=wait)


def test_a_file(tmp_path: Path) -> None:
    """Output that goes to a file has no reader to lose."""
    with (tmp_path / "output").open("w") as file:
        assert not reader_is_gone(file.fileno())


def test_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    """Only a provider's process ends; a program, or a test, does not."""
    end_with_the_engine()
    exit_if_orphaned()

    assert not is_provider()
    assert capsys.readouterr() == ("", "")
