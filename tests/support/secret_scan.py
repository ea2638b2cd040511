"""Looks for planted secrets in texts, in whatever spelling they got there."""

import base64
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256

_PIECE = 12
"""Characters in a row that give a secret away."""


def mark(name: str) -> str:
    """A secret that differs from all other text, with signs that JSON and shells escape."""
    return f'"<ü>\\ {sha256(name.encode()).hexdigest()[:24]}'


def leaks(texts: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of the secrets that each text gives away; texts that give away none are left out.

    A secret counts as given away by twelve of its letters in a row, in plain text, base64 or hex.
    JSON and URL escapes leave the letters of every secret of ours as they are.
    """
    found = {
        place: [name for name, secret in secrets.items() if _gives_away(text, secret)]
        for place, text in texts.items()
    }
    return {place: names for place, names in found.items() if names}


def _gives_away(text: str, secret: str) -> bool:
    return any(form in text for form in _forms(secret))


@cache
def _forms(secret: str) -> tuple[str, ...]:
    letters = _letters(secret)
    return (*_pieces(letters), *_encoded(letters.encode()))


def _letters(secret: str) -> str:
    """The longest run of letters and digits, which no escape changes."""
    return str(max(re.findall(r"[A-Za-z0-9]+", secret), key=len))


def _pieces(letters: str) -> Iterator[str]:
    for start in range(len(letters) - _PIECE + 1):
        yield letters[start : start + _PIECE]


def _encoded(letters: bytes) -> Iterator[str]:
    """Hex and base64, whose signs depend on how many bytes stand before."""
    yield letters.hex()
    for before, first in enumerate((0, 2, 3)):
        whole = base64.b64encode(b" " * before + letters).decode().rstrip("=")
        yield whole[first:-1]
