"""All that PostHog has of a stack's organizations, and in what state and program differ from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

from posthog_pulumi.lifecycle.organization import is_uuid
from posthog_pulumi.models.project import ProjectInputs
from posthog_pulumi.models.settings import SETTINGS, managed_part, normalised
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from support.fault_owner import Owner
from support.steps_engine import Entry, Program

Bodies = Mapping[str, Any]
_FACTS: Final = ("organization", "api_token")
_NOTHING: Final[tuple[Any, ...]] = (None, [])
"""No ignored errors: once they were set, PostHog takes no null for them."""


@dataclass(frozen=True)
class View:
    """What is there, by id, without what a person made."""

    projects: Mapping[str, Bodies]
    keys: Mapping[str, Bodies]

    @classmethod
    def of(cls, owner: Owner, organizations: tuple[str, ...], by_hand: set[str]) -> Self:
        """Look at all of them with the session."""
        projects: dict[str, Bodies] = {}
        for organization in organizations:
            listed = owner.call("GET", f"/api/organizations/{organization}/projects/")["results"]
            for id_ in (str(item["id"]) for item in listed):
                if id_ not in by_hand:
                    projects[id_] = owner.call("GET", owner.project(id_, organization))
        there = {id_: it for id_, it in projects.items() if not it.get("is_pending_deletion")}
        return cls(there, dict(_keys(owner, there)))

    @cached_property
    def secrets(self) -> set[str]:
        """Every token that the projects have."""
        names = ("api_token", "secret_api_token", "secret_api_token_backup")
        found = {project[name] for project in self.projects.values() for name in names}
        return found - {None}

    def orphans(self, entries: Iterable[Entry]) -> list[str]:
        """The projects and keys that nobody knows: none of the state, old halves included."""
        known = {(entry.kind, entry.id) for entry in entries}
        there = [*(("project", id_) for id_ in self.projects), *(("key", id_) for id_ in self.keys)]
        return [f"{kind} {id_} is an orphan" for kind, id_ in there if (kind, id_) not in known]

    def differs(self, state: Mapping[str, Entry], program: Program) -> Iterator[str]:
        """Each thing that PostHog does not have as the program declares it."""
        compare = {
            "project": self._project,
            "token": self._token,
            "key": self._key,
            "intent": self._intent,
        }
        for name in program:
            entry = state.get(name)
            yield from compare[entry.kind](name, entry) if entry else [f"{name} was not made"]

    def _project(self, name: str, entry: Entry) -> Iterator[str]:
        project = self.projects.get(entry.id)
        if project is None:
            yield f"{name} is not there"
            return
        live = normalised(project)
        for setting, value in ProjectInputs.model_validate(entry.inputs).declared().items():
            if managed_part(setting, live.get(setting), value) != value:
                yield f"{setting} of {name} is not as declared"
        yield from (f"{fact} of {name} differs" for fact in _FACTS if self._off(entry, fact))
        wanted = str(entry.inputs.get("organization_id", ""))
        if is_uuid(wanted) and project["organization"] != wanted:
            yield f"{name} is in another organization"

    def _off(self, entry: Entry, fact: str) -> bool:
        return bool(self.projects[entry.id][fact] != entry.outputs[fact])

    def _token(self, name: str, entry: Entry) -> Iterator[str]:
        project = self.projects.get(entry.outputs["project_id"], {})
        if project.get("secret_api_token") != entry.outputs["token"]:
            yield f"{name} is not the current token"

    def _key(self, name: str, entry: Entry) -> Iterator[str]:
        key = self.keys.get(entry.id, {"label": "", "scopes": []})
        wanted = entry.inputs["label"], sorted(entry.inputs["scopes"])
        if (key["label"][:-7], sorted(key["scopes"])) != wanted:
            yield f"{name} is not as declared"

    def _intent(self, name: str, entry: Entry) -> Iterator[str]:
        found = self.projects.get(entry.outputs["project_id"], {}).get("product_intents", [])
        mine = [item for item in found if item["product_type"] == entry.inputs["product_type"]]
        if not mine:
            yield f"{name} is not there"
        elif entry.inputs.get("onboarding_completed") and not mine[0]["onboarding_completed_at"]:
            yield f"the onboarding of {name} is not completed"

    def not_reset(self, project_id: str, dropped: set[str], fresh: Bodies) -> Iterator[str]:
        """The settings that do not have the value of a project that nobody touched."""
        live, untouched = normalised(self.projects.get(project_id, {})), normalised(fresh)
        for name in sorted(dropped):
            now, fresh_one = live.get(name), untouched.get(name)
            nothing = now in _NOTHING and fresh_one in _NOTHING
            left = SETTINGS[name].default is LEFT_ALONE
            if not (left or nothing) and now != fresh_one:
                yield f"{name} of project {project_id} did not go back to PostHog's default"


def _keys(owner: Owner, projects: Mapping[str, Bodies]) -> Iterator[tuple[str, Bodies]]:
    if owner.posthog.server == "current":
        for id_ in projects:
            path = f"/api/projects/{id_}/project_secret_api_keys/"
            for key in owner.call("GET", path)["results"]:
                yield str(key["id"]), {**key, "project_id": id_, "path": f"{path}{key['id']}/"}
