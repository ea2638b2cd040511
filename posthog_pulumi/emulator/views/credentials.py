"""The caller: a personal API key or a signed-in session, recognized as PostHog does it."""

from copy import copy
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.sessions.backends.db import SessionStore
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, ParseError

from posthog_pulumi.emulator.rules.cache import people
from posthog_pulumi.emulator.rules.tokens import digest
from posthog_pulumi.emulator.rules.users import PersonalApiKey, User
from posthog_pulumi.emulator.server.log import LOGGED_AS


@dataclass(frozen=True)
class Credential:
    """What a request was authenticated with."""

    kind: Literal["personal_api_key", "session"]
    user: User
    key: PersonalApiKey | None = None


class KeyAuthentication(BaseAuthentication):  # type: ignore[misc]  # untyped framework
    """A personal API key in the header, the body or the query; only the first found counts."""

    def authenticate(self, request: Any) -> tuple[User, Credential] | None:
        """Find the key's owner."""
        value, place = _sent_key(request)
        if not value:
            return None
        request._request.META[LOGGED_AS] = "personal_api_key"  # noqa: SLF001 - the shared environ
        key = _live_key(value)
        if key is None:
            raise AuthenticationFailed(f"Personal API key found in request {place} is invalid.")
        user = copy(key.user)
        return user, Credential("personal_api_key", user, key)

    def authenticate_header(self, _: Any) -> str:
        """Make refusals 401."""
        return "Bearer"


class SignedIn(SessionAuthentication):  # type: ignore[misc]  # the same
    """A signed-in browser, with Django's own CSRF check."""

    def authenticate(self, request: Any) -> tuple[User, Credential] | None:
        """Find the session's user."""
        cookie = request.COOKIES.get("sessionid")
        found = _session_user(cookie) if cookie else None
        if found is None:
            return None
        user = copy(found)
        request._request.META[LOGGED_AS] = "session"  # noqa: SLF001 - the shared environ
        self.enforce_csrf(request)
        return user, Credential("session", user)


def sign_in(user: User) -> str:
    """Start a session that lasts, and give its id."""
    session = SessionStore()
    session["user_id"] = user.pk
    session.set_expiry(10 * 365 * 24 * 3600)
    session.create()
    return str(session.session_key)


_PLACE = ("current_organization", "current_project")
"""What other requests change of a user; each request reads it into its own copy, if at all."""


def _session_user(session_id: str) -> User | None:
    def find() -> User | None:
        user_id = SessionStore(session_key=session_id).get("user_id")
        users = User.objects.defer(*_PLACE)
        user: User | None = users.filter(pk=user_id, is_active=True).first()
        return user

    return people.get(("session", session_id), find)


def _live_key(value: str) -> PersonalApiKey | None:
    def find() -> PersonalApiKey | None:
        keys = PersonalApiKey.objects.select_related("user")
        keys = keys.defer(*(f"user__{name}" for name in _PLACE))
        key: PersonalApiKey | None = keys.filter(digest=wanted, user__is_active=True).first()
        return key

    wanted = digest(value)
    return people.get(("key", wanted), find)


def _sent_key(request: Any) -> tuple[str | None, str]:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and value.strip():
        return value.strip(), "Authorization header"
    body = _body(request)
    if body.get("personal_api_key"):
        return str(body["personal_api_key"]), "body"
    return request.query_params.get("personal_api_key"), "query string"


def _body(request: Any) -> Any:
    try:
        return request.data if hasattr(request.data, "get") else {}
    except ParseError:
        return {}
