"""A stack's life on the real CLI, operation by operation."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tools.bench import program
from tools.bench.memory import ProviderMemory
from tools.bench.results import DEFAULT, Case, Measured
from tools.plugin import IN_THIS_FOLDER, executable_in
from tools.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.bench.posthog import PostHog

ROOT = Path(__file__).resolve().parents[2]
APPLY = ("--yes", "--skip-preview")
SECRET = "4dabf18193072939515e22adb298388d"  # noqa: S105  # how Pulumi marks a secret in its state
CHECKPOINTS: dict[bool, dict[str, str]] = {True: {"PULUMI_SKIP_CHECKPOINTS": "true"}, False: {}}
PROJECT = f"name: bench\nruntime: python\n{IN_THIS_FOLDER}"
TYPES = {
    "project": "pulumi-python:dynamic/posthog:Project",
    "token": "pulumi-python:dynamic/posthog:ProjectSecretToken",
}


@dataclass(frozen=True)
class Step:
    """An operation: Pulumi's command, and what the program declares by then."""

    operation: str
    command: tuple[str, ...]
    timezone: str = "UTC"
    quarter: str = ""


SETTINGS = (
    Step("create", ("up", *APPLY)),
    Step("no-op", ("up", *APPLY)),
    Step("preview", ("preview",)),
    Step("update", ("up", *APPLY), "Europe/Berlin"),
    Step("refresh", ("refresh", *APPLY), "Europe/Berlin"),
    Step("destroy", ("destroy", *APPLY), "Europe/Berlin"),
)
ROTATION = (
    Step("create with a secret token", ("up", *APPLY), quarter="Q3"),
    Step("rotation", ("up", *APPLY), quarter="Q4"),
)
LIVES = {"settings": SETTINGS, "rotation": ROTATION}


def run(
    posthog: PostHog,
    case: Case,
    kind: str,
    steps: Sequence[Step],
    environ: Mapping[str, str],
) -> list[Measured]:
    """Take a new stack of ``projects``, ``native`` or ``idle`` resources through these steps."""
    parallel = () if case.parallel == DEFAULT else ("--parallel", str(case.parallel))
    posthog.respond_after(case.latency_ms)
    progress(f"{case.projects} {kind}, {case.latency_ms} ms")
    with _new_stack(kind, case.projects, environ, CHECKPOINTS[case.skip_checkpoints]) as stack:
        return [_measured(posthog, stack, step, parallel) for step in steps]


def shapes(posthog: PostHog, steps: Sequence[Step]) -> str:
    """What a create leaves in the state of one project, and of its secret token if it has one."""
    with _new_stack("projects", 1, posthog.tenant(), {}) as made:
        stack = _declaring(made, steps[0])
        stack.ask(*steps[0].command)
        exported = json.loads(stack.ask("stack", "export", "--show-secrets"))
    by_type = {item["type"]: item for item in exported["deployment"]["resources"]}
    found = {kind: _shape(by_type[type_]) for kind, type_ in TYPES.items() if type_ in by_type}
    return json.dumps(found)


def _shape(resource: dict[str, Any]) -> dict[str, Any]:
    inputs, outputs = ({**resource[part]} for part in ("inputs", "outputs"))
    secrets = [name for name, value in outputs.items() if _is_secret(value)]
    return {
        "inputs": {name: value for name, value in inputs.items() if name != "__provider"},
        "facts": {name: _filler(value) for name, value in outputs.items() if name not in inputs},
        "secrets": secrets,
    }


def _filler(value: Any) -> Any:
    """The value, or as many letters as the secret has."""
    return "x" * len(json.loads(value["plaintext"])) if _is_secret(value) else value


def _is_secret(value: Any) -> bool:
    return isinstance(value, dict) and SECRET in value


@contextmanager
def _new_stack(
    kind: str, count: int, environ: Mapping[str, str], settings: Mapping[str, str]
) -> Iterator[Stack]:
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        (folder / "Pulumi.yaml").write_text(PROJECT)
        executable_in(folder)
        (folder / "__main__.py").write_text(program.TEXT)
        asked = {program.KIND: kind, program.COUNT: str(count), "PYTHONPATH": str(ROOT)}
        inherited = {key: text for key, text in os.environ.items() if "POSTHOG" not in key}
        stack = Stack(folder, folder, {**inherited, **environ, **asked}, settings=settings)
        stack.select()
        yield stack


def _declaring(stack: Stack, step: Step) -> Stack:
    declared = {program.TIMEZONE: step.timezone, program.QUARTER: step.quarter}
    return replace(stack, environ={**stack.environ, **declared})


def _measured(posthog: PostHog, stack: Stack, step: Step, options: tuple[str, ...]) -> Measured:
    progress(f"  {step.operation}")
    posthog.requests()
    began = time.perf_counter()
    with ProviderMemory() as memory:
        _declaring(stack, step).ask(*step.command, *options)
    seconds = time.perf_counter() - began
    stored = (stack.folder / "state" / ".pulumi" / "stacks").rglob("*.json")
    state_bytes = sum(file.stat().st_size for file in stored)
    requests = posthog.requests()
    return Measured(step.operation, round(seconds, 3), requests, state_bytes, memory.peak)


def progress(text: str) -> None:
    """Say what takes long, apart from the results."""
    print(f"bench: {text}", file=sys.stderr, flush=True)
