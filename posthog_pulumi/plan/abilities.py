"""What a credential may do, by the rules that PostHog's API goes by.

PostHog of 2026 and later: any key with the scope, and only sessions where keys are refused. Before
March 2026 a legacy key, from before keys had scopes, may do what a session may.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from posthog_pulumi.models.account import PersonalApiKey
from posthog_pulumi.models.lookups import ADMINISTRATOR

LEVELS: Final[Mapping[int, str]] = {1: "member", ADMINISTRATOR: "administrator", 15: "owner"}


class Session(Enum):
    """What became of the session that is configured."""

    NONE = "none"
    WORKS = "works"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Standing:
    """Credentials, and where their owner stands in the organization of new projects."""

    key: PersonalApiKey | None
    session: Session
    level: int | None
    """Of the owner in the organization; None if the credential cannot see that."""
    before_2026: bool | None
    """Whether the server is an older one; None if nothing shows it."""

    @property
    def key_does_all(self) -> bool:
        """Whether the key may do what otherwise only sessions may."""
        return self.key is not None and self.key.is_legacy and self.before_2026 is True


@dataclass(frozen=True)
class Ability:
    """An endpoint, and why the credentials may not call it."""

    endpoint: str
    """Method and path, the ids left out."""
    reason: str
    """Empty if they may."""


@dataclass(frozen=True)
class Need:
    """What an endpoint asks for."""

    scope: str
    """Of a key; empty where keys are refused."""
    level: int = ADMINISTRATOR
    of_organization: bool = False
    """Whether a key that is limited to projects is refused."""
    before_2026: "Need | None" = None
    """What it asked for then, if that was something else."""


_READ: Final = Need("project:read", level=1)
_INTENT: Final = Need("project:read", level=1, before_2026=Need("team:read", level=1))
_ADMINISTRATOR: Final = Need("project:write")
_SESSION: Final = Need("")

NEEDS: Final[Mapping[str, Need]] = {
    "GET …/projects/": Need("project:read", level=1, of_organization=True),
    "GET …/projects/{id}/": _READ,
    "POST …/projects/": Need("project:write", of_organization=True),
    "PATCH …/projects/{id}/": Need("project:write", before_2026=Need("project:write", level=1)),
    "DELETE …/projects/{id}/": _ADMINISTRATOR,
    "PATCH …/projects/{id}/add_product_intent/": _INTENT,
    "PATCH …/projects/{id}/complete_product_onboarding/": _INTENT,
    "GET …/projects/{id}/activity/": Need("", level=1),
    "GET …/projects/{id}/is_generating_demo_data/": Need("", level=1),
    "POST …/projects/{id}/change_organization/": _SESSION,
    "PATCH …/projects/{id}/reset_token/": _SESSION,
    "PATCH …/projects/{id}/rotate_secret_token/": _SESSION,
    "PATCH …/projects/{id}/delete_secret_token_backup/": _SESSION,
}
"""The 13 endpoints of PostHog's projects API."""

PROJECTS: Final = (
    "GET …/projects/{id}/",
    "POST …/projects/",
    "PATCH …/projects/{id}/",
    "DELETE …/projects/{id}/",
)
"""What a project's life needs."""

ROTATION: Final = (
    "PATCH …/projects/{id}/rotate_secret_token/",
    "PATCH …/projects/{id}/delete_secret_token_backup/",
)
"""What the rotation of a secret token needs."""


def abilities(standing: Standing) -> list[Ability]:
    """Each endpoint, and why it would refuse; rules of single projects are not known here."""
    return [Ability(endpoint, _reason(need, standing)) for endpoint, need in NEEDS.items()]


def allowed(found: Iterable[Ability], endpoints: Collection[str]) -> bool:
    """Whether the credentials may call all of these."""
    return not any(one.reason for one in found if one.endpoint in endpoints)


def _reason(need: Need, standing: Standing) -> str:
    if standing.before_2026:
        need = need.before_2026 or need
    return _of_credential(need, standing) or _of_level(need, standing.level)


def _of_credential(need: Need, standing: Standing) -> str:
    key = standing.key
    if standing.key_does_all:
        return ""
    if key is None or not need.scope:
        return _OF_SESSION[standing.session]
    if not key.grants(need.scope):
        return f"the key lacks the scope {need.scope}"
    if need.of_organization and key.scoped_teams:
        return "the key is limited to single projects"
    return ""


_OF_SESSION: Final[Mapping[Session, str]] = {
    Session.WORKS: "",
    Session.NONE: "needs a session: set posthog:sessionId",
    Session.EXPIRED: "the session has expired: sign in and set posthog:sessionId again",
}


def _of_level(need: Need, level: int | None) -> str:
    if level is not None and level < need.level:
        return f"the owner is no {LEVELS[need.level]} of the organization"
    return ""
