"""``/api/projects/{project_id}/project_secret_api_keys/``, which a personal API key may call."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, Field, SecretStr

from posthog_pulumi.client import endpoints
from posthog_pulumi.client.base import Send, identified, pages, parsed, unexpected
from posthog_pulumi.models.arguments import REMOTE_CONFIG


class RemoteSecretApiKey(BaseModel):
    """A project's secret API key; ``value`` is only in the response that made it."""

    model_config = REMOTE_CONFIG

    id: str
    label: str
    scopes: list[str]
    mask_value: str | None = None
    created_at: AwareDatetime
    value: SecretStr | None = None


class NewSecretApiKey(RemoteSecretApiKey):
    """The response to a create, the only one that holds the value."""

    value: SecretStr = Field(min_length=1)


class SecretApiKeys:
    """Needs the scopes ``project:read`` and ``project:write``, and an administrator's key."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def create(self, project_id: str, label: str, scopes: list[str]) -> NewSecretApiKey:
        """``POST …/``; its response is the only one that holds the value."""
        body = {"label": label, "scopes": scopes}
        call = endpoints.CREATE_SECRET_API_KEY.call(project_id, body=body)
        made = parsed(self._send(call), call, NewSecretApiKey)
        if made.label != label:
            raise unexpected("it is about a key of another label", call)
        return made

    def retrieve(self, project_id: str, key_id: str) -> RemoteSecretApiKey:
        """``GET …/{id}/``."""
        call = endpoints.RETRIEVE_SECRET_API_KEY.call(project_id, key_id)
        return identified(self._send(call), call, RemoteSecretApiKey, key_id)

    def update(
        self, project_id: str, key_id: str, changed: Mapping[str, Any]
    ) -> RemoteSecretApiKey:
        """``PATCH …/{id}/``: label and scopes."""
        call = endpoints.UPDATE_SECRET_API_KEY.call(project_id, key_id, body=changed)
        return identified(self._send(call), call, RemoteSecretApiKey, key_id)

    def delete(self, project_id: str, key_id: str) -> None:
        """``DELETE …/{id}/``: its value stops at once."""
        call = endpoints.DELETE_SECRET_API_KEY.call(project_id, key_id)
        if self._send(call) is not None:
            raise unexpected("it has a body, which no deletion has", call)

    def list(self, project_id: str) -> Iterator[RemoteSecretApiKey]:
        """``GET …/``, newest first, page by page."""
        return pages(
            self._send, endpoints.LIST_SECRET_API_KEYS.call(project_id), RemoteSecretApiKey
        )
