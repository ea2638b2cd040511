"""A stack and the PostHog under it: the commands of random programs, and what must hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self

from posthog_pulumi.errors import PostHogError
from support.fault_crash import Said
from support.fault_owner import Owner, PostHog
from support.fault_sight import Sight
from support.fault_stage import connected
from support.faulty_transport import Armed, FaultyTransport
from support.program_view import View
from support.steps_engine import Program, StepsEngine

ROUNDS: Final = 2
"""After this many times ``refresh`` and ``up`` all must be well."""


_NAMES_ORPHANS: Final = re.compile("delete it|Delete what is not needed")
"""What an error says that names what may exist and nobody knows, so that a person deletes it."""


class Done(NamedTuple):
    """What a command said."""

    error: str
    """Empty if it went well."""
    text: str
    """All that it said."""


@dataclass
class ProgramStack:
    """One stack in an organization of its own, which has a sister."""

    owner: Owner
    organizations: tuple[str, str]
    wire: FaultyTransport
    engine: StepsEngine
    sight: Sight
    fresh: Mapping[str, Any] = field(default_factory=dict)
    """A project that nobody ever touched."""
    by_hand: set[str] = field(default_factory=set)
    """The projects that people made."""
    lost: set[str] = field(default_factory=set)
    """The secrets that people ended."""
    sent: list[str] = field(default_factory=list)
    """The requests of the last command, by their endpoints' names."""
    _view: View | None = None
    _dead: set[str] | None = None

    @classmethod
    def at(cls, posthog: PostHog) -> Self:
        """An empty stack; each organization has a project made by hand, which is never the last."""
        owner = Owner.at(posthog)
        here, elsewhere = owner.organization_id, owner.second_organization()
        names = {"@here": here, "@elsewhere": elsewhere["id"], "@elsewhere-slug": elsewhere["slug"]}
        wire, engine = connected(owner, names)
        sight = Sight(owner, engine, elsewhere["id"])
        stack = cls(owner, (here, elsewhere["id"]), wire, engine, sight)
        for organization in stack.organizations:
            stack.fresh = stack.create({"name": "By hand"}, organization)
        return stack

    def create(self, body: Mapping[str, Any], organization: str = "") -> Mapping[str, Any]:
        """Create a project by hand."""
        where = organization or self.owner.organization_id
        made: dict[str, Any] = self.owner.call(
            "POST", f"/api/organizations/{where}/projects/", body
        )
        self.by_hand.add(str(made["id"]))
        self.changed()
        return made

    def view(self) -> View:
        """What PostHog has now."""
        if self._view is None:
            self._view = View.of(self.owner, self.organizations, self.by_hand)
        return self._view

    def dead(self) -> set[str]:
        """The secrets in the state that do not work."""
        if self._dead is None:
            projects, held = self.view().projects, self.held().items()
            api_tokens = {id_: project["api_token"] for id_, project in projects.items()}
            live = {secret: api_tokens.get(id_, "") for secret, id_ in held}
            self._dead = {secret for secret in live if not self.sight.opens(live[secret], secret)}
        return self._dead

    def held(self) -> dict[str, str]:
        """The secret tokens and keys in the state, and the project of each."""
        entries = [it for it in self.engine.state.values() if it.kind in {"token", "key"}]
        return {secret_of(it.outputs): it.outputs["project_id"] for it in entries}

    def changed(self) -> None:
        """Forget what was seen."""
        self._view = self._dead = None

    def act(self, method: str, path: str, body: Any = None) -> None:
        """Do something by hand."""
        self.changed()
        self.owner.call(method, path, body)

    def run(self, command: Callable[[], None], armed: Armed | None = None) -> Done:
        """Run one command; PostHog then finishes what it was still at work on."""
        self.wire.arm(armed)
        error = ""
        with Said() as said:
            try:
                command()
            except PostHogError as caught:
                error = str(caught)
        self.sent = [*self.wire.sent]
        self.wire.arm(None)
        self.wire.finish()
        if self.sent:
            self.changed()
        return Done(error, f"{said.text}{error}")

    def unsafe(self, done: Done) -> list[str]:
        """Each promise that does not even hold after a failure."""
        view, state = self.view(), self.engine.state
        dead = self.dead() - self.lost
        entries = [*state.values(), *self.engine.old]
        secrets = view.secrets | self.held().keys()
        adopted = {entry.id for entry in entries} & self.by_hand
        return [
            *([] if _NAMES_ORPHANS.search(done.text) else view.orphans(entries)),
            *("a secret that the state holds does not work" for _ in dead),
            *("the state shows a secret" for e in entries for one in secrets if one in e.shown),
            *("a message shows a secret" for one in secrets if one in done.text),
            *(f"project {id_}, which a person made, is in the state" for id_ in adopted),
        ]

    def settle(self, program: Program, done: Done) -> list[str]:
        """Do what the error advises, then ``refresh`` and ``up``; all that is not well after it."""
        if _NAMES_ORPHANS.search(done.text):
            self._delete_orphans()
        for _ in range(ROUNDS):
            done = self.run(lambda: self._refresh_and_up(program))
            if not (done.error or self.engine.old or self.engine.changes(program)):
                break
        return [*filter(None, [done.error]), *self.unsettled(program)]

    def unsettled(self, program: Program) -> list[str]:
        """All in which state, program and PostHog differ; none after an undisturbed ``up``."""
        return [
            *self.unsafe(Done("", "")),
            *(f"{entry.kind} {entry.id} is left over" for entry in self.engine.old),
            *(f"{name} would change" for name in sorted(self.engine.changes(program))),
            *self.view().differs(self.engine.state, program),
            *self._sent_by_another_up(program),
        ]

    def _sent_by_another_up(self, program: Program) -> Iterator[str]:
        done = self.run(lambda: self.engine.up(program))
        sent = [f"another up sends {request}" for request in self.sent]
        yield from [*filter(None, [done.error]), *sent]

    def _refresh_and_up(self, program: Program) -> None:
        self.engine.refresh()
        self.engine.up(program)

    def _delete_orphans(self) -> None:
        view = self.view()
        known = {entry.id for entry in self.engine.state.values()}
        for id_ in view.projects.keys() - known:
            self.delete(id_)
        for id_, key in view.keys.items():
            if id_ not in known and str(key["project_id"]) in known:
                self.act("DELETE", key["path"])

    def delete(self, project_id: str) -> None:
        """Delete a project, and let PostHog be done with it."""
        organization = self.view().projects[project_id]["organization"]
        self.owner.delete_for_good(project_id, organization)
        self.changed()

    def lose(self) -> None:
        """Take note of what a person has ended."""
        self.lost |= self.dead()


def secret_of(outputs: Mapping[str, Any]) -> str:
    """The secret that a resource holds."""
    names = ("token", "value", "api_token")
    return str(next(outputs[name] for name in names if name in outputs))
