"""Versions of what the provider runs on, and what is known to go wrong with them."""

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from posthog_pulumi.commands import pulumi_cli
from posthog_pulumi.plugin.version import NAME, semantic

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
    """Those of this package, the Pulumi CLI and SDK, the native plugin, and Python."""
    pulumi = pulumi_cli.found()
    cli = pulumi_cli.version(pulumi) if pulumi else ""
    plugins = pulumi_cli.plugins(pulumi, NAME) if pulumi else []
    return [
        Version("posthog-pulumi", number_of("posthog-pulumi")),
        judged("Pulumi CLI", cli) if cli else Version("Pulumi CLI", "none is on PATH"),
        judged("Pulumi SDK", number_of("pulumi")),
        plugin(plugins, semantic(number_of("posthog-pulumi"))),
        Version("Python", platform.python_version()),
    ]


def judged(name: str, number: str) -> Version:
    """The version, with what goes wrong if it is old enough for that."""
    found = pulumi_cli.numbers(number) or ()
    traps = [trap for of, below, trap in TRAPS if of == name and found < below]
    return Version(name, number.strip().removeprefix("v"), "; ".join(traps))


def plugin(installed: Sequence[str], ours: str) -> Version:
    """The native plugin that is installed; other versions than ours run this package too."""
    trap = f"for programs in other languages run `posthog-pulumi install-plugin`, which adds {ours}"
    found = ", ".join(installed) or "not installed"
    return Version("plugin", found, "" if ours in installed else trap)
