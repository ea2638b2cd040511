"""Records the state that this release writes, for later ones to be held against.

``python -m tools.golden`` writes ``tests/golden/VERSION.json``, an export, and ``VERSION.yaml``,
the stack's configuration. A file of a release is never written again: users' states look like it.
"""

import json
import os
import shutil
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from posthog_pulumi.emulator import running
from posthog_pulumi.emulator.handle import Emulator
from tools.stack import PASSPHRASE, Stack

GOLDEN: Final = Path(__file__).parent.parent / "tests" / "golden"
NAME: Final = "golden"
PASSWORD: Final = {PASSPHRASE: NAME}


def stack(folder: Path, environ: Mapping[str, str], *, configured: Path | None = None) -> Stack:
    """A stack of the program, in a folder of its own; with the configuration of a recording."""
    program = folder / "program"
    shutil.copytree(GOLDEN / "program", program)
    if configured:
        shutil.copy(configured, program / f"Pulumi.{NAME}.yaml")
    made = Stack(program, folder, {**environ, **PASSWORD}, name=NAME)
    made.select()
    return made


def record(release: str) -> None:
    """Bring the program up against an emulated PostHog, and keep state and configuration."""
    with TemporaryDirectory() as name, running() as emulator:
        on = stack(Path(name), os.environ)
        _configure(on, emulator)
        on.ask("up", "--yes", "--skip-preview", "--stack", NAME)
        exported = json.loads(on.ask("stack", "export", "--stack", NAME))
        for resource in exported["deployment"]["resources"]:
            for of_this_machine in ("sourcePosition", "stackTrace"):
                resource.pop(of_this_machine, None)
        (GOLDEN / f"{release}.json").write_text(json.dumps(exported, indent=4) + "\n")
        shutil.copy(on.program / f"Pulumi.{NAME}.yaml", GOLDEN / f"{release}.yaml")


def _configure(on: Stack, emulator: Emulator) -> None:
    values = {
        "posthog:host": emulator.url,
        "posthog:organizationId": emulator.organization_id,
        "golden:organizationId": emulator.second_organization_id,
    }
    secrets = {"posthog:apiKey": emulator.api_key, "posthog:sessionId": emulator.session_id}
    plain = [f"--plaintext={key}={value}" for key, value in values.items()]
    secret = [f"--secret={key}={value}" for key, value in secrets.items()]
    on.ask("config", "set-all", *plain, *secret, "--stack", NAME)


if __name__ == "__main__":
    record(version("posthog-pulumi"))
