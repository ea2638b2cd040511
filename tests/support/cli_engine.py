"""The real Pulumi CLI, running a test's program on a stack of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi import automation as auto
from pulumi.automation._stack import StackInitMode

from support.inline_program import InlineProgram, Program
from support.posthog_ui import Ui
from support.quick_stack import NAME, ROOT, QuickWorkspace, quiet

__all__ = ["NAME", "ROOT", "Entry", "Program", "Run", "Stack", "UnexpectedSuccessError", "cli"]

_CHANGE = re.compile(r"^ {6}([-+~]) (\w+) *:", re.MULTILINE)


class UnexpectedSuccessError(Exception):
    """A command went well that a test expected to fail; what it printed is the message."""


def cli() -> Path:
    """The folder of the Pulumi CLI, which is got if there is none; if that fails, it says how."""
    command = [sys.executable, str(ROOT / "tools" / "pulumi_cli.py")]
    found = subprocess.run(  # noqa: S603 - our own interpreter and script
        command, stdout=subprocess.PIPE, text=True, check=True
    )
    return Path(found.stdout.strip())


@dataclass(frozen=True)
class Run:
    """What one command did."""

    steps: Mapping[str, str]
    """By resource name: ``same``, ``create``, ``update``, ``replace``, ``delete`` or ``read``."""
    outputs: Mapping[str, Any]
    """The stack's outputs as the engine shows them: a secret is a string ``[secret]``."""
    errors: list[str]
    """The text printed under each resource that failed."""
    text: str
    """All that was printed."""

    @property
    def changes(self) -> list[str]:
        """The properties that a preview announces: ``+ added``, ``~ changed``, ``- removed``."""
        return [" ".join(found) for found in _CHANGE.findall(self.text.split("--outputs:--")[0])]


@dataclass(frozen=True)
class Entry:
    """A resource in the state file; each secret in it is a string ``[secret]``."""

    id: str
    type: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    pending_deletion: bool


class _QuickStack(auto.Stack):
    """Leaves out the three commands after each one, whose output no test reads."""

    def outputs(self) -> auto.OutputMap:
        return {}

    def info(self, *_: object) -> auto.UpdateSummary | None:
        return auto.UpdateSummary("update", None, "", {}, {}, "succeeded")  # type: ignore[arg-type]


class Stack:
    """A stack whose home, state and passphrase live in a folder of the test."""

    def __init__(self, folder: Path, ui: Ui, name: str = NAME) -> None:
        self.ui = ui
        self.name = name
        self.project = NAME
        self._state = folder / "state" / ".pulumi" / "stacks" / NAME / f"{name}.json"
        self.environ = {**quiet(folder), **_account(ui)}
        """Variables of the commands to come, such as ``POSTHOG_API_KEY``."""
        workspace = QuickWorkspace(folder)
        workspace.env_vars = self.environ
        self._stack = _QuickStack(name, workspace, StackInitMode.CREATE)

    def up(self, program: Program, *, fails: bool = False, **options: Any) -> Run:
        """Apply the program."""
        with InlineProgram(program) as watched:
            return _run(self._stack.up, fails=fails, program=watched, **options)

    def preview(self, program: Program, *, fails: bool = False, **options: Any) -> Run:
        """Show what applying the program would change."""
        with InlineProgram(program) as watched:
            return _run(self._stack.preview, fails=fails, program=watched, diff=True, **options)

    def refresh(self, *, fails: bool = False, **options: Any) -> Run:
        """Look at what is there now; the configuration is the one in the state."""
        return _run(self._stack.refresh, fails=fails, **options)

    def destroy(self, *, fails: bool = False) -> Run:
        """Remove everything; the configuration is the one in the state."""
        return _run(self._stack.destroy, fails=fails)

    def configure(self, key: str, value: str, *, secret: bool = False) -> None:
        """Set the stack's configuration."""
        self._stack.set_config(key, auto.ConfigValue(value, secret=secret))

    def reveal(self, output: str) -> Any:
        """The value behind a ``[secret]`` output of the stack."""
        found = auto.Stack.outputs(self._stack)
        return found[output].value

    def requests(self) -> list[str]:
        """What reached PostHog since the last look."""
        return self.ui.requests()

    def state(self) -> dict[str, Entry]:
        """The state's resources by name, without the stack and its providers."""
        latest = json.loads(self.state_text())["checkpoint"]["latest"] or {}
        entries = {entry["urn"].split("::")[-1]: entry for entry in latest.get("resources", [])}
        return {name: _entry(entry) for name, entry in entries.items() if _counts(entry["type"])}

    def state_text(self) -> str:
        """The state file as it is on disk."""
        return self._state.read_text(encoding="utf-8")


def _account(ui: Ui) -> dict[str, str]:
    environ = ui.tenant.environ
    del environ["POSTHOG_SESSION_ID"]
    return environ


def _run(command: Callable[..., Any], *, fails: bool, **options: Any) -> Run:
    events: list[auto.EngineEvent] = []
    try:
        done = command(on_event=events.append, color="never", **options)
    except auto.CommandError as error:
        if not fails:
            raise
        return _run_of(events, str(error))
    if fails:
        raise UnexpectedSuccessError(done.stdout)
    return _run_of(events, f"{done.stdout}{done.stderr}")


def _run_of(events: list[auto.EngineEvent], text: str) -> Run:
    steps: dict[str, str] = {}
    outputs: dict[str, Any] = {}
    for step in (step for event in events for step in _steps(event)):
        name = step.urn.split("::")[-1]
        if step.type == "pulumi:pulumi:Stack" and step.new:
            outputs = {key: _shown(value) for key, value in (step.new.outputs or {}).items()}
        if _counts(step.type) and steps.get(name) != "replace":
            steps[name] = str(step.op.value)
    failures = [event.diagnostic_event for event in events if event.diagnostic_event]
    errors = [item.message.strip() for item in failures if item.severity == "error" and item.urn]
    return Run(steps, outputs, errors, text)


def _steps(event: auto.EngineEvent) -> list[Any]:
    found = (event.resource_pre_event, event.res_outputs_event)
    return [item.metadata for item in found if item]


def _counts(kind: str) -> bool:
    return not kind.startswith("pulumi:")


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return "[secret]" if "ciphertext" in value else {k: _shown(v) for k, v in value.items()}
    return value


def _entry(entry: Mapping[str, Any]) -> Entry:
    return Entry(
        id=entry.get("id", ""),  # a component has none
        type=entry["type"],
        inputs=_shown(entry.get("inputs", {})),
        outputs=_shown(entry.get("outputs", {})),
        pending_deletion=entry.get("delete", False),
    )
