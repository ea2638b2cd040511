"""Versions of what the provider runs on, and what is known to go wrong with them."""

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from posthog_pulumi.commands import pulumi_cli

Numbers = tuple[int, ...]


@dataclass(frozen=True)
class Version:
    """A version, and what its user has to know."""

    name: str
    number: str
    trap: str = ""


TRAPS: Final[Sequence[tuple[str, Numbers, str]]] = (
    ("Pulumi CLI", pulumi_cli.OLDEST, "before 3.254, posthog-pulumi import cannot be used"),
    ("Pulumi SDK", (3, 260), "before 3.260, previews show secrets inside of settings"),
    ("Pulumi SDK", (3, 268), "before 3.268, PostHogProject.get needs a CLI as old as the SDK"),
)
"""Below which version of what something goes wrong, and what."""


def versions(number_of: Callable[[str], str] = metadata.version) -> list[Version]:
    """Those of this package, the Pulumi CLI and SDK, and Python."""
    pulumi = pulumi_cli.found()
    cli = pulumi_cli.version(pulumi) if pulumi else ""
    return [
        Version("posthog-pulumi", number_of("posthog-pulumi")),
        judged("Pulumi CLI", cli) if cli else Version("Pulumi CLI", "none is on PATH"),
        judged("Pulumi SDK", number_of("pulumi")),
        Version("Python", platform.python_version()),
    ]


def judged(name: str, number: str) -> Version:
    """The version, with what goes wrong if it is old enough for that."""
    found = pulumi_cli.numbers(number) or ()
    traps = [trap for of, below, trap in TRAPS if of == name and found < below]
    return Version(name, number.strip().removeprefix("v"), "; ".join(traps))
