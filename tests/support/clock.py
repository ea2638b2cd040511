"""A clock that only sleeping moves on."""

from dataclasses import dataclass, field


@dataclass
class Clock:
    """Seconds since some moment, and every sleep so far."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """What time it is."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let that time pass."""
        self.slept.append(seconds)
        self.now += seconds
