"""What PostHog's refusals look like in HTTP, and as errors."""

import json
from collections.abc import Mapping
from typing import Final

import pytest

from posthog_pulumi.client import responses
from posthog_pulumi.errors import APIResponseError

CALL: Final = "PATCH /api/organizations/@current/projects/7/"
JSON: Final = {"content-type": "application/json"}
HTML: Final = {"content-type": "text/html; charset=utf-8"}
PAGE: Final = b"<html>A page</html>"


def refusal(
    status: int,
    content: bytes,
    headers: Mapping[str, str] = JSON,
    *,
    call: str = CALL,
    by_session: bool = False,
) -> APIResponseError:
    """The error that a response means."""
    with pytest.raises(APIResponseError) as caught:
        responses.read(status, headers, content, call=call, by_session=by_session)
    return caught.value


def envelope(detail: str, attr: str | None = None, code: str = "invalid_input") -> bytes:
    """PostHog's body of every refusal."""
    return json.dumps({"type": "x", "code": code, "detail": detail, "attr": attr}).encode()
