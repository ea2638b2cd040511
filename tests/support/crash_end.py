"""What is wrong after a crash and its recovery: judged from what state and PostHog hold."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from support.crash_plan import Crash

Entry = Mapping[str, Any]

NAMES: Final = ["keyed", "plain", "reset", "rotated", "rotated-too"]
PROJECT: Final = "pulumi-python:dynamic/posthog:Project"
TOKEN: Final = "pulumi-python:dynamic/posthog:ProjectSecretToken"  # noqa: S105  # a type
KEY: Final = "pulumi-python:dynamic/posthog:ProjectSecretApiKey"


@dataclass(frozen=True)
class State:
    """A stack's state, with or without its secrets in clear."""

    deployment: Mapping[str, Any]

    @property
    def pending(self) -> list[str]:
        """Operations whose end Pulumi does not know, and old halves that are still there."""
        operations = self.deployment.get("pending_operations", [])
        halves = [item["urn"] for item in self.resources if item.get("delete")]
        return [item["resource"]["urn"] for item in operations] + halves

    @property
    def resources(self) -> list[Entry]:
        """Those of this package."""
        found = self.deployment.get("resources", [])
        return [item for item in found if "dynamic/posthog:" in item["type"]]

    @property
    def projects(self) -> dict[str, Entry]:
        """The outputs of the projects, by id."""
        return {item["id"]: _plain(item) for item in self.resources if item["type"] == PROJECT}

    @property
    def tokens(self) -> dict[str, str]:
        """Secret tokens by the project's id."""
        return {item["project_id"]: item["token"] for item in self._all(TOKEN)}

    @property
    def keys(self) -> dict[str, tuple[str, str]]:
        """Of secret API keys, by their label in PostHog: the project's id, and the value."""
        return {
            item["label_in_posthog"]: (item["project_id"], item["value"]) for item in self._all(KEY)
        }

    @property
    def secrets(self) -> list[tuple[str, str]]:
        """All secret tokens and secret API keys, each with its project's id."""
        return [*self.tokens.items(), *self.keys.values()]

    def _all(self, kind: str) -> list[Entry]:
        return [_plain(item) for item in self.resources if item["type"] == kind]


def _plain(resource: Entry) -> Entry:
    """A resource's outputs with their secrets in clear."""
    return {
        name: json.loads(value["plaintext"])
        if isinstance(value, dict) and "plaintext" in value
        else value
        for name, value in resource["outputs"].items()
    }


def extra_projects(state: State, projects: Sequence[Entry]) -> list[Entry]:
    """Projects with the names of the program that PostHog has and the state has not."""
    ours = [item for item in projects if item["name"] in NAMES]
    return [item for item in ours if str(item["id"]) not in state.projects]


def extra_keys(state: State, keys: Sequence[Entry]) -> list[Entry]:
    """Secret API keys that PostHog has and the state has not."""
    return [item for item in keys if item["label"] not in state.keys]


@dataclass(frozen=True)
class End:
    """All that there is to see in the end."""

    crash: Crash
    before: State
    """When the operation began."""
    state: State
    projects: Sequence[Entry]
    """All that PostHog tells of each project that it has."""
    keys: Sequence[Entry]
    """The same of secret API keys."""
    dead: Sequence[str]
    """The projects of the secrets in the state that PostHog refuses."""
    changes: str
    """What one more command would do."""
    sent: Sequence[str]
    """The requests that its preview sent."""
    left: Sequence[str]
    """The processes that outlived the operation."""


def wrong(end: End) -> dict[str, tuple[Any, Any]]:
    """What is not as it shall be: how it is, and how it shall be."""
    goes = end.crash.operation == "destroy"
    there = {str(item["id"]): item for item in end.projects if item["name"] in NAMES}
    recorded = end.state.projects
    facts: dict[str, tuple[Any, Any]] = {
        "projects": (sorted(item["name"] for item in there.values()), [] if goes else NAMES),
        "ids": (sorted(there), sorted(recorded)),
        "lost": ([] if goes else sorted(end.before.projects.keys() - recorded.keys()), []),
        "settings": (_apart(recorded, there), []),
        "secret tokens": (end.state.tokens, _of_each(there, "secret_api_token")),
        "backups": (_of_each(there, "secret_api_token_backup"), {}),
        "secret API keys": (sorted(item["label"] for item in end.keys), sorted(end.state.keys)),
        "intents": (_intents(there), [] if goes else ["surveys"]),
        "dead secrets": (end.dead, []),
        "rotated wrongly": (_misplaced(end), 0),
        "pending": (end.state.pending, []),
        "changes": (end.changes, ""),
        "sent by a preview": (end.sent, []),
        "processes": (end.left, []),
    }
    return {name: pair for name, pair in facts.items() if pair[0] != pair[1]}


def _apart(recorded: Mapping[str, Entry], there: Mapping[str, Entry]) -> list[str]:
    """The settings and facts that PostHog has otherwise than the state."""
    return [
        f"{there[id_]['name']}: {name}"
        for id_ in recorded.keys() & there.keys()
        for name in recorded[id_].keys() & there[id_].keys() - {"id"}
        if recorded[id_][name] != there[id_][name]
    ]


def _of_each(there: Mapping[str, Entry], name: str) -> dict[str, str]:
    return {id_: item[name] for id_, item in there.items() if item[name] is not None}


def _intents(there: Mapping[str, Entry]) -> list[str]:
    return [intent["product_type"] for item in there.values() for intent in item["product_intents"]]


def _misplaced(end: End) -> int:
    """How many secrets a rotation left as they were, or something else replaced."""
    before, now = set(end.before.secrets), set(end.state.secrets)
    if end.crash.operation == "destroy":
        return 0
    return len(before & now if end.crash.operation == "rotate" else before - now)
