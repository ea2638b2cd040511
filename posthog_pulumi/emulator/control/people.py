"""Organizations, users, keys and sessions."""

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.forms.models import model_to_dict

from posthog_pulumi.emulator.control.requests import Body, allow, control, put
from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.storage import writing
from posthog_pulumi.emulator.rules.users import (
    OWNER,
    Membership,
    Organization,
    PersonalApiKey,
    User,
)
from posthog_pulumi.emulator.views.credentials import sign_in

_ORGANIZATION = (
    "name",
    "slug",
    "project_limit",
    "anonymize_ips",
    "members_can_create_projects",
    "members_can_use_personal_api_keys",
    "active_subscription",
    "refuse_first_mint",
    "data_color_themes",
    "retention_entitlement",
)
_KEY = ("label", "scopes", "scoped_organizations", "scoped_projects", "throttle")


def new_organization(**values: Any) -> Organization:
    """Make an organization."""
    named = {"name": "Organization", "slug": f"organization-{tokens.short_id().lower()}"}
    organization: Organization = Organization.objects.create(**(named | values))
    return organization


def new_user(memberships: dict[str, int], **values: Any) -> User:
    """Make a user; the first organization is the current one."""
    named = {"first_name": "Emu", "email": f"{tokens.short_id().lower()}@example.com"}
    user: User = User.objects.create(**(named | values))
    set_memberships(user, memberships)
    user.current_organization_id = next(iter(memberships), None)
    user.save()
    return user


def set_memberships(user: User, memberships: Mapping[str, int | None]) -> None:
    """Set levels; null ends a membership."""
    for organization, level in memberships.items():
        user.memberships.filter(organization=organization).delete()
        if level is not None:
            Membership.objects.create(user=user, organization_id=organization, level=level)


def new_key(user: User, scopes: list[str], **values: Any) -> tuple[PersonalApiKey, str]:
    """Make a personal API key and give its value, which is not kept."""
    value = tokens.personal_api_key()
    named = {"label": "Key", "digest": tokens.digest(value), "mask_value": tokens.mask(value)}
    key: PersonalApiKey = PersonalApiKey.objects.create(
        user=user, scopes=scopes, **(named | values)
    )
    return key, value


@control("POST")
def make_tenant(_: str, body: Body) -> Body:
    """An organization with one user, who has a key and a session."""
    allow(body, "level", "scopes", "organization", "scoped_organizations", "scoped_projects")
    limits = {key: value for key, value in body.items() if key.startswith("scoped_")}
    with writing():
        organization = new_organization(**allow(body.get("organization", {}), *_ORGANIZATION))
        user = new_user({str(organization.id): body.get("level", OWNER)})
        key, value = new_key(user, body.get("scopes", ["*"]), **limits)
        session = sign_in(user)
    return {
        "organization_id": str(organization.id),
        "user_id": user.pk,
        "key_id": key.pk,
        "api_key": value,
        "session_id": session,
    }


@control("POST")
def make_organization(_: str, body: Body) -> Body:
    """An organization without members."""
    with writing():
        return _shown(new_organization(**allow(body, *_ORGANIZATION)))


@control("PATCH")
def change_organization(_: str, body: Body, key: str) -> Body:
    """Change an organization's limits and switches."""
    with writing():
        organization = Organization.objects.get(pk=key)
        put(organization, allow(body, *_ORGANIZATION))
    return _shown(organization)


@control("POST")
def make_user(_: str, body: Body) -> Body:
    """A user with memberships and a session."""
    allow(body, "memberships", "email", "first_name", "is_active")
    with writing():
        user = new_user(**({"memberships": {}} | body))
        return {"id": user.pk, "email": user.email, "session_id": sign_in(user)}


@control("PATCH")
def change_user(_: str, body: Body, key: int) -> Body:
    """Change a user's memberships or shut them out."""
    allow(body, "memberships", "is_active")
    with writing():
        user = User.objects.get(pk=key)
        set_memberships(user, body.pop("memberships", {}))
        put(user, body)
    return {"id": user.pk, "email": user.email}


@control("POST")
def make_key(_: str, body: Body) -> Body:
    """A personal API key; no scopes make it a legacy one."""
    allow(body, "user_id", *_KEY)
    with writing():
        user = User.objects.get(pk=body.pop("user_id"))
        key, value = new_key(user, body.pop("scopes", ["*"]), **body)
    return {"id": key.pk, "value": value}


@control("PATCH", "DELETE")
def change_key(method: str, body: Body, key: str) -> Body:
    """Change or revoke a key."""
    with writing():
        found = PersonalApiKey.objects.get(pk=key)
        if method == "DELETE":
            found.delete()
            return {}
        put(found, allow(body, *_KEY))
    return {"id": key, "scopes": found.scopes}


@control("POST")
def set_throttle(_: str, body: Body) -> Body:
    """Give the key with this value its rates, such as `3/minute`; none lifts the throttle."""
    allow(body, "api_key", "burst", "sustained")
    with writing():
        key = PersonalApiKey.objects.get(digest=tokens.digest(body.pop("api_key")))
        put(key, {"throttle": body})
    return {"id": key.pk}


@control("DELETE")
def end_session(_: str, _body: Body, key: str) -> None:
    """Sign a session out."""
    with writing():
        SessionStore(session_key=key).delete()


def _shown(organization: Organization) -> Body:
    return {**model_to_dict(organization), "id": str(organization.id)}
