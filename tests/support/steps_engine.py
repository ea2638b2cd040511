"""Pulumi's part in a test in which steps run in the test's own process."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import Any, Final

import httpx
from pulumi.runtime import rpc

from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import Config
from posthog_pulumi.lifecycle.connection import Connection, over
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.provider import Steps
from posthog_pulumi.steps.border import Configured
from support.clock import Clock
from support.our_resources import RESOURCES

Props = dict[str, Any]


class _Process(Configured):
    """What the steps of one provider's process share."""

    def __init__(self, config: Config, transport: Transport, memory: Memory) -> None:
        self.settings = config
        self._connect: Callable[[], Connection] = lambda: over(transport, memory, config)
        self._memory = memory

    def connection(self) -> Connection:
        """The connection over the test's transport."""
        return self._connect()

    def memory(self) -> Memory:
        """What this run remembers."""
        return self._memory


_STEPS: Final[Mapping[str, Callable[[Config, Transport, Memory], Steps]]] = {
    ours.kind: type(ours.kind, (_Process, resolve_name(ours.provider.steps)), {})
    for ours in RESOURCES
}
"""The steps of each kind of resource."""


@dataclass(frozen=True)
class Declared:
    """A resource in a program."""

    kind: str
    """Of ``our_resources``."""
    inputs: Mapping[str, Any]


Program = Mapping[str, Declared]
"""Resources by name; an input ``"@web"`` stands for the id of the resource ``web``, and
``"@web.organization"`` for that output."""


@dataclass
class Entry:
    """A resource in the state."""

    kind: str
    id: str
    inputs: Props
    outputs: Props
    shown: str
    """What the provider returned last, as a state shows it: with secrets blanked out."""


@dataclass
class StepsEngine:
    """The state of a stack, and the commands; each has a provider's process of its own."""

    config: Config
    wire: httpx.BaseTransport
    clock: Clock
    names: Mapping[str, str] = field(default_factory=dict)
    """What other inputs with an ``@`` stand for."""
    state: dict[str, Entry] = field(default_factory=dict)
    old: list[Entry] = field(default_factory=list)
    """The halves that were replaced and are to be deleted."""

    def up(self, program: Program) -> None:
        """Bring the state to the program; the first error ends it."""
        process = self._start()
        for name, declared in program.items():
            self._apply(process(declared.kind), name, declared)
        self._delete_old(process)
        self._delete(process, [name for name in self.state if name not in program])

    def refresh(self) -> None:
        """Read everything, old halves included."""
        process = self._start()
        self.old = [entry for entry in self.old if self._read(process, entry)]
        self.state = {
            name: entry for name, entry in self.state.items() if self._read(process, entry)
        }

    def destroy(self) -> None:
        """Delete everything."""
        process = self._start()
        self._delete_old(process)
        self._delete(process, list(self.state))

    def changes(self, program: Program) -> set[str]:
        """The resources that a preview would show as changed."""
        process = self._start()
        kept = program.keys() & self.state.keys()
        differing = {name for name in kept if self._differs(process, name, program[name])}
        return differing | (program.keys() ^ self.state.keys())

    def connection(self) -> Connection:
        """A connection as the look-ups of a program have it."""
        return over(self._transport(), Memory(), self.config)

    def _transport(self) -> Transport:
        return Transport(self.config, transport=self.wire, sleep=self.clock.sleep, clock=self.clock)

    def _start(self) -> Callable[[str], Steps]:
        transport, memory = self._transport(), Memory()
        return lambda kind: _STEPS[kind](self.config, transport, memory)

    def _apply(self, steps: Steps, name: str, declared: Declared) -> None:
        known = self.state.get(name)
        news = self._checked(steps, known.inputs if known else {}, declared)
        if known is None:
            self.state[name] = _created(steps, declared.kind, news)
            return
        found = steps.diff(known.id, known.outputs, news)
        if found.replaces:
            self.state[name] = _created(steps, declared.kind, news)
            self.old.append(known)
        elif found.changes:
            updated = steps.update(known.id, known.outputs, news)
            self.state[name] = _entry(known.kind, known.id, news, updated.outs)

    def _differs(self, process: Callable[[str], Steps], name: str, declared: Declared) -> bool:
        steps, known = process(declared.kind), self.state[name]
        news = self._checked(steps, known.inputs, declared)
        return bool(steps.diff(known.id, known.outputs, news).changes)

    def _checked(self, steps: Steps, olds: Props, declared: Declared) -> Props:
        checked = steps.check(olds, {key: self._of(it) for key, it in declared.inputs.items()})
        assert not checked.failures, [failure.reason for failure in checked.failures]
        return _plain(checked.inputs)

    def _of(self, value: Any) -> Any:
        if not (isinstance(value, str) and value.startswith("@")):
            return value
        if value in self.names:
            return self.names[value]
        name, _, output = value[1:].partition(".")
        return self.state[name].outputs[output] if output else self.state[name].id

    def _read(self, process: Callable[[str], Steps], entry: Entry) -> bool:
        found = process(entry.kind).read(entry.id, entry.outputs)
        if not found.id:
            return False
        entry.outputs, entry.shown = _plain(found.outs), _shown(found.outs, found.inputs)
        if found.inputs:
            entry.inputs = _plain(found.inputs)
        return True

    def _delete_old(self, process: Callable[[str], Steps]) -> None:
        for entry in list(self.old):
            process(entry.kind).delete(entry.id, entry.outputs)
            self.old.remove(entry)

    def _delete(self, process: Callable[[str], Steps], names: list[str]) -> None:
        for name in reversed(names):
            process(self.state[name].kind).delete(self.state[name].id, self.state[name].outputs)
            del self.state[name]


def _created(steps: Steps, kind: str, news: Props) -> Entry:
    made = steps.create(news)
    return _entry(kind, str(made.id), news, made.outs)


def _entry(kind: str, id_: str, inputs: Props, outs: Mapping[str, Any] | None) -> Entry:
    return Entry(kind, id_, inputs, _plain(outs), _shown(outs))


def _shown(*returned: Mapping[str, Any] | None) -> str:
    props = [(name, value) for found in returned for name, value in (found or {}).items()]
    return json.dumps(
        [name if rpc.is_rpc_secret(value) else (name, value) for name, value in props]
    )


def _plain(props: Mapping[str, Any] | None) -> Props:
    """What the engine keeps: JSON, and secrets in clear."""
    clear = {name: rpc.unwrap_rpc_secret(value) for name, value in (props or {}).items()}
    return dict(json.loads(json.dumps(clear)))
