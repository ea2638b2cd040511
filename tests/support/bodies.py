"""Bodies of PostHog's responses, as small as its API allows."""

import sys
from typing import Any

Body = dict[str, Any]

ACME: Body = {"id": "acme", "name": "Acme", "slug": "acme", "membership_level": 15}

PROJECT: Body = {
    "id": 1,
    "organization": "acme",
    "uuid": "018f0000-0000-7000-8000-000000000001",
    "created_at": "2026-11-24T00:00:00Z",
    "api_token": "phc_token001",
    "secret_api_token": "phs_hidden0",
    "secret_api_token_backup": None,
    "ingested_event": False,
    "product_intents": [],
    "name": "Web",
    "timezone": "UTC",
}


def _nested(levels: int) -> object:
    """An object in an object, and so on."""
    value: object = {}
    for _ in range(levels):
        value = {"a": value}
    return value


DEEP_PROJECT: Body = {**PROJECT, "survey_config": _nested(sys.getrecursionlimit())}
"""One that is JSON, and nested too deeply for Python."""

KEY: Body = {"id": "k", "label": "flags", "scopes": [], "created_at": "2026-11-24T00:00:00Z"}
NEW_KEY: Body = {**KEY, "value": "phs_hidden1"}

ACTIVITY: Body = {"id": "a", "activity": "created", "scope": "Team", "created_at": "2026-11-24"}


def page(*results: object, more: str | None = None) -> Body:
    """A page of a list."""
    return {"count": 9, "next": more, "previous": None, "results": [*results]}
