"""Answers of the projects endpoints that are no full project."""

from typing import Any

from pydantic import BaseModel, ConfigDict

ANSWER_CONFIG = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class ListedProject(BaseModel):
    """A project in the short form of the list endpoint."""

    model_config = ANSWER_CONFIG

    id: int
    name: str


class DemoData(BaseModel):
    """Whether demo data is still on its way."""

    model_config = ANSWER_CONFIG

    is_generating_demo_data: bool


class Change(BaseModel):
    """One field of an activity: what it was and what it became, secrets masked by PostHog."""

    model_config = ANSWER_CONFIG

    field: str | None = None
    action: str | None = None
    before: Any = None
    after: Any = None


class ActivityDetail(BaseModel):
    """What an activity was about."""

    model_config = ANSWER_CONFIG

    name: str | None = None
    changes: list[Change] | None = None


class ActivityUser(BaseModel):
    """Who did it."""

    model_config = ANSWER_CONFIG

    first_name: str = ""
    email: str = ""


class Activity(BaseModel):
    """An entry of the project's activity log."""

    model_config = ANSWER_CONFIG

    id: str
    activity: str
    scope: str
    created_at: str
    user: ActivityUser | None = None
    detail: ActivityDetail = ActivityDetail()
