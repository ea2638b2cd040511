"""A running emulator, for every kind of test."""

import json
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import httpx

PLAIN = httpx.HTTPTransport(
    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # spares every client the reading of roots
    limits=httpx.Limits(max_keepalive_connections=0),  # so that no test has to close a client
)
"""Shared by all clients of emulators."""

Server = Literal["current", "docs-2025"]


@dataclass(frozen=True)
class Tenant:
    """An organization of a test's own, with one user, who has a key and a session."""

    organization_id: str
    user_id: int
    key_id: str
    api_key: str
    session_id: str


@dataclass
class Emulator:
    """An emulator in a process of its own; `with` ends it."""

    process: subprocess.Popen[str]
    server: Server
    url: str
    organization_id: str
    api_key: str
    legacy_api_key: str
    session_id: str
    second_organization_id: str
    log: Path

    @classmethod
    def start(cls, server: Server = "current", data: Path | None = None, port: int = 0) -> Self:
        """Start one and wait until it is ready."""
        command = [sys.executable, "-m", "posthog_pulumi", "emulator"]
        options = ["--port", str(port), "--server", server]
        kept = ["--data", str(data)] if data else []
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, *options, *kept], stdout=subprocess.PIPE, text=True
        )
        ready = json.loads(process.stdout.readline()) if process.stdout else {}
        return cls(process, server, **(ready | {"log": Path(ready["log"])}))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> int:
        """End it as a user would; gives its exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=20)
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def requests(self, containing: str = "") -> list[dict[str, Any]]:
        """The logged requests whose path contains this text, such as a tenant's organization."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in map(json.loads, lines) if containing in line["path"]]

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Call a control endpoint, `path` being what follows `/_emulator/`."""
        client = httpx.Client(transport=PLAIN, trust_env=False)
        response = client.request(method, f"{self.url}/_emulator/{path}", json=body)
        response.raise_for_status()
        return response.json()

    def tenant(self, **options: Any) -> Tenant:
        """Make an organization for one test: `level`, `scopes`, `organization`, limits."""
        return Tenant(**self.control("POST", "tenants", options))

    def faults(self, *faults: dict[str, Any]) -> None:
        """Order faults; name the organization in their `path` where the emulator is shared."""
        for fault in faults:
            self.control("POST", "faults", fault)

    def clear_faults(self) -> None:
        """Forget all faults."""
        self.control("DELETE", "faults")
