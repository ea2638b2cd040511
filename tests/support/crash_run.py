"""Playing a crash: an operation of the real CLI, ``kill -9``, and what the docs say to do then."""

import json
import logging
import os
import signal
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from posthog_pulumi.emulator import Fault, Request
from support.crash_end import End, State, extra_keys, extra_projects
from support.crash_ground import APPLY, Ground, PostHog, apply
from support.crash_plan import LATENCY, Crash, repeat
from support.sessions import Session
from tools.stack import PulumiError, Stack

_LOGGER: Final = logging.getLogger(__name__)

BEFORE: Final = {"timezone": "Europe/Berlin", "quarter": "Q3"}
AFTER: Final = {
    "create": BEFORE,
    "update": {**BEFORE, "timezone": "Europe/Paris"},
    "rotate": {**BEFORE, "quarter": "Q4"},
    "destroy": BEFORE,
}
PATIENCE: Final = 5.0
"""Seconds until Ctrl-C ends the search for what a killed PostHog did, which takes a minute."""


@dataclass
class Prepared:
    """Stacks with their PostHog as they are before a crash, each made when first needed."""

    folder: Path
    _known: dict[str, tuple[Ground, State]] = field(default_factory=dict)

    def copy_for(self, crash: Crash, folder: Path) -> tuple[Ground, State]:
        """Nothing made yet for a create, everything made for what comes later."""
        new = crash.operation == "create"
        name = f"{'new' if new else 'made'}-{crash.server}"
        if name not in self._known:
            ground = Ground.new(self.folder / name, crash.server)
            self._known[name] = ground, _prepare(ground, made=not new)
        ground, state = self._known[name]
        return ground.copy(folder), state


def _prepare(ground: Ground, *, made: bool) -> State:
    with closing(PostHog(ground)) as posthog:
        stack = ground.stack(posthog.emulator.environ, **BEFORE)
        stack.select()
        if made:
            stack.ask("up", *APPLY)
        return _in_clear(stack)


def _in_clear(stack: Stack) -> State:
    exported = stack.ask("stack", "export", "--show-secrets", "--stack", stack.name)
    return State(json.loads(exported)["deployment"] or {})


def play(crash: Crash, prepared: Prepared, folder: Path) -> End:
    """Strike, recover as the docs say, and look at what there is."""
    _LOGGER.warning("%s\n%s", crash, repeat(crash.seed))  # shown where the test fails
    ground, before = prepared.copy_for(crash, folder)
    with closing(PostHog(ground)) as posthog:
        run = _Run(crash, posthog, ground.stack(posthog.emulator.environ, **AFTER[crash.operation]))
        left = run.strike()
        changes, sent = run.recover()
        state, projects = _in_clear(run.stack), posthog.projects()
        api_tokens = {str(item["id"]): item["api_token"] for item in projects}
        return End(
            crash=crash,
            before=before,
            state=state,
            projects=projects,
            keys=posthog.keys(projects),
            dead=[
                id_ for id_, key in state.secrets if not posthog.opens(api_tokens.get(id_, ""), key)
            ],
            changes=changes,
            sent=sent,
            left=left,
        )


@dataclass
class _Run:
    crash: Crash
    posthog: PostHog
    stack: Stack

    @property
    def command(self) -> str:
        """The operation's."""
        return "destroy" if self.crash.operation == "destroy" else "up"

    def strike(self) -> list[str]:
        """Run the operation and kill the victim at its moment; the processes that stay."""
        log, control = self.posthog.emulator.requests, self.posthog.emulator.control
        log.new()
        control.fault(Fault(path="/api/**", times=None, delay=LATENCY, delay_after=LATENCY))
        session = apply(self.stack, self.command)
        responses: list[Request] = []

        def reached() -> bool:
            responses.extend(log.new())
            return len(responses) >= self.crash.after

        if session.until(session.provider) and session.until(reached):
            time.sleep(self.crash.delay)
            self._kill(session)
            session.hurry(PATIENCE)
        session.wait()
        _LOGGER.warning(session.text)
        self.posthog.emulator.control.clear_faults()
        return session.left()

    def _kill(self, session: Session) -> None:
        if self.crash.victim == "emulator":
            self.posthog.kill()
        elif pid := session.pid if self.crash.victim == "cli" else session.provider():
            os.kill(pid, signal.SIGKILL)

    def recover(self) -> tuple[str, list[str]]:
        """What the docs say to do; what another command would change, and what it sent."""
        for attributes in self.stack.folder.glob("state/.pulumi/stacks/**/*.attrs"):
            if not attributes.stat().st_size:
                attributes.unlink()
        if any(self.stack.folder.glob("state/.pulumi/locks/**/*.json")):
            self._ask("cancel", "--yes")
        state, projects = self._recorded(), self.posthog.projects()
        extra = extra_projects(state, projects)
        for project in extra:
            self.posthog.remove_project(project)
        kept = [project for project in projects if project not in extra]
        for key in extra_keys(state, self.posthog.keys(kept)):
            self.posthog.remove_key(key)
        changes, sent = self._settled()
        return self._settled() if changes else (changes, sent)

    def _settled(self) -> tuple[str, list[str]]:
        self._ask("refresh", *APPLY, "--clear-pending-creates")
        self._ask(self.command, *APPLY)
        self.posthog.emulator.requests.new()
        changes = self._changes()
        return changes, [f"{it.method} {it.path}" for it in self.posthog.emulator.requests.new()]

    def _changes(self) -> str:
        if self.command == "destroy":
            return "".join(item["urn"] for item in self._recorded().resources)
        try:
            self._ask("preview", "--expect-no-changes", "--diff")
        except PulumiError as error:
            return str(error)
        return ""

    def _recorded(self) -> State:
        """The state as it is on disk."""
        name = self.stack.name
        file = self.stack.folder / "state" / ".pulumi" / "stacks" / "crash" / f"{name}.json"
        return State(json.loads(file.read_text("utf-8"))["checkpoint"]["latest"] or {})

    def _ask(self, *arguments: str) -> str:
        return self.stack.ask(*arguments, "--stack", self.stack.name)
