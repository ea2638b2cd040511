"""What the look-ups find."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

from posthog_pulumi.models.settings import normalised
from posthog_pulumi.properties import TOKENS

Token = TypeVar("Token", SecretStr, str)

_CONFIG = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Organization(BaseModel):
    """An organization the credential can see."""

    model_config = _CONFIG

    id: str
    name: str
    slug: str = ""


class ListedProject(BaseModel, Generic[Token]):
    """A project as the list endpoint tells it."""

    model_config = _CONFIG

    id: int
    uuid: str
    organization: str
    name: str
    api_token: Token
    ingested_event: bool = False
    is_demo: bool = False
    timezone: str = ""


class Project(BaseModel, Generic[Token]):
    """A project with all its settings, whether a program manages it or not."""

    model_config = _CONFIG

    id: int
    uuid: str
    organization: str
    name: str
    created_at: str
    api_token: Token
    secret_api_token: Token | None = None
    secret_api_token_backup: Token | None = None
    ingested_event: bool = False
    is_pending_deletion: bool | None = None
    settings: dict[str, Any]
    """Those that have a value, by their names as arguments."""

    @model_validator(mode="before")
    @classmethod
    def _gather_settings(cls, body: Any) -> Any:
        known = isinstance(body, Mapping) and "settings" not in body
        return {**body, "settings": normalised(body)} if known else body


class Change(BaseModel):
    """One field of an activity: what it was and what it became."""

    model_config = _CONFIG

    field: str | None = None
    action: str | None = None
    before: Any = None
    after: Any = None

    @model_validator(mode="before")
    @classmethod
    def _hide_tokens(cls, body: Any) -> Any:
        """PostHog masks secret tokens in its log, but not the API token."""
        if not isinstance(body, Mapping) or body.get("field") not in TOKENS:
            return body
        hidden = {key: SecretStr(str(body[key])) for key in ("before", "after") if body.get(key)}
        return {**body, **hidden}


class ActivityDetail(BaseModel):
    """What an activity was about."""

    model_config = _CONFIG

    name: str | None = None
    changes: list[Change] | None = None


class ActivityUser(BaseModel):
    """Who did it."""

    model_config = _CONFIG

    first_name: str = ""
    email: str = ""


class Activity(BaseModel):
    """An entry of a project's activity log."""

    model_config = _CONFIG

    id: str
    activity: str
    scope: str
    created_at: str
    user: ActivityUser | None = None
    detail: ActivityDetail = ActivityDetail()
