"""A secret token's world between two commands; its tokens are numbers: ``phs_3`` is 3."""

from typing import Any, Final, NamedTuple

from pulumi.runtime import rpc

from support.declared_secrets import fingerprint_of
from support.fake_posthog import ACME, Body
from support.rotation_steps import NOW, PICKLE


class Half(NamedTuple):
    """One half of the resource, as the state has it."""

    token: int
    armed: int
    trigger: int
    """What the program declared when the half was last written."""
    keep: bool
    revoke: bool
    previous: int | None
    previous_kept: bool
    superseded: bool


class World(NamedTuple):
    """Server, state, program and people between two commands."""

    current: int | None = None
    backup: int | None = None
    minted: int = 0
    live: Half | None = None
    old: tuple[Half, ...] = ()
    """Halves that wait for their deletion."""
    uses: int | None = None
    """The token that the program's dependent uses."""
    people: frozenset[int] = frozenset()
    """Tokens that people use and the program never held."""
    kept: frozenset[int] = frozenset()
    """The backup, if ``keep_previous`` was on when it was replaced: the next rotation ends it."""
    trigger: int = 1
    keep: bool = False
    declared: bool = True
    revoke: bool = True
    """``revoke_on_destroy``."""


_OUTPUTS: Final = {
    "project_id",
    "organization",
    "rotate_when_changed",
    "keep_previous",
    "revoke_on_destroy",
    "token",
    "rotated_at",
    "superseded",
    "__armed",
    "__previous",
    "__previous_kept",
}
"""All that the state has of a half, so that nothing is lost between two commands."""


def declared(trigger: int, *, keep: bool, revoke: bool) -> Body:
    """The arguments as a program gives them."""
    return {
        **PICKLE,
        "project_id": "1",
        "rotate_when_changed": {"n": float(trigger)},
        "keep_previous": keep,
        "revoke_on_destroy": revoke,
    }


def inputs(half: Half) -> Body:
    """The arguments of the last ``up``."""
    return declared(half.trigger, keep=half.keep, revoke=half.revoke)


def outputs(half: Half) -> Body:
    """What the engine hands over of a half."""
    previous = {"__previous": fingerprint_of(text(half.previous))} if half.previous else {}
    return {
        **inputs(half),
        **previous,
        "organization": ACME,
        "token": text(half.token),
        "rotated_at": NOW.isoformat(),
        "superseded": half.superseded,
        "__armed": {"n": float(half.armed)},
        "__previous_kept": half.previous_kept,
    }


def recorded(outs: Body, minted: int) -> Half:
    """The half that a step responded with, where so many tokens were ever minted."""
    assert outs.keys() <= _OUTPUTS
    outs = {name: rpc.unwrap_rpc_secret(value) for name, value in outs.items()}
    numbers: dict[Any, int] = {fingerprint_of(text(n)): n for n in range(1, minted + 1)}
    return Half(
        token=numbers[fingerprint_of(outs["token"])],
        armed=outs["__armed"]["n"],
        trigger=outs["rotate_when_changed"]["n"],
        keep=outs["keep_previous"],
        revoke=outs["revoke_on_destroy"],
        previous=numbers[outs["__previous"]] if "__previous" in outs else None,
        previous_kept=outs["__previous_kept"],
        superseded=outs["superseded"],
    )


def text(token: int) -> str:
    """A token as PostHog has it."""
    return f"phs_{token}"


def number(token: str | None) -> int | None:
    """The number of such a token."""
    return int(token.removeprefix("phs_")) if token else None
