"""A cache of reads until the next write; looking up the caller would cost the most."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")

_lock = threading.Lock()
_known: dict[Hashable, Any] = {}
_generation = [0]


def cached(key: Hashable, find: Callable[[], T]) -> T:
    """Find something once between two writes; inside of a write nothing is cached."""
    if connection.in_atomic_block:
        return find()
    known = _known
    if key in known:
        value: T = known[key]
        return value
    before = _generation[0]
    found = find()
    with _lock:
        if before == _generation[0]:
            known[key] = found
    return found


def clear() -> None:
    """Drop all that was found before now."""
    global _known  # noqa: PLW0603 - a new dictionary, as readers may hold the old one
    with _lock:
        _known = {}
        _generation[0] += 1
