"""Everything that may happen to a secret token, one thing after the other, and what must hold."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from support.rotation_engine import Done, EndedError, Up, by_hand, destroy, refresh
from support.rotation_world import World

Command = Callable[[World], Done]
History = tuple[str, ...]

STARTS: Final = (
    World(),
    World(current=1, minted=1, people=frozenset({1})),
    World(current=2, backup=1, minted=2, people=frozenset({1, 2})),
    World(current=2, backup=1, minted=2),
    World(revoke=False),
    World(current=2, backup=1, minted=2, people=frozenset({1}), revoke=False),
)
"""Projects without tokens, with tokens that people use, and with some that nobody does."""

UPS: Final = {
    "up": Up(),
    "up, dependent fails": Up(dependent_fails=True),
    "up, killed after step 1": Up(steps=1),
    "up, killed after step 2": Up(steps=2),
    "up, killed after step 3": Up(steps=3),
    "up, forced": Up(forced=True),
    "up, forced, dependent fails": Up(forced=True, dependent_fails=True),
}


def happens(world: World) -> Iterator[tuple[str, Command]]:
    """What may happen next."""
    yield from UPS.items()
    # The docs' known limit: a forced replacement that stops half-way, then a switched provider.
    if not {half.token for half in world.old} & {world.current, world.live and world.live.token}:
        yield "up, provider switched", Up(switched=True)
    yield "refresh", refresh
    yield "destroy", destroy
    if world.old:
        yield "state delete of an old half, or retain_on_delete", _edit(old=world.old[1:])
    if world.trigger < 4:
        yield "trigger changes", _edit(trigger=world.trigger + 1)
    if world.trigger > 1:
        yield "trigger goes back", _edit(trigger=world.trigger - 1)
    yield "keep_previous switches", _edit(keep=not world.keep)
    used = {world.uses} | {half.token for half in (world.live, *world.old) if half}
    if world.backup is None or world.backup not in used:
        yield "rotated by hand", by_hand  # people do not end a token that the program uses
    if world.people:
        yield "people move on", _edit(people=frozenset())
    yield "resource removed or added", _edit(declared=not world.declared)


def _edit(**changes: object) -> Command:
    return lambda world: Done(world._replace(**changes))  # type: ignore[arg-type]


@dataclass
class Explored:
    """Every world within so many events, and the histories that break a promise."""

    worlds: set[World] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


def explore(depth: int) -> Explored:
    """Try every history of that many events; worlds that were seen are not tried again."""
    found = Explored()
    queue: deque[tuple[World, History]] = deque((start, ()) for start in STARTS)
    while queue:
        world, history = queue.popleft()
        if world not in found.worlds:
            found.worlds.add(world)
            found.broken += _unsettled(world, history)
            following = happens(world) if len(history) < depth else ()
            for name, command in following:
                queue += _after(found, world, command, (*history, name))
    return found


def _after(
    found: Explored, world: World, command: Command, history: History
) -> list[tuple[World, History]]:
    """SAFETY: no call of ours ends a token that the dependent, the live half or a person uses."""
    try:
        return [(command(world).world, history)]
    except EndedError as error:
        found.broken.append(f"{' > '.join(history)}: ended {error} in {world}")
    return []


def _unsettled(world: World, history: History) -> list[str]:
    """LIVENESS: undisturbed, a few commands bring everyone to the server's current token."""
    try:
        wrong = _wrong_after_settling(world)
    except EndedError as error:
        wrong = f"ended {error}"
    return [f"{' > '.join(history)} > (settling): {wrong} in {world}"] if wrong else []


def _wrong_after_settling(world: World) -> str:
    if not world.declared or world.live is None:
        return ""
    settled = _settled(world)
    live = settled.live
    if live is None or {live.token, settled.uses} != {settled.current} or settled.old:
        return "not everyone is on the current token"
    if settled.backup not in {None, live.previous}:
        return ""  # a person has to say what becomes of a backup that was never the program's
    fired = live.armed + 10
    again = _settled(settled._replace(trigger=fired))
    if again.live is None or again.live.armed != fired or again.uses != again.current:
        return "the trigger never fires"
    clean = again._replace(backup=None, keep=again.live.keep)
    for command in (Up(), Up(refreshes=True)):
        first = _rotated(clean, command)
        if not first or not _rotated(first, command):
            return "one undisturbed up is not a whole rotation"
    return ""


def _rotated(world: World, command: Command) -> World | None:
    """The world after a whole rotation by one command, or None if it is not whole."""
    fired = world.trigger + 10
    after = command(world._replace(trigger=fired)).world
    moved = after.live is not None and after.live.armed == fired and after.uses == after.current
    whole = moved and after.current != world.current and not after.old
    return after if whole and (after.backup is not None) is world.keep else None


def _settled(world: World) -> World:
    """A few undisturbed commands; what the provider refuses, a person does as its error says."""
    trigger, keep = world.trigger, world.keep
    for _ in range(4):
        done = _up(_refreshed(world._replace(trigger=trigger, keep=keep)))
        world = done.world
        if done.refused and world.live:
            as_it_was = world._replace(trigger=world.live.armed, keep=world.live.keep)
            world = _up(_refreshed(as_it_was)).world
            world = _up(_refreshed(world._replace(keep=keep))).world
            unused = world.backup not in {world.uses, *world.people} and not world.old
            world = world._replace(backup=None) if unused else world
    return world._replace(trigger=trigger, keep=keep)


@cache
def _up(world: World) -> Done:
    return Up()(world)


@cache
def _refreshed(world: World) -> World:
    return refresh(world).world
