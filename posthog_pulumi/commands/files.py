"""Files that commands write: whole or not at all, and those with tokens for their owner only."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from posthog_pulumi.errors import RefusedError

PRIVATE = 0o600


def refuse_existing(paths: Iterable[Path]) -> None:
    """Nothing is overwritten unless the user says so.

    Raises:
        RefusedError: One of the files exists.
    """
    for path in paths:
        if path.exists() or path.is_symlink():
            raise RefusedError(
                f"{path} exists.",
                advice="Name another file with --program or --out, or overwrite it with --force.",
            )


def refuse_missing_folder(paths: Iterable[Path]) -> None:
    """What cannot be written is said before anything is read.

    Raises:
        RefusedError: One of the files cannot be made.
    """
    for path in paths:
        if path.is_dir() or not os.access(path.parent, os.W_OK):
            raise RefusedError(f"{path} cannot be written.", advice="Name another file.")


def write(path: Path, text: str, mode: int | None = None) -> None:
    """Put the text into the file, in the place of what was there.

    Args:
        path: The file.
        text: All that it shall hold.
        mode: Its permissions; those of any new file if left out.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # for its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(_usual() if mode is None else mode)
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _usual() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
