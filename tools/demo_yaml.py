"""Show the native plugin at work: ``python -m tools.demo_yaml``, from install to destroy.

Runs ``examples/yaml`` on the real CLI against an emulated PostHog, and leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from subprocess import CalledProcessError, run
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from posthog_pulumi.emulator import running
from tools.demo import ROOT, masked, say, watched, without_posthog
from tools.stack import PulumiError, Stack

if TYPE_CHECKING:
    from posthog_pulumi.emulator import RequestLog

EXAMPLE = ROOT / "examples" / "yaml"
APPLY = ("up", "--yes", "--skip-preview")


def install(stack: Stack) -> None:
    """Let the stack's Pulumi, which has a home of its own, know the plugin."""
    say("$ posthog-pulumi install-plugin")
    command = [sys.executable, "-m", "posthog_pulumi", "install-plugin"]
    run(command, cwd=ROOT, env=stack.variables, check=True)


def show(stack: Stack, log: RequestLog) -> list[str]:
    """Make the stack, rotate its token and destroy it; return what reached PostHog."""
    requests = watched(stack, log, *APPLY)
    say("Outputs", masked(stack.outputs(), stack.outputs("--show-secrets")))
    say("$ pulumi config set quarter 2027-Q1")
    stack.ask("config", "set", "quarter", "2027-Q1", "--stack", stack.name)
    requests += watched(stack, log, *APPLY)
    say("Outputs", masked(stack.outputs(), stack.outputs("--show-secrets")))
    return requests + watched(stack, log, "destroy", "--yes", "--skip-preview")


def main() -> None:
    """Do it in a folder that goes afterwards."""
    say("Using an emulated PostHog, and a home of Pulumi that goes afterwards.")
    with TemporaryDirectory(prefix="posthog-demo-") as folder, running() as posthog:
        program = shutil.copytree(EXAMPLE, Path(folder, "program"))
        stack = Stack(program, Path(folder), without_posthog(os.environ) | posthog.environ)
        install(stack)
        stack.select()
        say("What reached PostHog", show(stack, posthog.requests))


if __name__ == "__main__":
    try:
        main()
    except (PulumiError, CalledProcessError) as error:
        sys.exit(f"{error}\nThe demo stopped; the lines above say why.".strip())
