"""Faults that tests add: for one request by header, or for many by rule."""

import json
import re
import threading
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import count
from typing import Any

GARBAGE = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"


class BadFault(ValueError):  # noqa: N818 - it names the fault
    """The fault is invalid."""


@dataclass
class Fault:
    """What goes wrong, where, and how often."""

    method: str | None = None
    """Only requests of this method; any if not given."""
    path: str = "/**"
    """Only these paths: `*` is a segment, `**` any number or none; a final slash is ignored."""
    skip: int = 0
    """Let this many matching requests pass first."""
    times: int | None = 1
    """Then apply to this many; null means until cleared."""

    delay: float = 0
    """Seconds to wait before the work."""
    delay_after: float = 0
    """Seconds to wait between the work and the response."""
    work: bool | None = None
    """Whether the work is done; if not given, only when the true response is sent too."""
    work_later: float | None = None
    """Do the work so many seconds after the response, as behind a proxy that timed out."""
    drop: bool = False
    """Reset the connection instead of responding."""
    garbage: bool = False
    """Respond with an HTML page instead of the true body."""
    status: int | None = None
    """Respond with this status instead of the true one."""
    headers: dict[str, str] = field(default_factory=dict)
    """Headers of the response, such as `Retry-After`."""
    body: Any = None
    """Body of the response: a string as it is, anything else as JSON."""
    body_of: str | None = None
    """Respond with the true status and the body that a GET of this path has: another resource's."""
    clock_ahead: float | None = None
    """Seconds by which the `Date` of the response is ahead."""
    drip: float | None = None
    """Seconds between the bytes of the body."""

    @classmethod
    def parse(cls, given: dict[str, Any]) -> "Fault":
        """Read a fault strictly."""
        unknown = given.keys() - {item.name for item in fields(cls)}
        if unknown:
            raise BadFault(f"unknown in a fault: {', '.join(sorted(unknown))}")
        return cls(**given)

    @property
    def replaces_response(self) -> bool:
        """Whether it takes the place of the true response."""
        return self.drop or self.garbage or self.status is not None

    @property
    def works(self) -> bool:
        """Whether the work is done before the response."""
        if self.work_later is not None:
            return False
        return not self.replaces_response if self.work is None else self.work

    def matches(self, method: str, path: str) -> bool:
        """Whether it is meant for this request."""
        if self.method not in (None, method):
            return False
        parts = re.split(r"(\*\*|\*)", self.path.rstrip("/"))
        wild = {"*": "[^/]+", "**": ".*"}
        pattern = "".join(wild.get(part) or re.escape(part) for part in parts)
        bare = path.rstrip("/")
        return any(re.fullmatch(pattern, spelling) for spelling in (bare, f"{bare}/"))


class Faults:
    """The rules in force; several may match, and the first one that has not run out counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: dict[int, Fault] = {}
        self._numbers = count(1)

    def add(self, fault: Fault) -> None:
        """Put a rule behind the others."""
        with self._lock:
            self._rules[next(self._numbers)] = fault

    def remove(self, number: int) -> None:
        """Remove one rule, which may have run out already."""
        with self._lock:
            self._rules.pop(number, None)

    def clear(self) -> None:
        """Remove all rules."""
        with self._lock:
            self._rules.clear()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._rules)

    def numbered(self) -> list[tuple[int, Fault]]:
        """The rules with what is left of them, and the number of each."""
        with self._lock:
            return [(number, replace(rule)) for number, rule in self._rules.items()]

    def listed(self) -> list[dict[str, Any]]:
        """The rules with what is left of them."""
        return [asdict(rule) for _, rule in self.numbered()]

    def take(self, method: str, path: str, header: str | None) -> Fault | None:
        """The fault for this request, counted."""
        if header:
            return Fault.parse(json.loads(header))
        with self._lock:
            rules = self._rules.items()
            matching = (number for number, rule in rules if rule.matches(method, path))
            number = next(matching, None)
            return None if number is None else self._count(number)

    def _count(self, number: int) -> Fault | None:
        rule = self._rules[number]
        if rule.skip > 0:
            rule.skip -= 1
            return None
        if rule.times is not None:
            rule.times -= 1
            if rule.times <= 0:
                del self._rules[number]
        return rule
