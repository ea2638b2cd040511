"""A request as the client asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request, and what is known about doing it twice."""

    method: str
    path: str
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    query: Mapping[str, Any] | None = None
    repeatable: bool = True
    """Whether twice does the same as once; a property of the endpoint, not of the method."""
    session_only: bool = False
    """Whether PostHog refuses personal API keys here, so a configured session is sent instead."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
