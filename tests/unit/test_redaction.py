import pytest

from posthog_pulumi.errors import PostHogError, redacted

KEY = "phx_abcdefgh"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred\x1b[0m", "a [31mred [0m"),
        ("a\x00b", "a b"),
        ("a\rb", "a b"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("a\u200bb\u202eb", "a b b"),
        ("a\tb\x0bc\x0cd", "a b c d"),
        ("  a  ", "a"),
        ("Größe “ok” 日本", "Größe “ok” 日本"),
        ("", ""),
    ],
)
def test_control_characters(text: str, shown: str) -> None:
    """What a server says cannot move the cursor, begin a line or hide text in a terminal."""
    assert redacted(text) == shown


@pytest.mark.parametrize("separator", ["\n", "\x00", " ", "="])
def test_key_between(separator: str) -> None:
    """A key is cut wherever it begins and ends."""
    assert "abcdefgh" not in redacted(f"x{separator}{KEY}{separator}y")


def test_very_long() -> None:
    """A page of text is cut, so that the terminal stays readable."""
    assert len(redacted("x" * 1_000_000)) == 2000


def test_long_key() -> None:
    """A key is cut whatever its length."""
    assert redacted(f"key phx_{'a' * 5000}") == "key phx_…"


@pytest.mark.parametrize("of", ["what", "advice", "request", "subject"])
def test_every_part(of: str) -> None:
    """No part of an error gives a key away or begins a line."""
    error = PostHogError("It failed.")
    parts = {"what": "what", "advice": "_advice", "request": "request", "subject": "subject"}
    setattr(error, parts[of], f"{KEY}\nline")

    assert "phx_… line" in str(error)
