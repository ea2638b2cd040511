"""How generated values are tried."""

from typing import Final

from hypothesis import settings

GENERATED: Final = settings(deadline=None, database=None, derandomize=True)
"""The same values in every run, however slow the machine is."""
