"""The engine's part in a secret token's world: commands that drive the real steps.

A command is a function from one world to the next; each has provider processes of its own, which
remember nothing of another's.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from posthog_pulumi.errors import RefusedError
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.properties import CHECKED_AT
from posthog_pulumi.steps.secret_token import SecretTokenSteps
from support.fake_posthog import ACME, Body, config
from support.fake_posthog_secrets import MintingPostHog, with_token
from support.rotation_steps import NOW, PICKLE, TokenSteps
from support.rotation_world import Half, World, declared, inputs, number, outputs, recorded, text

FOREVER: Final = 99
SIGNED_IN: Final = config(sessionId="abc")


class EndedError(Exception):
    """A call of ours ended a token that somebody uses."""


class StoppedError(Exception):
    """The run was killed, or a dependent failed."""


class Done(NamedTuple):
    """What a command left, and whether the provider refused to go on."""

    world: World
    refused: bool = False


@dataclass
class WatchedPostHog(MintingPostHog):
    """Says which token is about to be ended, before it is."""

    ends: Callable[[int], None] = field(kw_only=True)

    def _one(self, call: Any, organization: str | None, id_: int, action: str) -> Any:
        backup = number(self.projects[id_]["secret_api_token_backup"])
        if backup and action in {"rotate_secret_token", "delete_secret_token_backup"}:
            self.ends(backup)
        return super()._one(call, organization, id_, action)


class Run:
    """One command: the world under its hands, and the providers' processes that serve it.

    It is killed after so many writes of the state; ``goes``: the resource itself is removed.
    """

    def __init__(self, world: World, steps: int = FOREVER, *, goes: bool = False) -> None:
        self.world = world
        self._left = steps
        self._goes = goes
        self._spared = frozenset[int]()
        tokens = [text(token) if token else None for token in (world.current, world.backup)]
        self._posthog = WatchedPostHog(
            {1: with_token(*tokens)},
            minted=world.minted,
            front_is_ahead=None,
            ends=self._watch,
        )
        self.steps = self.process()

    def process(self) -> SecretTokenSteps:
        """The steps in another process."""
        on = replace(self._posthog.connection(organizationId=ACME), memory=Memory())
        made = TokenSteps(on)
        made.settings = SIGNED_IN
        return made

    def apply(self, *, forced: bool) -> None:
        """Check, diff, and create or update."""
        live = self.world.live
        if live is None or forced:
            self._create(live, forced=forced)
            return
        found = self.steps.diff("1", outputs(live), self._checked(inputs(live)))
        if found.replaces:
            self._create(live)
        elif found.changes:
            updated = self.steps.update("1", outputs(live), self._checked(inputs(live)))
            self.step(live=self._recorded(updated.outs))

    def _create(self, before: Half | None, *, forced: bool = False) -> None:
        minted = self.world.minted
        self._spared = self.world.kept
        made = self._recorded(self.steps.create(self._checked({})).outs)
        self._spared = frozenset()
        self.step()  # killed here, the server did it and the state does not know
        if before and not forced and made.armed != before.armed and self.world.minted == minted:
            raise EndedError("nothing, but the trigger counts as fired and no token was minted")
        old = (before,) if before else ()
        kept = {half.token for half in old if half.keep}
        self.step(live=made, old=(*self.world.old, *old), kept=self.world.kept | kept)

    def delete(self, half: Half) -> None:
        """Delete a half."""
        self.steps.delete("1", outputs(half))

    def refresh(self) -> None:
        """Refresh every half, those that wait for their deletion too."""
        live = self._read(self.world.live) if self.world.live else None
        old = [half for half in map(self._read, self.world.old) if half]
        self.world = self.world._replace(live=live, old=tuple(old))

    def _read(self, half: Half) -> Half | None:
        """Read a half, and ask for the difference as the engine does after it."""
        found = self.steps.read("1", outputs(half))
        if not found.id:
            return None
        refreshed = self._recorded(found.outs)
        self.steps.diff("1", outputs(refreshed), {**inputs(half), CHECKED_AT: NOW.isoformat()})
        return refreshed

    def step(self, **changes: Any) -> None:
        """Write the state; what the live half holds is the program's to end, whoever made it."""
        project = self._posthog.projects[1]
        world = self.world._replace(
            current=number(project["secret_api_token"]),
            backup=number(project["secret_api_token_backup"]),
            minted=self._posthog.minted,
            **changes,
        )
        held = {world.live.token} if world.live else set()
        self.world = world._replace(people=world.people - held, kept=world.kept & {world.backup})
        self._left -= 1
        if self._left <= 0:
            raise StoppedError

    def _checked(self, olds: Body) -> Body:
        world = self.world
        news = declared(world.trigger, keep=world.keep, revoke=world.revoke)
        result = self.steps.check({**PICKLE, **olds}, news)
        assert not result.failures
        return result.inputs

    def _recorded(self, outs: Body | None) -> Half:
        return recorded(outs or {}, self._posthog.minted)

    def _watch(self, ended: int) -> None:
        world, live = self.world, self.world.live and self.world.live.token
        users = {} if self._goes else {world.uses: "the dependent", live: "the live half"}
        user = "a person" if ended in world.people else users.get(ended)
        if user and ended not in self._spared:
            raise EndedError(f"token {ended}, which {user} uses")


@dataclass(frozen=True)
class Up:
    """``pulumi up``, in one of its ways."""

    steps: int = FOREVER
    """It is killed after so many writes of the state."""
    dependent_fails: bool = False
    forced: bool = False
    """``--target-replace``: the engine does not call ``diff``."""
    switched: bool = False
    """The provider changed too, so another process deletes the old halves."""
    refreshes: bool = False
    """``--refresh``: one process does both."""

    def __call__(self, world: World) -> Done:
        """Do it."""
        run = Run(world, self.steps, goes=not world.declared)
        try:
            with suppress(StoppedError):
                self._do(run)
        except RefusedError:
            return Done(run.world, refused=True)
        return Done(run.world)

    def _do(self, run: Run) -> None:
        if self.refreshes:
            run.refresh()
        if run.world.declared:
            run.apply(forced=self.forced)
            if self.dependent_fails:
                raise StoppedError
            run.step(uses=run.world.live and run.world.live.token)
        else:
            run.step(uses=None)
            if run.world.live:
                run.delete(run.world.live)
                run.step(live=None)
        if self.switched:
            run.steps = run.process()
        for half in run.world.old:
            run.delete(half)
            run.step(old=tuple(other for other in run.world.old if other is not half))


def destroy(world: World) -> Done:
    """``pulumi destroy``: deletes only, with nothing remembered."""
    run = Run(world, goes=True)
    for half in (*world.old, *([world.live] if world.live else [])):
        run.delete(half)
        run.step()
    run.step(live=None, old=(), uses=None)
    return Done(run.world)


def refresh(world: World) -> Done:
    """``pulumi refresh``."""
    run = Run(world)
    run.refresh()
    return Done(run.world)


def by_hand(world: World) -> Done:
    """A person rotates and uses the new token; nobody outside still uses the one that dies."""
    new = world.minted + 1
    people = (world.people | {new}) - {world.backup}
    made = world._replace(current=new, backup=world.current, minted=new, people=people)
    return Done(made._replace(kept=frozenset()))
