"""Prepare the examples in TypeScript and Go: their SDKs, and the packages that they depend on.

Each stands in ``.pulumi/examples`` of the repository, with ``sdks/posthog`` as ``pulumi package
add`` writes it, until the schema, the example or the generator changes. ``python -m tools.sdks``
needs Go and npm, and prints the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from posthog_pulumi.plugin.schema import schema
from posthog_pulumi.plugin.version import version
from tools import pulumi_cli as cli

ROOT = cli.TOOLS.parent
MADE = cli.HOME / "examples"
GENERATOR = cli.TOOLS / "pulumi" / "sdkgen" / "main.go"

PLAIN = {"CGO_ENABLED": "0", "GOWORK": "off", "GOFLAGS": "-buildvcs=false -ldflags=-w"}
"""How Go builds; without cgo, so that what it has built for the CLI serves again."""

LANGUAGES = {"typescript": "nodejs", "go": "go"}
"""By the example: the generator's name of its language."""

BUILDS = {
    "typescript": ["npm", "ci", "--no-audit", "--no-fund"],
    "go": ["go", "build", "-o", os.devnull, "."],
}


def needed(program: str) -> str:
    """Where a program is, or an error that says what to install."""
    found = shutil.which(program)
    if not found:
        raise cli.CannotGetError(
            f"There is no `{program}` on PATH: the examples in TypeScript and Go need Go 1.25 and"
            " Node.js 20, or newer."
        )
    return found


def files(example: str) -> list[Path]:
    """What the example consists of."""
    return sorted(path for path in (ROOT / "examples" / example).iterdir() if path.is_file())


def digest(example: str) -> str:
    """Of all that the prepared example depends on."""
    sources = [*files(example), Path(__file__), GENERATOR, cli.TOOLS / "pulumi" / "go.mod"]
    text = json.dumps(schema(version())).encode() + b"".join(it.read_bytes() for it in sources)
    return hashlib.sha256(text).hexdigest()


def generate(language: str, folder: Path) -> None:
    """Write the SDK for a language into a folder."""
    cli.HOME.mkdir(exist_ok=True)
    flags = ("-buildvcs=false", "-ldflags", "-w -s")
    cli.go_build(needed("go"), cli.TOOLS / "pulumi", "./sdkgen", cli.HOME, *flags)
    with tempfile.TemporaryDirectory() as made:
        file = Path(made, "schema.json")
        file.write_text(json.dumps(schema(version())), encoding="utf-8")
        command = [str(cli.HOME / "sdkgen"), language, str(file), str(folder)]
        cli.watch(command, f"writing the SDK for {language}", folder.parent, os.environ)


def prepare(example: str) -> None:
    """Copy the example, write its SDK beside it and get what both need.

    All of it is done in its last place, where Go finds again what it has built.
    """
    target = MADE / example
    shutil.rmtree(target, ignore_errors=True)
    (target / "sdks").mkdir(parents=True)
    for file in files(example):
        shutil.copy(file, target)
    generate(LANGUAGES[example], target / "sdks" / "posthog")
    program, *arguments = BUILDS[example]
    command = [needed(program), *arguments]
    cli.watch(command, f"building examples/{example}", target, {**os.environ, **PLAIN})
    (target / "digest").write_text(digest(example))


def ready(example: str) -> bool:
    """Whether an earlier run prepared the example as it is now."""
    note = MADE / example / "digest"
    return note.is_file() and note.read_text() == digest(example)


def find() -> Path:
    """The folder of the prepared examples."""
    if not all(map(ready, LANGUAGES)):
        with cli.alone():
            for example in LANGUAGES:
                if not ready(example):
                    prepare(example)
    return MADE


if __name__ == "__main__":
    try:
        print(find())
    except cli.CannotGetError as error:
        sys.exit(f"sdks: {error}")
