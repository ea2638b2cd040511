"""Look at the credentials, at what they see, and at what server there is; nothing is changed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from posthog_pulumi.errors import (
    AuthenticationError,
    NotFoundError,
    PermissionDeniedError,
    concerning,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.organization import addressable
from posthog_pulumi.models.account import Membership
from posthog_pulumi.models.lookups import ListedProject
from posthog_pulumi.plan.abilities import Session, Standing


@dataclass(frozen=True)
class Account:
    """What a configuration amounts to at PostHog."""

    owner: str
    """E-mail address; empty if the credential may not read it."""
    organizations: Sequence[Membership]
    home: Membership | None
    """Where new projects are made; None if the credential may not see that."""
    projects: Sequence[ListedProject[Any]] | None
    """Those of that organization; None if the credential may not list them."""
    standing: Standing


def examine(on: Connection) -> Account:
    """Ask PostHog who we are.

    Raises:
        AuthenticationError: It does not know the key, or there is no key and the session is over.
        PostHogError: It cannot be reached, or something else is there.
    """
    with concerning("the credential was not examined"):
        key = on.client.account.api_key() if on.config.api_key else None
        session, owner = _session(on)
        organizations = _organizations(on)
        where = addressable(on, None)
        home = next((item for item in organizations if item.id == where), None)
        projects = _projects(on, where)
        standing = Standing(
            key=key,
            session=session,
            level=home.membership_level if home else None,
            before_2026=_before_2026(on, projects),
        )
    return Account(owner, organizations, home, projects, standing)


def _session(on: Connection) -> tuple[Session, str]:
    """What became of the session, and whose credential it is."""
    configured = on.config.session_id is not None
    try:
        owner = on.client.account.user().email
    except AuthenticationError:
        if on.config.api_key is None:
            raise
        return Session.EXPIRED, ""
    except PermissionDeniedError:
        return Session.NONE, ""
    return (Session.WORKS if configured else Session.NONE), owner


def _organizations(on: Connection) -> list[Membership]:
    with suppress(PermissionDeniedError):
        return list(on.client.organizations.memberships())
    return []


def _projects(on: Connection, organization_id: str) -> list[ListedProject[Any]] | None:
    with suppress(PermissionDeniedError, NotFoundError):
        return list(on.client.projects.list(organization_id))
    return None


def _before_2026(on: Connection, projects: Sequence[ListedProject[Any]] | None) -> bool | None:
    """Since 2026 a full project says whether its deletion is pending."""
    if not projects:
        return None
    with suppress(PermissionDeniedError, NotFoundError):
        first = projects[0]
        project = on.client.projects.retrieve(first.organization, str(first.id))
        return project.is_pending_deletion is None
    return None
