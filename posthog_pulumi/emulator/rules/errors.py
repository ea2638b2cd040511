"""PostHog's error envelope, made by PostHog's own library, and the errors of our own."""

import logging
from typing import Any

from django.conf import settings
from django.http import Http404
from exceptions_hog.handler import exception_handler
from rest_framework.exceptions import APIException

log = logging.getLogger(__name__)


class Conflict(APIException):  # type: ignore[misc]  # untyped framework
    """409: the name is taken."""

    status_code = 409
    default_code = "conflict"

    def __init__(self, name: str) -> None:
        super().__init__(
            f'There is already a project called "{name}" in this organization. '
            "Choose a different name."
        )


class NotServed(APIException):  # type: ignore[misc]  # the same
    """501: PostHog may have it, the emulator has not."""

    status_code = 501
    default_code = "not_implemented"

    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"The emulator does not serve {method} {path}.")
        log.error("501: the emulator does not serve %s %s", method, path)


class ServerFault(APIException):  # type: ignore[misc]  # the same
    """500 with PostHog's own words for it."""

    status_code = 500
    default_code = "error"


def respond(error: Exception, context: dict[str, Any]) -> Any:
    """Return the envelope, and log a bug of the emulator."""
    response = exception_handler(error, context)
    if not isinstance(error, APIException | Http404):
        log.error("a bug of the emulator", exc_info=error)
    if response.status_code == 401 and settings.EMULATOR.server.challenges:  # noqa: PLR2004
        site = context["request"].build_absolute_uri("/")
        metadata = f"{site}.well-known/oauth-protected-resource"
        response["WWW-Authenticate"] = f'Bearer resource_metadata="{metadata}"'
    return response
