"""What comes out of an action when one of PostHog's responses is wrong."""

import logging
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final, Self

from posthog_pulumi.errors import PostHogError
from support.fault_stage import Stage
from support.faulty_transport import QuickClock
from support.replay import Replay, SomeWrong, Wrong
from support.steps_engine import StepsEngine

_OF_PYTHON: Final = re.compile(r"Traceback|NoneType|\w+Error\b|subscript|attribute|codec|pydantic")
"""What only the text of a bug has: a create warns of whatever fails after it."""


class Said(logging.Handler):
    """Keeps what the package logs while it is open."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._logger = logging.getLogger("posthog_pulumi")

    def __enter__(self) -> Self:
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.text += f"{record.getMessage()}\n"


@dataclass(frozen=True)
class Rehearsed:
    """An action that was played once, and can be played again from its beginning."""

    stage: Stage
    before: StepsEngine
    replay: Replay
    requests: int

    @classmethod
    def of(cls, stage: Stage) -> Self:
        """Play the action with true responses."""
        before, replay = stage.engine, Replay(stage.owner.posthog.network)
        rehearsed = cls(stage, before, replay, 0)
        rehearsed._play(replay)
        return replace(rehearsed, requests=len(replay.bodies))

    def _play(self, wire: Replay | SomeWrong) -> str:
        """The text of the error with which the action ends; empty without one."""
        self.stage.engine = replace(
            self.before, wire=wire, clock=QuickClock(), state=deepcopy(self.before.state), old=[]
        )
        try:
            self.stage.run()
        except PostHogError as error:
            return str(error)
        return ""

    def crash(self, *wrongs: Wrong) -> str:
        """How the action fails to end well or with an error of one line; empty if it does not."""
        with Said() as said:
            try:
                error = self._play(SomeWrong(self.replay, wrongs))
            except Exception as bug:  # noqa: BLE001  # any bug is what is looked for
                return f"{wrongs}: {bug!r}"
        odd = _OF_PYTHON.search(said.text) or len(error.splitlines()) > 1
        return f"{wrongs}: {said.text}{error}" if odd else ""

    def crashes(self, wrongs: Iterable[Wrong]) -> list[str]:
        """All crashes that these cause."""
        return [text for wrong in wrongs if (text := self.crash(wrong))]
