"""PostHog in a dict, behind the seam where the client hands over its calls."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.client.posthog import PostHogClient
from posthog_pulumi.client.retries import Deadline
from posthog_pulumi.config import Config, load
from posthog_pulumi.errors import NotFoundError, PermissionDeniedError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.models.project import ProjectInputs, ProjectState, RemoteProject
from posthog_pulumi.properties import PROJECT_OPTIONS
from support.faulty_server import FaultyServer

Body = dict[str, Any]

ACME = "018f0000-0000-7000-8000-00000000acce"
GLOBEX = "018f0000-0000-7000-8000-0000000610be"
LONG_AGO = "2020-01-01T00:00:00.000000Z"

_ROUTE = re.compile(
    r"/api/(?:organizations/(?P<organization>[^/]+)/)?(?:projects/(?:(?P<id>\d+)/)?)?(?P<action>\w*)/?$"
)
_LISTED = (
    "id",
    "uuid",
    "organization",
    "api_token",
    "name",
    "is_demo",
    "ingested_event",
    "timezone",
)
_MERGED = {"survey_config": 1, "modifiers": 1, "session_replay_config": 2}


@cache
def config(**stack: str) -> Config:
    """A configuration with a key and these values."""
    return load({"apiKey": "phx_of_the_tests", **stack}.get, {})


def wanted(**arguments: Any) -> ProjectInputs:
    """What a program declares; its project is called Web unless it says otherwise."""
    return ProjectInputs.model_validate({"name": "Web", **arguments})


def state(managed: tuple[str, ...] = ("name",), **changes: Any) -> ProjectState:
    """What is recorded of the project, which the program called Web and nothing else."""
    options: Body = {name: changes.pop(name) for name in PROJECT_OPTIONS if name in changes}
    remote = RemoteProject.model_validate(body(**changes))
    return ProjectState.of(remote, options, {name: changes.get(name) for name in managed})


def body(project_id: int = 1, **changes: Any) -> Body:
    """PostHog's response about a project."""
    return {
        "id": project_id,
        "organization": ACME,
        "uuid": f"018f0000-0000-7000-8000-{project_id:012}",
        "created_at": datetime.now(UTC).isoformat(),
        "api_token": f"phc_token{project_id:03}",
        "secret_api_token": None,
        "secret_api_token_backup": None,
        "ingested_event": False,
        "is_pending_deletion": False,
        "product_intents": [],
        "name": "Web",
        "timezone": "UTC",
        "is_demo": False,
        "completed_snippet_onboarding": False,
        **changes,
    }


@dataclass
class FakePostHog(FaultyServer):
    """Responds as PostHog does to the requests of a project's steps; ``asked`` lists them."""

    projects: dict[int, Body] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=lambda: {"acme": ACME, "globex": GLOBEX})
    current: str = ACME
    """What ``@current`` means to the caller."""
    fixed: Body = field(default_factory=dict)
    """Settings that keep a value of the server's own, whatever is sent."""
    bodies: list[Body] = field(default_factory=list)
    unsearchable: str = ""
    """Characters with which the server's search finds nothing."""
    memory: Memory = field(default_factory=Memory)
    levels: dict[str, int | None] = field(default_factory=dict)
    """The caller's level by organization; owner if not given."""
    sees_organizations: bool = True
    """Whether the caller's key has the scope organization:read."""

    def connection(self, **stack: str) -> Connection:
        """A connection to this PostHog, with these configuration values."""
        return Connection(
            config=config(**stack),
            client=PostHogClient(self.send),
            memory=self.memory,
            deadline=Deadline(self.clock),
            server_clock=self.server_clock,
            clock=self.clock,
            sleep=self.clock.sleep,
        )

    def _respond(self, call: Call) -> Any:
        found = _ROUTE.match(call.path)
        assert found, call.path
        organization = found["organization"]
        if organization is not None and organization != "@current":
            _known(organization in self.organizations.values(), call)
        organization = self.current if organization == "@current" else organization
        if found["id"]:
            return self._one(call, organization, int(found["id"]), found["action"])
        if "/projects/" in call.path:
            return self._all(call, organization or ACME)
        if not self.sees_organizations:
            raise PermissionDeniedError("No scope.", request=f"{call} returned 403")
        if organization:
            return {"id": organization, "name": "Acme", "slug": "acme"}
        listed = [
            {"id": id_, "name": slug, "slug": slug, "membership_level": self.levels.get(id_, 15)}
            for slug, id_ in self._slugs()
        ]
        return {"next": None, "results": listed}

    def _slugs(self) -> list[tuple[str, str]]:
        return list(self.organizations.items())

    def _all(self, call: Call, organization: str) -> Any:
        if call.method == "GET":
            phrase = (call.query or {}).get("search", "")
            mine = [one for one in self.projects.values() if one["organization"] == organization]
            listed = [one for one in mine if self._found(one["name"], phrase)]
            return {
                "next": None,
                "results": [{name: one[name] for name in _LISTED} for one in listed],
            }
        self.bodies.append(dict(call.body or {}))
        created_at = datetime.fromtimestamp(self.clock.now, UTC).isoformat()
        id_ = max(self.projects, default=0) + 1
        made = body(id_, organization=organization, created_at=created_at)
        self.projects[made["id"]] = {**made, **(call.body or {}), **self.fixed}
        return dict(self.projects[made["id"]])

    def _found(self, name: str, phrase: str) -> bool:
        return phrase.lower() in name.lower() and not set(phrase) & set(self.unsearchable)

    def _one(self, call: Call, organization: str | None, id_: int, action: str) -> Any:
        _known(id_ in self.projects, call)
        project = self.projects[id_]
        _known(organization in {None, project["organization"]}, call)
        if call.method == "DELETE":
            return self.projects.pop(id_) and None
        if call.method == "GET":
            return dict(project)
        sent = dict(call.body or {})
        self.bodies.append(sent)
        if action == "change_organization":
            project["organization"] = sent["organization_id"]
            return dict(project)
        merged = {
            name: _merged(project.get(name), sent[name], _MERGED.get(name, 0)) for name in sent
        }
        project.update({**merged, **self.fixed})
        return dict(project)


def _known(known: bool, call: Call) -> None:  # noqa: FBT001  # an assertion with another name
    if not known:
        raise NotFoundError("PostHog says: Not found.", request=f"{call} returned 404")


def _merged(stored: Any, sent: Any, levels: int) -> Any:
    if not (levels and isinstance(stored, Mapping) and isinstance(sent, Mapping)):
        return sent
    both = {key: _merged(stored.get(key), sent[key], levels - 1) for key in sent}
    return {**stored, **both}
