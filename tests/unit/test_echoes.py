import json
from typing import Any

import httpx
import pytest

from posthog_pulumi.client.echoes import texts, without_echoes
from posthog_pulumi.client.endpoints import CREATE_PROJECT, Call
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import load
from posthog_pulumi.errors import PostHogError

KEY, SESSION = "legacykeywithoutprefix", "a0b1c2d3e4f5g6h7"
WEBHOOK = "https://hooks.hidden.example/T0"
BODY: dict[str, Any] = {
    "name": "Website",
    "timezone": "Europe/Berlin",
    "product_description": " hidden words ",
    "slack_incoming_webhook": WEBHOOK,
    "session_recording_sample_rate": 0.25,
    "extra_settings": {"deep": [{"key": "hidden/\\d+"}, 12], "name": "hidden name"},
    "app_urls": ["hidden"],
    "business_model": "b2b",
}


def refused(status: int, detail: str) -> str:
    """What a user reads when PostHog refuses to create a project with that body."""

    def respond(_: httpx.Request) -> httpx.Response:
        body = {"type": "t", "code": "c", "detail": detail, "attr": "extra_settings"}
        return httpx.Response(status, content=json.dumps(body))

    config = load({"apiKey": KEY, "sessionId": SESSION}.get, {})
    transport = Transport(config, transport=httpx.MockTransport(respond))
    call: Call = CREATE_PROJECT.call("@current", body=BODY)
    with pytest.raises(PostHogError) as caught:
        transport.send(call)
    return f"{caught.value} {caught.value!r} {caught.value.args}"


def test_texts() -> None:
    """Texts of any depth count, but not names, nor what is as short as a word of the reason."""
    hidden = {"hidden words", WEBHOOK, "hidden/\\d+", "hidden name", "hidden"}

    assert texts(BODY) == hidden
    assert texts(None) == set()


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [
        ('"hidden" is not a valid choice.', {"hidden"}, '"…" is not a valid choice.'),
        ("It is hidden, it is.", {"hidden"}, "It is …, it is."),
        ("unhidden and hiddenly", {"hidden"}, "unhidden and hiddenly"),
        ("hidden hidden words", {"hidden", "hidden words"}, "… …"),
        ("a.*b and axxb", {"a.*b"}, "… and axxb"),
        ("nothing", set(), "nothing"),
    ],
)
def test_without(text: str, hidden: set[str], shown: str) -> None:
    """A hidden text goes as a whole, the longest first, and no part of another word."""
    assert without_echoes({"detail": text, "n": 1}, hidden) == {"detail": shown, "n": 1}


@pytest.mark.parametrize("body", [None, [], "hidden", {}])
def test_no_reason(body: Any) -> None:
    """A body that is none of PostHog's is left as it is; nothing of it is shown anyway."""
    assert without_echoes(body, {"hidden"}) == body


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500])
@pytest.mark.parametrize("sent", [*sorted(texts(BODY)), KEY, SESSION])
def test_reason(status: int, sent: str) -> None:
    """A reason that repeats what was sent, or a credential of any shape, is shown without it."""
    text = refused(status, f'The value "{sent}" of Website is wrong.')

    assert sent not in text
    assert 'The value "…" of Website is wrong.' in text
