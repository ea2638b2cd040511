"""What a user of a running emulator has: accounts, control endpoints, and the request log."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from posthog_pulumi.emulator.server.faults import Fault

_SECONDS = 30


class EmulatorError(Exception):
    """The emulator did not start, or refused a control request."""


@dataclass(frozen=True)
class Request:
    """One request that reached the emulator."""

    time: str
    method: str
    path: str
    """Without the query; a token or key in it is masked."""
    status: int
    """0 is a connection that a fault cut."""
    milliseconds: float
    credential: str
    """``personal_api_key``, ``session``, ``api_token``, ``secret_token`` or ``none``."""


class RequestLog:
    """The requests that reached the emulator, without those to its control endpoints."""

    def __init__(self, file: Path) -> None:
        self.file = file
        """One JSON object per line; it is removed at the end unless a data folder is kept."""
        self._read = file.stat().st_size

    def all(self, path: str = "") -> list[Request]:
        """Every request whose path contains this text, such as the id of an organization."""
        found, _ = self._since(0)
        return [request for request in found if path in request.path]

    def new(self) -> list[Request]:
        """The requests since the last call; at first, since this account was made."""
        found, self._read = self._since(self._read)
        return found

    def _since(self, position: int) -> tuple[list[Request], int]:
        """The whole lines after that position, and where they end."""
        with self.file.open("rb") as file:
            file.seek(position)
            lines, _, _ = file.read().rpartition(b"\n")
        end = position + len(lines) + 1 if lines else position
        return [Request(**json.loads(line)) for line in lines.splitlines()], end


class Control:
    """Does what no client of PostHog can do, through ``/_emulator/``."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Call a control endpoint that ``docs/emulator.md`` lists, by what follows ``/_emulator/``.

        Raises:
            EmulatorError: The emulator refused the call; the message says why.
        """
        path = f"/_emulator/{path}"
        with closing(HTTPConnection(self._host, timeout=_SECONDS)) as connection:
            connection.request(method, path, json.dumps(body or {}))
            response = connection.getresponse()
            content = response.read()
        if response.status == HTTPStatus.NOT_FOUND:
            raise EmulatorError(f"There is no control endpoint {path}.")
        if response.status != HTTPStatus.OK:
            raise EmulatorError(f"{method} {path} was refused: {json.loads(content)['error']}")
        return json.loads(content)

    def fault(self, fault: Fault) -> None:
        """Add a fault; name the organization in ``path`` where others call the emulator too."""
        self.send("POST", "faults", asdict(fault))

    def clear_faults(self) -> None:
        """Remove all faults."""
        self.send("DELETE", "faults")

    def ingest(self, project_id: str | int) -> None:
        """Let the first event arrive in a project, which guards it against being deleted."""
        self.send("PATCH", f"projects/{project_id}", {"ingested_event": True})

    def events(self, project_id: str | int) -> list[dict[str, Any]]:
        """The events that arrived in a project, oldest first."""
        found: list[dict[str, Any]] = self.send("GET", f"events?project_id={project_id}")
        return found

    def finish_deletion(self, project_id: str | int) -> None:
        """Remove a deleted project at once; until then PostHog shows it as pending."""
        self.send("POST", f"projects/{project_id}/finish-deletion")


class TenantOptions(TypedDict, total=False):
    """How a tenant differs from an owner with a key for everything."""

    level: int
    """1 is a member, 8 an administrator, 15 the owner."""
    scopes: Sequence[str]
    """What the key may do, ``["*"]`` at first; none makes it a legacy key."""
    scoped_organizations: Sequence[str]
    scoped_projects: Sequence[int]
    organization: Mapping[str, Any]
    """Limits and switches of the organization, as ``docs/emulator.md`` lists them."""


@dataclass(frozen=True)
class Account:
    """One organization in a running emulator, and a user of it with a key and a session."""

    url: str
    organization_id: str
    api_key: str = field(repr=False)
    session_id: str = field(repr=False)
    control: Control
    requests: RequestLog

    @property
    def environ(self) -> dict[str, str]:
        """The variables that the provider reads from the environment."""
        return {
            "POSTHOG_HOST": self.url,
            "POSTHOG_API_KEY": self.api_key,
            "POSTHOG_SESSION_ID": self.session_id,
            "POSTHOG_ORGANIZATION_ID": self.organization_id,
        }

    def new_tenant(self, **options: Unpack[TenantOptions]) -> "Tenant":
        """Make another organization in the same emulator, with a user of its own."""
        made = self.control.send("POST", "tenants", options)
        log = RequestLog(self.requests.file)
        return Tenant(url=self.url, control=self.control, requests=log, **made)


@dataclass(frozen=True)
class Tenant(Account):
    """An organization that was made for one test or user."""

    user_id: int
    key_id: str


@dataclass(frozen=True)
class Emulator(Account):
    """A running emulator, and the organization that it starts with."""

    legacy_api_key: str = field(repr=False)
    """A key without scopes; on ``docs-2025`` it may do what a session may."""
    second_organization_id: str
    """Another organization of the same user."""
    pid: int
    """Its process, for tests of what a PostHog that crashes does to them."""
