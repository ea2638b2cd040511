"""Edits of a random program, as rules named in Pulumi's words."""

from itertools import count
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from posthog_pulumi.models.settings import SETTINGS
from support import program_declared as declared
from support.fault_owner import PostHog
from support.generated_settings import fits
from support.program_rules import about, declares, given_project, given_settings, lacks
from support.program_stack import ProgramStack, secret_of
from support.steps_engine import Declared


def _settings_declared(machine: Any) -> list[tuple[str, str]]:
    return [
        (name, setting)
        for name in declared.of_kind(machine.program, "project")
        for setting in sorted(machine.program[name].inputs.keys() & SETTINGS.keys() - {"name"})
    ]


def _keys_declared(machine: Any) -> list[tuple[str, str, str]]:
    return [
        (name, setting, key)
        for name, setting in _settings_declared(machine)
        if isinstance(value := machine.program[name].inputs[setting], dict)
        for key in sorted(value)
    ]


class Edits(RuleBasedStateMachine):
    """A program, and whatever may be changed in it."""

    posthog: ClassVar[PostHog]

    def __init__(self) -> None:
        super().__init__()
        self.server = self.posthog.server
        self.stack = ProgramStack.at(self.posthog)
        self._program: dict[str, Declared] = {}
        self.dropped: set[tuple[str, str]] = set()
        """Settings that the program named once."""
        self.fired: dict[str, str] = {}
        """The secrets that a changed trigger must replace, by resource."""
        self.kept: set[str] = set()
        """Projects whose old secret token may live on: it was kept, or a person rotated it."""
        self.pending = 0
        """Edits and changes by hand since the last command."""
        self.numbers = count(1)

    @property
    def program(self) -> dict[str, Declared]:
        """What is declared now."""
        return self._program

    @program.setter
    def program(self, edited: dict[str, Declared]) -> None:
        self._program, self.pending = edited, self.pending + 1

    @initialize(projects=st.lists(given_project(), max_size=declared.MOST))
    def begin_with(self, projects: list[dict[str, Any]]) -> None:
        """The program as it is first."""
        for project in projects:
            self.add_project(project)

    @precondition(lambda it: len(declared.of_kind(it.program, "project")) < declared.MOST)
    @rule(project=given_project())
    def add_project(self, project: dict[str, Any]) -> None:
        """Declare a project and some resources of it."""
        name = f"web{next(self.numbers)}"
        inputs = {"name": f"Web {next(self.numbers)}", **project["settings"]}
        self.program = {**self.program, name: Declared("project", inputs)}
        make = {
            "token": lambda: self.add_secret_token(name, keep_previous=False),
            "child": lambda: self.rotate_secret_token_of_project(name),
            "key": lambda: self.add_secret_api_key(name, declared.SCOPES[0]),
            "intent": lambda: self.add_product_intent(name, declared.PRODUCTS[0]),
        }
        for kind in project["with"]:
            make[kind]()
        for resource in declared.armable(self.program, name) if project["armed"] else ():
            self.change_trigger(resource)

    @about(declares("project"), settings=given_settings(1))
    def declare_settings(self, project: str, settings: dict[str, Any]) -> None:
        """Declare settings, new ones and others."""
        self.program = declared.with_inputs(self.program, project, **settings)
        self.dropped -= {(project, setting) for setting in settings}

    @about(_settings_declared, "setting")
    def drop_setting(self, setting: tuple[str, str]) -> None:
        """Remove the line of a setting: it goes back to PostHog's default."""
        self.program = declared.with_inputs(self.program, setting[0], **{setting[1]: None})
        self.dropped.add(setting)

    @about(_keys_declared, "key")
    def drop_key(self, key: tuple[str, str, str]) -> None:
        """Remove a key of a setting that is an object, where its type lets one go."""
        project, setting, gone = key
        value = {
            name: it for name, it in self.program[project].inputs[setting].items() if name != gone
        }
        if fits(setting, value):
            self.program = declared.with_inputs(self.program, project, **{setting: value})

    @about(declares("project"))
    def rename_project(self, project: str) -> None:
        """Declare another name."""
        name = f"Web {next(self.numbers)}"
        self.program = declared.with_inputs(self.program, project, name=name)

    @about(declares("project"), to=st.none() | st.sampled_from(declared.ORGANIZATIONS))
    def declare_organization(self, project: str, to: str | None) -> None:
        """Declare another organization, another spelling of it, or none."""
        self.program = declared.with_inputs(self.program, project, organization_id=to)

    @about(lacks("token"), keep_previous=st.booleans())
    def add_secret_token(self, project: str, *, keep_previous: bool) -> None:
        """Declare the secret token of a project."""
        keep = {"keep_previous": True} if keep_previous else {}
        self.kept |= {project} if keep_previous else set()
        self.program = declared.with_a(self.program, "token", project, **keep)

    @about(lacks("token"))
    def rotate_secret_token_of_project(self, project: str) -> None:
        """Declare it as the argument of the project."""
        trigger = {"n": next(self.numbers)}
        self.program = declared.with_child(self.program, project, trigger)

    @about(
        lambda it: declared.without_a(it.program, "key") if it.server == "current" else [],
        scopes=st.sampled_from(declared.SCOPES),
    )
    def add_secret_api_key(self, project: str, scopes: list[str]) -> None:
        """Declare a secret API key."""
        label = f"key {next(self.numbers)}"
        made = {"label": label, "scopes": scopes}
        self.program = declared.with_a(self.program, "key", project, **made)

    @about(declares("key"), "key", scopes=st.sampled_from(declared.SCOPES))
    def change_scopes(self, key: str, scopes: list[str]) -> None:
        """Declare other scopes of a key."""
        self.program = declared.with_inputs(self.program, key, scopes=scopes)

    @about(declares("key"), "key")
    def change_label(self, key: str) -> None:
        """Declare another label of a key."""
        self.program = declared.with_inputs(self.program, key, label=f"key {next(self.numbers)}")

    @about(lacks("intent"), product=st.sampled_from(declared.PRODUCTS))
    def add_product_intent(self, project: str, product: str) -> None:
        """Declare a product intent."""
        self.program = declared.with_a(self.program, "intent", project, product_type=product)

    @about(declares("intent"), "intent")
    def complete_onboarding(self, intent: str) -> None:
        """Declare its onboarding completed."""
        self.program = declared.with_inputs(self.program, intent, onboarding_completed=True)

    @about(declares("project", "token", "key"), "resource")
    def change_trigger(self, resource: str) -> None:
        """Arm a trigger, or fire it."""
        known, argument = (
            self.stack.engine.state.get(resource),
            declared.trigger_of(self.program[resource]),
        )
        self.program = declared.fired(self.program, resource, next(self.numbers))
        if known and argument in known.inputs:
            self.fired[resource] = secret_of(known.outputs)

    @about(declares("project", "token", "key"), "resource")
    def remove_trigger(self, resource: str) -> None:
        """Remove the argument of a trigger."""
        if (
            not declared.is_child(self.program[resource])
            or self.program[resource].kind == "project"
        ):
            argument = declared.trigger_of(self.program[resource])
            self.program = declared.with_inputs(self.program, resource, **{argument: None})
            self.fired.pop(resource, None)

    @about(declares("project", "token", "key", "intent"), "resource")
    def remove_resource(self, resource: str) -> None:
        """Remove a resource, and all that needs it."""
        self.program = declared.without(self.program, resource)
