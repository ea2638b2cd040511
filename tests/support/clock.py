"""Time in a test: it goes on only when somebody sleeps, and at once."""

from dataclasses import dataclass, field


@dataclass
class Clock:
    """A clock and a sleep to hand over in place of ``time.monotonic`` and ``time.sleep``."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)
    """The seconds of each sleep."""

    def now(self) -> float:
        """What time it is."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let that time pass."""
        self.slept.append(seconds)
        self.time += seconds
