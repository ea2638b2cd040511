"""What the look-ups return besides projects."""

from collections.abc import Mapping
from typing import Any, Final, Generic

from pydantic import BaseModel, Field, SecretStr, model_validator

from posthog_pulumi.models.arguments import REMOTE_CONFIG
from posthog_pulumi.models.project import Token
from posthog_pulumi.properties import TOKENS

ADMINISTRATOR: Final = 8
"""The membership level that sees every project of an organization, and may make them."""


class Organization(BaseModel):
    """An organization the credential can see."""

    model_config = REMOTE_CONFIG

    id: str
    name: str
    slug: str = ""
    membership_level: int | None = None
    """The caller's: 1 member, 8 administrator, 15 owner."""


class ListedProject(BaseModel, Generic[Token]):
    """A project as the list endpoint shows it."""

    model_config = REMOTE_CONFIG

    id: int
    uuid: str
    organization: str
    name: str
    api_token: Token = Field(repr=False)
    ingested_event: bool = False
    is_demo: bool = False
    timezone: str = ""


class Change(BaseModel):
    """One field of an activity: what it was and what it became."""

    model_config = REMOTE_CONFIG

    field: str | None = None
    action: str | None = None
    before: Any = Field(default=None, repr=False)
    after: Any = Field(default=None, repr=False)

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

    model_config = REMOTE_CONFIG

    name: str | None = None
    changes: list[Change] | None = None


class ActivityUser(BaseModel):
    """Who did it."""

    model_config = REMOTE_CONFIG

    first_name: str = ""
    email: str = ""


class Activity(BaseModel):
    """An entry of a project's activity log."""

    model_config = REMOTE_CONFIG

    id: str
    activity: str
    scope: str
    created_at: str
    user: ActivityUser | None = None
    detail: ActivityDetail = ActivityDetail()
