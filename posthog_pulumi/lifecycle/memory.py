"""What the steps of one configuration remember until their process ends, which is one run."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from posthog_pulumi.config import Config
from posthog_pulumi.models.secret_token import ProjectSecretTokenState

T = TypeVar("T")


class Shared:
    """A look that serves all who asked for it before it began."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began = 0
        self._served = 0
        self._found: Any = None

    def ask(self) -> int:
        """The number of the last look that began: what it finds is too old for whoever asks now."""
        return self._began

    def look(self, find: Callable[[], T], asked: int | None = None) -> T:
        """What ``find`` gives, called after ``asked``, or else now, by us or by somebody else.

        A look that fails serves nobody but the one who made it.
        """
        too_old = self.ask() if asked is None else asked
        with self._lock:
            if self._served <= too_old:
                self._began += 1
                self._found = find()
                self._served = self._began
            found: T = self._found
            return found


@dataclass
class Rotation:
    """What this run knows of a project's secret token; tokens as fingerprints.

    The engine tells ``create`` and ``delete`` nothing of the other half of a replacement.
    """

    replaced: ProjectSecretTokenState | None = None
    """The half that ``diff`` said must be replaced."""
    held: set[str] = field(default_factory=set)
    """The tokens of live halves."""
    previous: set[str] = field(default_factory=set)
    """The tokens that live halves name as the ones before theirs."""

    def hold(self, state: ProjectSecretTokenState) -> None:
        """Take note of a live half."""
        self.held.add(state.fingerprint)
        self.previous |= {state.previous} if state.previous else set()


@dataclass
class Memory:
    """Shared by all threads of the process."""

    projects: set[int] = field(default_factory=set)
    """Ids of the projects made or read so far: none of them is a create's lost one."""
    organizations: dict[str, str] = field(default_factory=dict)
    """UUIDs by slug or ``@current``, resolved once, since ``@current`` may move meanwhile."""
    resolving: threading.Lock = field(default_factory=threading.Lock)
    _names: dict[str, threading.Lock] = field(default_factory=dict)
    _lists: dict[str, Shared] = field(default_factory=dict)
    _rotations: dict[str, Rotation] = field(default_factory=dict)

    def name(self, name: str) -> threading.Lock:
        """Creates of one name go one after the other, so that each can look for its own."""
        return self._names.setdefault(name, threading.Lock())

    def list_of(self, organization_id: str) -> Shared:
        """One list request serves all who look for projects in an organization at once."""
        return self._lists.setdefault(organization_id, Shared())

    def rotation(self, project_id: str) -> Rotation:
        """What is known of the secret token of a project."""
        return self._rotations.setdefault(project_id, Rotation())


_MEMORIES: dict[Config, Memory] = {}


def memory_of(config: Config) -> Memory:
    """What this process remembers of what it did with a configuration."""
    return _MEMORIES.setdefault(config, Memory())
