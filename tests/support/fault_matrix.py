"""The matrix of faults: which pairs there are, and what must become of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from posthog_pulumi.client.endpoints import ENDPOINTS
from support.fault_actions import ACTIONS
from support.fault_owner import Server
from support.faults import FAULTS

FILE: Final = Path(__file__).parents[1] / "data" / "fault_matrix.toml"


@dataclass(frozen=True)
class Pair:
    """A fault at a request of an action."""

    server: Server
    action: str
    at: int
    """The number of the request in the action, from 0."""
    fault: str

    def __str__(self) -> str:
        return f"{self.action}-{self.at}-{self.endpoint}-{self.fault}-{self.server}"

    @property
    def endpoint(self) -> str:
        """The endpoint that is struck."""
        return ACTIONS[self.action].requests[self.at]


class Expected(NamedTuple):
    """What must become of a pair."""

    outcome: str
    words: tuple[str, ...]
    """What its error or its warning says, if there is one."""


def expected(pair: Pair) -> Expected:
    """By the group of the fault and the class of the endpoint, unless an exception says else."""
    group = groups()[pair.fault]
    outcome = str(group[ENDPOINTS[pair.endpoint].repeat.value])
    instead = [item["instead"] for item in table()["exception"] if _fits(item, pair)]
    found = instead[0].get(outcome, outcome) if instead else outcome
    if found not in {"refused", "warned"}:
        return Expected(found, ())
    advice = table()["advice"][pair.endpoint] if group.get("advises") else ""
    return Expected(found, (group["symptoms"][pair.fault], advice))


@cache
def groups() -> Mapping[str, Mapping[str, Any]]:
    """The group of each fault."""
    return {fault: group for group in table()["group"] for fault in group["symptoms"]}


def all_pairs() -> list[Pair]:
    """Every fault at every request of every action on every server."""
    return [
        Pair(server, name, at, fault)
        for name, action in ACTIONS.items()
        for server in action.servers
        for at in range(len(action.requests))
        for fault in FAULTS
    ]


def chosen_pairs() -> list[Pair]:
    """Every fault at one endpoint of each kind; one fault of each group at every endpoint.

    Beside these, a response lost after the work at every request of every action on both servers.
    """
    firsts = _firsts()
    examples = {next(iter(group["symptoms"])) for group in groups().values()}
    return [
        pair
        for pair in all_pairs()
        if pair.fault == "cut after the work"
        or (_place(pair) in firsts and (pair.fault in examples or pair.endpoint in _THOROUGHLY))
        or (pair.server == "docs-2025" and pair.action in _DIFFERENT and pair.fault in examples)
    ]


def chosen_outages() -> list[Pair]:
    """One fault of each group at one endpoint of each kind."""
    firsts, examples = _firsts(), {next(iter(group["symptoms"])) for group in groups().values()}
    return [
        pair
        for pair in all_pairs()
        if _place(pair) in firsts and pair.endpoint in _THOROUGHLY and pair.fault in examples
    ]


_THOROUGHLY: Final = {
    "RETRIEVE_PROJECT",
    "UPDATE_PROJECT",
    "DELETE_PROJECT",
    "CREATE_PROJECT",
    "ROTATE_SECRET_TOKEN",
    "CREATE_SECRET_API_KEY",
}
_DIFFERENT: Final = {"create", "destroy with force"}
"""Names are not unique on the older server, and a deleted project is gone at once."""


def _firsts() -> set[tuple[str, str, int]]:
    """Where each endpoint is asked first."""
    firsts: dict[str, tuple[str, str, int]] = {}
    for pair in all_pairs():
        firsts.setdefault(pair.endpoint, _place(pair))
    return set(firsts.values())


def _place(pair: Pair) -> tuple[str, str, int]:
    return pair.server, pair.action, pair.at


def _fits(exception: Mapping[str, Any], pair: Pair) -> bool:
    given = {
        "endpoints": pair.endpoint,
        "actions": pair.action,
        "faults": pair.fault,
        "servers": pair.server,
    }
    return all(given[name] in exception.get(name, [given[name]]) for name in given)


@cache
def table() -> Mapping[str, Any]:
    """The file."""
    return tomllib.loads(FILE.read_text("utf-8"))
