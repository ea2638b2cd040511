"""What a person sees of a stack and its PostHog: what is there, what works, what differs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

import httpx

from support.fault_actions import NAME
from support.fault_owner import Owner
from support.steps_engine import Program, StepsEngine

_RECORDED: Final = ("api_token", "organization")
"""What the state of a project must hold as PostHog has it, beside its settings."""

Secret = tuple[str, str]
"""A secret token or key, after the API token of its project: what an SDK has."""


@dataclass(frozen=True)
class Sight:
    """An administrator's view."""

    owner: Owner
    engine: StepsEngine
    elsewhere: str
    """UUID of another organization of the same owner; empty without one."""

    def projects(self) -> list[dict[str, Any]]:
        """The projects of the name that the program gives, in all organizations."""
        found = []
        for organization in filter(None, (self.owner.organization_id, self.elsewhere)):
            listed = self.owner.call("GET", f"/api/organizations/{organization}/projects/")
            ids = [item["id"] for item in listed["results"] if item["name"] == NAME]
            found += [self.owner.call("GET", self.owner.project(id_, organization)) for id_ in ids]
        return [project for project in found if not project.get("is_pending_deletion")]

    def keys(self, project_ids: Iterable[str]) -> dict[str, str]:
        """The path, by its id, of each secret API key of these projects."""
        if self.owner.posthog.server != "current":
            return {}
        paths = [f"/api/projects/{id_}/project_secret_api_keys/" for id_ in project_ids]
        return {
            str(key["id"]): f"{path}{key['id']}/"
            for path in paths
            for key in self.owner.call("GET", path)["results"]
        }

    def held(self, names: Collection[str] | None = None) -> set[Secret]:
        """The secrets of the state's live halves, or of those with these names."""
        entries = self.engine.state
        tokens = {entry.id: entry.outputs.get("api_token") for entry in entries.values()}
        return {
            (str(tokens[entry.inputs["project_id"]]), secret)
            for name, entry in entries.items()
            if (secret := entry.outputs.get("token") or entry.outputs.get("value"))
            and (names is None or name in names)
        }

    def dead(self, secrets: Iterable[Secret]) -> set[Secret]:
        """Those of the secrets that PostHog does not take."""
        return {one for one in secrets if not self.opens(*one)}

    def opens(self, api_token: str, secret: str) -> bool:
        """Whether PostHog takes a secret of the project with that API token."""
        bearer = {"Authorization": f"Bearer {secret}"}
        opened = self.owner.http.get(
            "/flags/definitions", params={"token": api_token}, headers=bearer
        )
        return opened.status_code == httpx.codes.OK

    def apart(self, program: Program) -> list[str]:
        """All in which the state, the program and PostHog differ; none if all is well."""
        held, remote = self.engine.state.values(), {str(one["id"]): one for one in self.projects()}
        ours = {entry.id: entry for entry in held if entry.kind == "project"}
        keys = {entry.id for entry in held if entry.kind == "key"}
        return [
            *(f"{name} would change" for name in self.engine.changes(program)),
            *(f"{entry.kind} {entry.id} is left over" for entry in self.engine.old),
            *(f"project {id_} is on one side only" for id_ in remote.keys() ^ ours),
            *(f"key {id_} is on one side only" for id_ in self.keys(remote).keys() ^ keys),
            *("a dead secret is held" for _ in self.dead(self.held())),
            *(
                f"{name} differs"
                for id_ in remote.keys() & ours
                for name in _RECORDED
                if remote[id_][name] != ours[id_].outputs[name]
            ),
        ]
