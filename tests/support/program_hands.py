"""What people do in PostHog while a program manages it, as rules named in PostHog's words."""

from typing import Any

from hypothesis import strategies as st

from support.program_declared import with_inputs
from support.program_edits import Edits
from support.program_rules import about, given_settings


def _there(machine: "Hands") -> list[str]:
    """The projects of the stack that are there."""
    live = machine.stack.view().projects
    state = machine.stack.engine.state.items()
    return [name for name, entry in state if entry.kind == "project" and entry.id in live]


def _keys(machine: "Hands") -> list[str]:
    live = machine.stack.view().keys
    state = machine.stack.engine.state.items()
    return [name for name, entry in state if entry.kind == "key" and entry.id in live]


def _without_backup(machine: "Hands") -> list[str]:
    """The projects without a backup: people end no token that somebody may use."""
    live = machine.stack.view().projects
    ids = {name: machine.stack.engine.state[name].id for name in _there(machine)}
    return [name for name, id_ in ids.items() if not live[id_]["secret_api_token_backup"]]


def _not_made(machine: "Hands") -> list[str]:
    """The projects that are declared and not made, where PostHog takes a name twice."""
    projects = machine.program if machine.server == "docs-2025" else {}
    made = machine.stack.engine.state
    return [name for name in projects if projects[name].kind == "project" and name not in made]


class Hands(Edits):
    """People, who know nothing of the program."""

    def __init__(self) -> None:
        super().__init__()
        self._drifted = False
        self.touched: set[tuple[str, str]] = set()
        """Settings that a person changed."""

    @property
    def drifted(self) -> bool:
        """Whether a person changed something since the last time that all was well."""
        return self._drifted

    @drifted.setter
    def drifted(self, drifted: bool) -> None:
        self._drifted, self.pending = drifted, self.pending + drifted

    def act(self, project: str, method: str, action: str = "", body: Any = None) -> None:
        """Do something to a project."""
        stack, self.drifted = self.stack, True
        id_ = stack.engine.state[project].id
        organization = stack.view().projects[id_]["organization"]
        stack.act(method, f"{stack.owner.project(id_, organization)}{action}", body)

    @about(_there, settings=given_settings(1))
    def by_hand_change_settings(self, project: str, settings: dict[str, Any]) -> None:
        """Change settings, declared ones and others."""
        self.act(project, "PATCH", body=settings)
        self.touched |= {(project, setting) for setting in settings}

    @about(_not_made)
    def by_hand_create_project_of_the_same_name(self, project: str) -> None:
        """Create a project of that name, in another time zone than the program declares."""
        self.program = with_inputs(self.program, project, timezone="Europe/Berlin")
        body = {"name": self.program[project].inputs["name"], "timezone": "Asia/Tokyo"}
        self.stack.create(body)

    @about(_there)
    def by_hand_rename(self, project: str) -> None:
        """Change the name."""
        self.act(project, "PATCH", body={"name": f"By hand {next(self.numbers)}"})

    @about(_there)
    def by_hand_delete_project(self, project: str) -> None:
        """Delete a project for good."""
        self.drifted = True
        self.stack.delete(self.stack.engine.state[project].id)
        self.stack.lose()

    @about(_without_backup, and_delete_the_old=st.booleans())
    def by_hand_rotate_secret_token(self, project: str, *, and_delete_the_old: bool) -> None:
        """Rotate the secret token, and perhaps end the old one."""
        self.kept.add(project)
        self.act(project, "PATCH", "rotate_secret_token/")
        if and_delete_the_old:
            self.act(project, "PATCH", "delete_secret_token_backup/")
            self.stack.lose()

    @about(_there)
    def by_hand_reset_api_token(self, project: str) -> None:
        """Reset the API token."""
        self.act(project, "PATCH", "reset_token/")
        self.stack.lose()

    @about(_there)
    def by_hand_move_project(self, project: str) -> None:
        """Move a project to the other organization."""
        here, elsewhere = self.stack.organizations
        id_ = self.stack.engine.state[project].id
        now = self.stack.view().projects[id_]["organization"]
        to = {"organization_id": elsewhere if now == here else here}
        self.act(project, "POST", "change_organization/", to)

    @about(_keys, "key", roll=st.booleans())
    def by_hand_delete_or_roll_key(self, key: str, *, roll: bool) -> None:
        """Delete a secret API key, or give it another value."""
        self.drifted = True
        path = self.stack.view().keys[self.stack.engine.state[key].id]["path"]
        call = ("POST", f"{path}roll/") if roll else ("DELETE", path)
        self.stack.act(*call)
        self.stack.lose()
