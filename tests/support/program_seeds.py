"""Random programs for the real CLI: the same ones for the same seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Self

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    PostHogProjectSecretApiKey,
    PostHogProjectSecretToken,
)
from posthog_pulumi.models.settings import SETTINGS, managed_part, normalised
from posthog_pulumi.properties import ROTATES_SECRET_TOKEN
from support import program_declared as declared
from support.generated_settings import normal, on
from support.posthog_actions import press
from support.posthog_ui import Ui
from support.setting_values import GOOD
from support.steps_engine import Declared, Program

Ids = Mapping[str, str]
"""Of the resources, by their names in Pulumi."""
Settings = dict[tuple[str, str], Any]
"""Values by project and setting."""

_CLASSES: dict[str, Callable[..., Any]] = {
    "token": PostHogProjectSecretToken,
    "key": PostHogProjectSecretApiKey,
    "intent": PostHogProductIntent,
}
_SETTINGS = [name for name in on("current") if name != "name"]


def program_of(program: Program) -> Callable[[], None]:
    """What a user would write for it."""

    def run() -> None:
        projects = {name: _project(program, name) for name in declared.of_kind(program, "project")}
        for name in declared.of_kind(program, "token", "key", "intent"):
            if not declared.is_child(program[name]):
                inputs = dict(program[name].inputs)
                project = projects[inputs.pop("project_id")[1:]]
                _CLASSES[program[name].kind](name, project_id=project.id, **inputs)

    return run


def _project(program: Program, name: str) -> PostHogProject:
    inputs = dict(program[name].inputs)
    if inputs.pop(ROTATES_SECRET_TOKEN, None):
        trigger = program[f"{name}-token"].inputs["rotate_when_changed"]
        inputs["rotate_secret_token_when_changed"] = trigger
    return PostHogProject(name, **inputs)


@dataclass(frozen=True)
class Seed:
    """Two programs, and what people do in PostHog between them."""

    before: Program
    after: Program
    changed: Mapping[str, Mapping[str, Any]]
    """Settings that a person changes, by project."""
    deleted: str
    """The project that a person deletes."""
    rotated: str
    """The project of which a person rotates the secret token."""

    @classmethod
    def of(cls, number: int) -> Self:
        """The programs of that number."""
        random = Random(number)  # noqa: S311  # to be repeatable
        before = _program(random)
        projects = declared.of_kind(before, "project")
        deleted, rotated, *others = random.sample(projects, len(projects))
        changed = {name: _some(random, 2) for name in others}
        after = _edited(random, before, without_firing=f"{rotated}-token")
        return cls(before, after, changed, deleted, rotated)

    def touch(self, ui: Ui, ids: Ids) -> None:
        """Let the people do it."""
        for name, settings in self.changed.items():
            ui.change(ids[name], **settings)
        press(ui, ids[self.rotated], "rotate_secret_token")
        ui.remove(ids[self.deleted])

    def declared(self) -> Settings:
        """Each setting that is declared in the end."""
        return {
            (name, setting): normal(setting, value)
            for name in declared.of_kind(self.after, "project")
            for setting, value in self.after[name].inputs.items()
            if setting in SETTINGS
        }

    def live(self, ui: Ui, ids: Ids) -> Settings:
        """What PostHog has of each, as far as it is managed."""
        projects = {name: normalised(ui.project(id_)) for name, id_ in ids.items()}
        return {
            (name, setting): managed_part(setting, projects[name].get(setting), value)
            for (name, setting), value in self.declared().items()
        }

    def names(self) -> list[str]:
        """The names that the projects have in PostHog in the end."""
        projects = declared.of_kind(self.after, "project")
        return [str(self.after[name].inputs["name"]) for name in projects]


def _program(random: Random) -> dict[str, Declared]:
    program: dict[str, Declared] = {}
    for number in range(random.randint(3, 5)):
        name = f"web{number}"
        program[name] = Declared("project", {"name": f"Web {number}", **_some(random, 3)})
        for kind in random.choice(declared.RESOURCES["current"]):
            program = _with(random, program, name, kind)
    return program


def _with(random: Random, program: Program, name: str, kind: str) -> dict[str, Declared]:
    armed = {"rotate_when_changed": {"n": 0}}
    if kind == "child":
        return declared.with_child(program, name, {"n": 0})
    if kind == "intent":
        product = random.choice(declared.PRODUCTS)
        return declared.with_a(program, kind, name, product_type=product)
    key = {"label": name, "scopes": random.choice(declared.SCOPES)} if kind == "key" else {}
    return declared.with_a(program, kind, name, **armed, **key)


def _edited(random: Random, program: Program, without_firing: str) -> dict[str, Declared]:
    """Change and drop settings, fire half of the triggers, and remove and add something."""
    edited = dict(program)
    for name in declared.of_kind(program, "project"):
        dropped = random.sample(sorted(program[name].inputs.keys() & SETTINGS.keys() - {"name"}), 1)
        edits = {**_some(random, 1), **dict.fromkeys(dropped)}
        edited = declared.with_inputs(edited, name, **edits)
    for name in sorted({*declared.of_kind(program, "token", "key")} - {without_firing}):
        edited = declared.fired(edited, name, 1) if random.random() < 0.5 else edited
    edited = declared.without(edited, random.choice(sorted(edited)))
    return {**edited, "new": Declared("project", {"name": "New", **_some(random, 2)})}


def _some(random: Random, count: int) -> dict[str, Any]:
    return {name: GOOD[name] for name in random.sample(_SETTINGS, count)}
