"""How the rules of random programs are written: about one thing that is there now."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from support import program_declared as declared
from support.generated_settings import Values

Rule = TypeVar("Rule", bound=Callable[..., None])
Choose = Callable[[Any], Sequence[Any]]
"""Finds something in the machine."""


_MOST: Final = 4
"""Edits and changes by hand between two commands."""


def about(choose: Choose, name: str = "project", **more: Values) -> Callable[[Rule], Rule]:
    """A rule about one of what is found, in the argument of that name; none if nothing is."""
    one = st.runner().flatmap(lambda machine: st.sampled_from(choose(machine)))

    def decorate(function: Rule) -> Rule:
        made = rule(**{name: one, **more})(function)  # type: ignore[call-overload]  # of targets
        found: Rule = precondition(lambda it: it.pending < _MOST and bool(choose(it)))(made)
        return found

    return decorate


def declares(*kinds: str) -> Choose:
    """The resources of these kinds that the program declares."""
    return lambda machine: declared.of_kind(machine.program, *kinds)


def lacks(kind: str) -> Choose:
    """The projects that have no resource of that kind."""
    return lambda machine: declared.without_a(machine.program, kind)


def given_settings(least: int = 0) -> Values:
    """Settings of the machine's server."""
    return st.runner().flatmap(lambda machine: declared.settings(machine.server, least))


def given_project() -> Values:
    """A project with its settings and some resources of its own."""
    return st.runner().flatmap(
        lambda machine: st.fixed_dictionaries(
            {
                "settings": declared.settings(machine.server),
                "with": st.sampled_from(declared.RESOURCES[machine.server]),
                "armed": st.booleans(),
            }
        )
    )
