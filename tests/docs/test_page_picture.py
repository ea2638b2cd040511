"""The picture of the emulator's page that the page on the emulator shows."""

from tools.page_picture import PICTURE, picture

PNG = b"\x89PNG\r\n\x1a\n"
MOST = 100_000


def test_it_is_small() -> None:
    """A reader on a phone need not wait for it."""
    assert PICTURE.read_bytes().startswith(PNG)
    assert PICTURE.stat().st_size <= MOST


def test_it_can_be_taken_again() -> None:
    """Chromium shows the page of a furnished emulator, and its picture is as small."""
    taken = picture()

    assert taken.startswith(PNG)
    assert len(taken) <= MOST
