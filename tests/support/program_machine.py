"""Random programs under Pulumi's commands, and what must hold after each of them."""

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from support import program_declared as declared
from support.faults import FAULTS
from support.faulty_transport import Armed
from support.program_hands import Hands
from support.program_stack import Done, secret_of

LATEST = 7
"""The last request of a command that may go wrong; the first one is 0."""


class Programs(Hands):
    """A history of edits, commands, faults and changes by hand.

    After each command whatever is managed is as declared, another ``up`` sends nothing, nothing is
    on the server that nobody knows, the state shows no secret, and every token in it works. After
    a fault, or a change by hand, this holds after two ``refresh`` and ``up``.
    """

    destroyed = False
    """Whether the stack was destroyed once: histories of nothing else find nothing."""

    @precondition(lambda it: it.pending)
    @rule()
    def pulumi_up(self) -> None:
        """Run `pulumi up`; unless somebody changed PostHog, all is well after it."""
        done = self._up()
        if not self.drifted:
            self.well([*filter(None, [done.error]), *self.stack.unsettled(self.program)])
        elif done.error:
            self.settle(done)

    @precondition(lambda it: it.drifted)
    @rule()
    def pulumi_refresh_and_up(self) -> None:
        """Run `pulumi refresh` and `pulumi up`."""
        self.settle(Done("", ""))

    @precondition(lambda it: it.pending)
    @rule(fault=st.sampled_from(sorted(FAULTS)), at=st.integers(0, LATEST), outage=st.booleans())
    def pulumi_up_with_a_fault(self, fault: str, at: int, *, outage: bool) -> None:
        """Run `pulumi up` while a request goes wrong, or all from then on."""
        self.settle(self._up(Armed(FAULTS[fault], at, outage=outage)))

    @precondition(lambda it: it.stack.engine.state)
    @rule(fault=st.sampled_from(sorted(FAULTS)), at=st.integers(0, LATEST), outage=st.booleans())
    def pulumi_refresh_with_a_fault(self, fault: str, at: int, *, outage: bool) -> None:
        """Run `pulumi refresh` in such a way."""
        armed = Armed(FAULTS[fault], at, outage=outage)
        done = self.stack.run(self.stack.engine.refresh, armed)
        self.safe(done)
        self.settle(done)

    @precondition(lambda it: it.stack.engine.state and not (it.pending or it.destroyed))
    @rule()
    def pulumi_destroy(self) -> None:
        """Run `pulumi destroy`; the program stays as it is."""
        done = self.stack.run(self.stack.engine.destroy)
        self.pending, self.destroyed = 1, True
        self.safe(done)
        self.fired.clear()
        if self.drifted and done.error:
            self.settle(done)
        else:
            self.nothing([*filter(None, [done.error]), *self.stack.unsettled({})])

    def _up(self, armed: Armed | None = None) -> Done:
        done = self.stack.run(lambda: self.stack.engine.up(self.program), armed)
        self.pending = 0
        self.safe(done)
        return done

    def safe(self, done: Done) -> None:
        """What holds even after a failure."""
        self.nothing(self.stack.unsafe(done))

    def settle(self, done: Done) -> None:
        """What holds soon after it."""
        self.well(self.stack.settle(self.program, done))

    def well(self, wrong: list[str]) -> None:
        """Nothing is wrong, and whatever was edited has happened."""
        self.nothing(wrong)
        self.nothing([*self._undone()])
        self.fired.clear()
        self.drifted, self.pending = False, 0

    def nothing(self, wrong: list[str]) -> None:
        """Raise all that is wrong."""
        if wrong:
            raise AssertionError("\n".join(wrong))

    def _undone(self) -> Iterator[str]:
        """The edits that did not happen, and the old secrets that were not ended."""
        state, view = self.stack.engine.state, self.stack.view()
        for name, secret in self.fired.items():
            if name in self.program and secret_of(state[name].outputs) == secret:
                yield f"the trigger of {name} did not replace its secret"
        for name in declared.of_kind(self.program, "project"):
            id_ = state[name].id
            if view.projects[id_]["secret_api_token_backup"] and name not in self.kept:
                yield f"the secret token of {name} before this one still works"
            dropped = {it for project, it in self.dropped - self.touched if project == name}
            yield from view.not_reset(id_, dropped, self.stack.fresh)
