import pytest
from support.refusals import envelope, refusal

from posthog_pulumi.errors import PostHogError
from posthog_pulumi.properties import redacted, without_credentials

KEY = "phx_abcdefgh"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Key phx_abcdefGH01 is bad", "Key phx_… is bad"),
        ("token=phc_abcdefgh&x", "token=phc_…&x"),
        ("'phs_ab-cd_ef'", "'phs_…'"),
        ("pha_abcdefgh", "pha_…"),
        ("phx_… and phc_ are prefixes", "phx_… and phc_ are prefixes"),
        ("two\nlines\tand  gaps\r\n", "two lines and gaps"),
        ("a\x1b[31mred\x1b[0m", "a [31mred [0m"),
        ("a\x00b", "a b"),
        ("a\rb", "a b"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("a\u200bb\u202eb", "a b b"),
        ("a\tb\x0bc\x0cd", "a b c d"),
        ("a\ud800b", "a b"),
        ("  a  ", "a"),
        ("Größe “ok” 日本", "Größe “ok” 日本"),
        ("", ""),
    ],
)
def test_redacted(text: str, shown: str) -> None:
    """A text is one line with no key; it cannot move the cursor or hide anything in a terminal."""
    assert redacted(text) == shown


@pytest.mark.parametrize("separator", ["\n", "\x00", " ", "="])
def test_key_between(separator: str) -> None:
    """A key is cut wherever it begins and ends."""
    assert "abcdefgh" not in redacted(f"x{separator}{KEY}{separator}y")


def test_lines_stay() -> None:
    """A traceback keeps its lines, and loses its keys."""
    assert without_credentials(f"  File\n    {KEY}") == "  File\n    phx_…"


def test_very_long() -> None:
    """A page of text is cut, so that the terminal stays readable."""
    assert len(redacted("x" * 1_000_000)) == 2000


def test_long_key() -> None:
    """A key is cut whatever its length."""
    assert redacted(f"key phx_{'a' * 5000}") == "key phx_…"


class TestErrors:
    @pytest.mark.parametrize("of", ["what", "advice", "request", "subject"])
    def test_every_part(self, of: str) -> None:
        """No part of an error gives a key away or begins a line."""
        error = PostHogError("It failed.")
        setattr(error, of, f"{KEY}\nline")

        assert "phx_… line" in str(error)

    def test_what_is_kept(self) -> None:
        """Nor does anything that a log or a traceback shows of it."""
        error = PostHogError(f"{KEY}\nline")

        assert repr(error) == "PostHogError('phx_… line')"
        assert error.what == "phx_… line"
        assert error.args == ("phx_… line",)

    def test_words_of_a_server(self) -> None:
        """What PostHog says goes the same way."""
        error = refusal(400, envelope(f"{KEY}\nis odd."))

        assert str(error).startswith("PostHog says: phx_… is odd. ")

    def test_very_long_words(self) -> None:
        """However much a server says, what to do next and the request stand after it."""
        error = refusal(401, envelope("x" * 1_000_000))

        assert "Set posthog:apiKey" in str(error)
        assert str(error).endswith(" returned 401)")
