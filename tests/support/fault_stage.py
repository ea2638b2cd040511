"""A stack, its PostHog and a faulty network between them: where an action is played."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Self

import pytest

from posthog_pulumi.config import load
from posthog_pulumi.errors import PostHogError
from support.fault_actions import SCOPES, Action, Hands
from support.fault_owner import Owner, PostHog
from support.fault_sight import Secret, Sight
from support.faulty_transport import Armed, FaultyTransport, QuickClock
from support.steps_engine import StepsEngine

ROUNDS: Final = 2
"""After this many times ``refresh`` and ``up`` all must be well."""

_KEY_SHAPED: Final = re.compile(r"ph[a-z]_[A-Za-z0-9]{6,}")


@dataclass(frozen=True)
class Story:
    """What became of an action."""

    outcome: str
    """``done`` if nothing happened, or as in ``tests/data/fault_matrix.toml``."""
    error: str
    """The error's text; empty without one."""
    text: str
    """All that was logged and raised."""


@dataclass
class Stage:
    """An organization of the test's own, and a stack with what the action needs."""

    action: Action
    owner: Owner
    hands: Hands
    wire: FaultyTransport
    engine: StepsEngine
    sight: Sight
    had: set[Secret] = field(default_factory=set)
    """The secrets that the state held before."""
    lost: set[Secret] = field(default_factory=set)
    """Those that somebody ended by hand."""

    @classmethod
    def set(cls, action: Action, posthog: PostHog) -> Self:
        """Make the organization and all that is there before the action."""
        owner = Owner.at(posthog)
        elsewhere = owner.second_organization() if action.moves else {"id": "", "slug": ""}
        names = {"@elsewhere": elsewhere["id"], "@elsewhere-slug": elsewhere["slug"]}
        wire, engine = connected(owner, names)
        engine.up(action.before)
        sight = Sight(owner, engine, elsewhere["id"])
        had = sight.held()
        hands = Hands(owner, engine, elsewhere["id"])
        action.hand(hands)
        return cls(action, owner, hands, wire, engine, sight, had, sight.dead(had))

    def play(self, armed: Armed | None, caplog: pytest.LogCaptureFixture) -> Story:
        """Run the action's command once."""
        caplog.clear()
        caplog.set_level("DEBUG", "posthog_pulumi")
        self.wire.arm(armed)
        error = None
        try:
            self.run()
        except PostHogError as caught:
            error = caught
        warned = any(
            record.levelname == "WARNING" and record.name.startswith("posthog_pulumi.lifecycle")
            for record in caplog.records
        )
        outcome = "refused" if error else "warned" if warned else self._outcome(armed)
        return Story(outcome, str(error or ""), f"{caplog.text}\n{error}\n{error!r}")

    def run(self) -> None:
        """Run the action's command."""
        match self.action.command:
            case "up":
                self.engine.up(self.action.after)
            case "refresh":
                self.engine.refresh()
            case "destroy":
                self.engine.destroy()
            case look_up:
                look_up(self.engine.connection(), self.hands.id("web"))

    def _outcome(self, armed: Armed | None) -> str:
        more = Counter(self.wire.sent) - Counter(self.action.requests)
        again = more.pop(self.wire.sent[armed.at], 0) if armed else 0
        parts = ["looked up"] * bool(more) + ["repeated"] * bool(again)
        return ", ".join(parts) or "done"

    def settle(self, story: Story) -> None:
        """Do what the error advises, then ``refresh`` and ``up`` on a network without faults."""
        self.wire.arm(None)
        self.wire.finish()
        if "delete it" in story.error:
            self._delete_by_hand()
        for _ in range(ROUNDS):
            with suppress(PostHogError):
                self.engine.refresh()
                self._bring()
                if not (self.engine.old or self.engine.changes(self.action.after)):
                    return

    def _bring(self) -> None:
        if self.action.after:
            self.engine.up(self.action.after)
        else:
            self.engine.destroy()

    def _delete_by_hand(self) -> None:
        known = {entry.id for entry in self.engine.state.values()}
        there = {str(one["id"]) for one in self.sight.projects()}
        for id_ in there - known:
            self.owner.delete_for_good(id_)
        for id_, path in self.sight.keys(there & known).items():
            if id_ not in known:
                self.owner.call("DELETE", path)

    def broken(self, story: Story) -> list[str]:
        """Each promise that the action broke, whatever else became of it."""
        dead = self.sight.dead(self.sight.held(self.action.after)) - self.lost
        secrets = [self.owner.session_id, *(secret for _, secret in self.had)]
        leaks = _KEY_SHAPED.search(story.text) or any(one in story.text for one in secrets)
        return [
            *(["there are two projects"] * (len(self.sight.projects()) > 1)),
            *("a secret in use is dead" for _ in dead),
            *(["a secret is in the text"] * bool(leaks)),
            *(["a request went elsewhere"] * (self.wire.hosts > {"127.0.0.1"})),
        ]

    def apart(self) -> list[str]:
        """All in which the state, the program and PostHog differ; none if all is well."""
        self.wire.arm(None)
        ended = self.had - self.sight.held()
        return [
            *self.sight.apart(self.action.after),
            *(["a preview sends requests"] * bool(self.wire.sent)),
            *("an old secret works" for _ in ended - self.sight.dead(ended)),
        ]


def connected(owner: Owner, names: Mapping[str, str]) -> tuple[FaultyTransport, StepsEngine]:
    """An empty stack with the owner's key and session, and its network."""
    config = load(
        {
            "apiKey": owner.api_key,
            "sessionId": owner.session_id,
            "host": owner.posthog.url,
            "organizationId": owner.organization_id,
        }.get,
        {},
    )
    clock = QuickClock()
    wire = FaultyTransport(owner.posthog.network, clock, another(owner.posthog))
    return wire, StepsEngine(config, wire, clock, names)


@cache
def another(posthog: PostHog) -> Mapping[str, bytes]:
    """A project and a key of somebody else, as PostHog shows them."""
    owner = Owner.at(posthog)
    projects = f"/api/organizations/{owner.organization_id}/projects/"
    project = owner.call("POST", projects, {"name": "Another"})
    found = {"project": json.dumps(project).encode()}
    if posthog.server != "current":
        return found
    path = f"/api/projects/{project['id']}/project_secret_api_keys/"
    key = owner.call("POST", path, {"label": "another", "scopes": SCOPES})
    return {**found, "key": json.dumps(key).encode()}
