"""``/api/users/@me/`` and ``/api/personal_api_keys/@current/``."""

from posthog_pulumi.client import endpoints
from posthog_pulumi.client.base import Send, parsed
from posthog_pulumi.models.account import PersonalApiKey, User


class Account:
    """The credentials of the requests, and whose they are."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def api_key(self) -> PersonalApiKey:
        """``GET /api/personal_api_keys/@current/``; any key may read itself."""
        call = endpoints.RETRIEVE_API_KEY.call()
        return parsed(self._send(call), call, PersonalApiKey)

    def user(self) -> User:
        """``GET /api/users/@me/`` by the session, if there is one; a key needs ``user:read``."""
        call = endpoints.RETRIEVE_USER.call()
        return parsed(self._send(call), call, User)
