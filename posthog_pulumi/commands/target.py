"""Where an import goes: into two files, or into a stack and one file."""

import shlex
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from posthog_pulumi.adopt.entries import import_file
from posthog_pulumi.adopt.program import program
from posthog_pulumi.adopt.projects import Adopted
from posthog_pulumi.commands import files, pulumi_cli, screen
from posthog_pulumi.config import Config
from posthog_pulumi.errors import RefusedError


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where what was found goes."""

    file: Path
    program: Path
    into: str | None
    protect: bool

    @property
    def files(self) -> list[Path]:
        """What is written; the import file goes into a stack without being kept."""
        return [self.program] if self.into else [self.file, self.program]

    @property
    def protection(self) -> list[str]:
        """The option of ``pulumi import``, which protects by itself."""
        return [] if self.protect else ["--protect=false"]


def refuse_to_write(target: Target, *, force: bool) -> None:
    """Say what cannot be written, or must not be overwritten, before anything is read."""
    if target.file.absolute() == target.program.absolute():
        raise RefusedError("--out and --program name the same file.")
    files.refuse_missing_folder(target.files)
    if not force:
        files.refuse_existing(target.files)


def finish(config: Config, found: Sequence[Adopted], target: Target, pulumi: str | None) -> None:
    """Write, or import, what was found, and say what comes next."""
    text = import_file(config, found)
    declared = program(found, protect=target.protect)
    screen.say()
    if pulumi and target.into:
        options = ["--stack", target.into, *target.protection]
        if code := _import(pulumi, text, options):
            _declare_what_arrived(pulumi_cli.projects(pulumi, target.into), found, target, code)
            raise typer.Exit(code)
    else:
        files.write(target.file, text, files.PRIVATE)
        screen.say(
            f"Wrote {target.file}, which only you can read (mode 0600) since it holds the projects'"
            " tokens: delete it after the import."
        )
    files.write(target.program, declared)
    screen.say(f"Wrote {target.program}. {_how_to_use(target.program)}")
    _say_what_comes_next(target, found)


def _say_what_comes_next(target: Target, found: Sequence[Adopted]) -> None:
    file = ["--file", str(target.file), "--generate-code=false", *target.protection]
    commands = [["pulumi", "import", *file], ["pulumi", "preview"]]
    if target.into:
        commands = [["pulumi", "preview", "--stack", target.into]]
    screen.say("Then:")
    for command in commands:
        screen.say(f"  {shlex.join(command)}")
    pulumi = None if target.into else pulumi_cli.found()
    if pulumi and (text := pulumi_cli.too_old(pulumi)):
        screen.warn(text)
    if target.protect and any(one.rotates for one in found):
        screen.say(
            "The first preview shows `~protect` for the secret tokens, and the next `pulumi up`"
            " records it: Pulumi's import protects all that is in its file, and a protected secret"
            " token could not be rotated. Nothing changes in PostHog."
        )


def _import(pulumi: str, text: str, options: Sequence[str]) -> int:
    """Its exit code; where nobody can be asked, the command line was the question."""
    yes = [] if sys.stdin.isatty() else ["--yes"]
    return pulumi_cli.import_(pulumi, text, [*options, *yes])


def _declare_what_arrived(
    there: Collection[str], found: Sequence[Adopted], target: Target, code: int
) -> None:
    """Write the program of the projects that an import brought before it ended badly.

    What the stack has and no program declares is deleted by the next ``pulumi up``.

    Args:
        there: The ids of the projects that the stack has now.
        found: What was to be imported.
        target: Where the program goes.
        code: With which ``pulumi import`` ended.
    """
    arrived = [one for one in found if one.id in there]
    ended = f"`pulumi import` ended with {code}"
    if not arrived:
        screen.warn(f"{ended}: no project is in the stack, and no program was written.")
        return
    files.write(target.program, program(arrived, protect=target.protect))
    screen.warn(
        f"{ended}: {len(arrived)} of {len(found)} projects are in the stack, and {target.program}"
        f" declares them. {_how_to_use(target.program)} Run this command again with another"
        " --program for the rest."
    )


def _how_to_use(file: Path) -> str:
    module = file.stem
    if module.isidentifier() and module != "__main__":
        return f"Add `import {module}` to your program's __main__.py."
    return "Let your program run it."
