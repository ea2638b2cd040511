"""``/api/projects/{project_id}/project_secret_api_keys/``: today's server; a key may call them."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr

from posthog_pulumi.client.base import Send, pages, parsed, part
from posthog_pulumi.client.call import Call


class RemoteSecretApiKey(BaseModel):
    """A project's secret API key; ``value`` is only in the answer that made it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: str
    label: str
    scopes: list[str]
    mask_value: str | None = None
    created_at: str
    value: SecretStr | None = None


class SecretApiKeys:
    """Needs the scopes ``project:read`` and ``project:write``, and an administrator's key."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def create(self, project_id: str, label: str, scopes: list[str]) -> RemoteSecretApiKey:
        """``POST …/``; its answer is the only one that holds the value."""
        body = {"label": label, "scopes": scopes}
        call = Call(method="POST", path=_path(project_id), body=body, repeatable=False)
        return parsed(self._send(call), call, RemoteSecretApiKey)

    def retrieve(self, project_id: str, key_id: str) -> RemoteSecretApiKey:
        """``GET …/{id}/``."""
        call = Call(method="GET", path=_path(project_id, key_id))
        return parsed(self._send(call), call, RemoteSecretApiKey)

    def update(
        self, project_id: str, key_id: str, changed: Mapping[str, Any]
    ) -> RemoteSecretApiKey:
        """``PATCH …/{id}/``: label and scopes."""
        call = Call(method="PATCH", path=_path(project_id, key_id), body=changed)
        return parsed(self._send(call), call, RemoteSecretApiKey)

    def delete(self, project_id: str, key_id: str) -> None:
        """``DELETE …/{id}/``: its value stops at once."""
        self._send(Call(method="DELETE", path=_path(project_id, key_id)))

    def list(self, project_id: str) -> Iterator[RemoteSecretApiKey]:
        """``GET …/``, newest first, page by page."""
        return pages(self._send, Call(method="GET", path=_path(project_id)), RemoteSecretApiKey)


def _path(project_id: str, key_id: str = "") -> str:
    keys = f"/api/projects/{part(project_id)}/project_secret_api_keys/"
    return f"{keys}{part(key_id)}/" if key_id else keys
