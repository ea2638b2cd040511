"""Every endpoint that the package calls, each with what may be done after a failure.

==========  =====================================  ===============================================
class       after a failure that is over           after one that may be going on still
==========  =====================================  ===============================================
read        sent again                             sent again
idempotent  sent again                             looked at, and not sent again in this run
once        looked at; sent again if nothing       looked at, and not sent again in this run
            shows
==========  =====================================  ===============================================

A request that was not carried out is sent again, whatever its class, after no connection and
after 429. ``make generate`` lists these endpoints in ``docs/errors.md``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final
from urllib.parse import quote

from posthog_pulumi.properties import without_credentials


class Repeat(Enum):
    """Whether twice does the same as once: a property of the endpoint, not of the method."""

    READ = "read"
    IDEMPOTENT = "idempotent"
    ONCE = "once"


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request of the API."""

    method: str
    path: str
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    query: Mapping[str, Any] | None = None
    repeat: Repeat = Repeat.READ
    session_only: bool = False
    """Whether PostHog refuses personal API keys here, so a configured session is sent instead."""
    recheck: Callable[[], object] | None = field(default=None, repr=False)
    """Called before the request is sent after a wait; raises where it must not be sent any more."""

    def __str__(self) -> str:
        return without_credentials(f"{self.method} {self.path}")


@dataclass(frozen=True)
class Endpoint:
    """A method and a path with names in braces."""

    method: str
    path: str
    repeat: Repeat
    session_only: bool = False

    def call(self, *ids: str, **more: Any) -> Call:
        """A request of this endpoint; the ids fill the path in order, quoted."""
        parts = self.path.split("{}")
        path = "".join(map("".join, zip(parts, [*map(_quoted, ids), ""], strict=True)))
        return Call(
            method=self.method,
            path=path,
            repeat=self.repeat,
            session_only=self.session_only,
            **more,
        )


def _quoted(id_: str) -> str:
    """One part of a path, also where it is ``..``, which would take the part before it away."""
    return quote(id_, safe="@") if id_.strip(".") else id_.replace(".", "%2E")


_PROJECTS: Final = "/api/organizations/{}/projects/"
_PROJECT: Final = f"{_PROJECTS}{{}}/"
_KEYS: Final = "/api/projects/{}/project_secret_api_keys/"

RETRIEVE_API_KEY: Final = Endpoint("GET", "/api/personal_api_keys/@current/", Repeat.READ)
RETRIEVE_USER: Final = Endpoint("GET", "/api/users/@me/", Repeat.READ, session_only=True)
LIST_ORGANIZATIONS: Final = Endpoint("GET", "/api/organizations/", Repeat.READ)
RETRIEVE_ORGANIZATION: Final = Endpoint("GET", "/api/organizations/{}/", Repeat.READ)

LIST_PROJECTS: Final = Endpoint("GET", _PROJECTS, Repeat.READ)
RETRIEVE_PROJECT: Final = Endpoint("GET", _PROJECT, Repeat.READ)
CREATE_PROJECT: Final = Endpoint("POST", _PROJECTS, Repeat.ONCE)
UPDATE_PROJECT: Final = Endpoint("PATCH", _PROJECT, Repeat.IDEMPOTENT)
DELETE_PROJECT: Final = Endpoint("DELETE", _PROJECT, Repeat.IDEMPOTENT)
CHANGE_ORGANIZATION: Final = Endpoint(
    "POST", f"{_PROJECT}change_organization/", Repeat.ONCE, session_only=True
)
RESET_TOKEN: Final = Endpoint("PATCH", f"{_PROJECT}reset_token/", Repeat.ONCE, session_only=True)
ROTATE_SECRET_TOKEN: Final = Endpoint(
    "PATCH", f"{_PROJECT}rotate_secret_token/", Repeat.ONCE, session_only=True
)
DELETE_SECRET_TOKEN_BACKUP: Final = Endpoint(
    "PATCH", f"{_PROJECT}delete_secret_token_backup/", Repeat.ONCE, session_only=True
)
IS_GENERATING_DEMO_DATA: Final = Endpoint(
    "GET", f"{_PROJECT}is_generating_demo_data/", Repeat.READ, session_only=True
)
ACTIVITY: Final = Endpoint("GET", f"{_PROJECT}activity/", Repeat.READ, session_only=True)
ADD_PRODUCT_INTENT: Final = Endpoint("PATCH", f"{_PROJECT}add_product_intent/", Repeat.ONCE)
COMPLETE_PRODUCT_ONBOARDING: Final = Endpoint(
    "PATCH", f"{_PROJECT}complete_product_onboarding/", Repeat.ONCE
)

LIST_SECRET_API_KEYS: Final = Endpoint("GET", _KEYS, Repeat.READ)
RETRIEVE_SECRET_API_KEY: Final = Endpoint("GET", f"{_KEYS}{{}}/", Repeat.READ)
CREATE_SECRET_API_KEY: Final = Endpoint("POST", _KEYS, Repeat.ONCE)
UPDATE_SECRET_API_KEY: Final = Endpoint("PATCH", f"{_KEYS}{{}}/", Repeat.IDEMPOTENT)
DELETE_SECRET_API_KEY: Final = Endpoint("DELETE", f"{_KEYS}{{}}/", Repeat.IDEMPOTENT)

ENDPOINTS: Final[Mapping[str, Endpoint]] = {
    name: value for name, value in globals().items() if isinstance(value, Endpoint)
}
"""All of them by name, in the order above."""
