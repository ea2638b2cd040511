"""Which of the sources of a setting is blamed for a value that cannot be used."""

from collections.abc import Mapping

import pytest

from posthog_pulumi.config import load
from posthog_pulumi.errors import ConfigurationError

GOOD = "phx_good1"
KEY_OVERRIDE = "POSTHOG_PULUMI_API_KEY_OVERRIDE"
SESSION_OVERRIDE = "POSTHOG_PULUMI_SESSION_ID_OVERRIDE"
VARIABLE = "correct or unset that variable."


def blamed(stack: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """What the user reads about a configuration that cannot be used."""
    with pytest.raises(ConfigurationError) as caught:
        load(stack.get, environ)
    return str(caught.value)


@pytest.mark.parametrize(
    ("stack", "environ", "source", "advice"),
    [
        ({}, {"POSTHOG_API_KEY": "phc_a1"}, "POSTHOG_API_KEY", VARIABLE),
        ({}, {"POSTHOG_PERSONAL_API_KEY": "phc_a1"}, "POSTHOG_PERSONAL_API_KEY", VARIABLE),
        ({}, {KEY_OVERRIDE: "phc_a1"}, KEY_OVERRIDE, VARIABLE),
        ({"apiKey": GOOD}, {KEY_OVERRIDE: "phc_a1"}, KEY_OVERRIDE, VARIABLE),
        (
            {"apiKey": "phc_a1"},
            {"POSTHOG_API_KEY": GOOD},
            "posthog:apiKey",
            "set it with `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY.",
        ),
        (
            {"apiKey": GOOD, "sessionId": "a b"},
            {"POSTHOG_SESSION_ID": "fine"},
            "posthog:sessionId",
            "set it with `pulumi config set --secret posthog:sessionId` or POSTHOG_SESSION_ID.",
        ),
        ({"apiKey": GOOD}, {"POSTHOG_SESSION_ID": "a b"}, "POSTHOG_SESSION_ID", VARIABLE),
        ({"apiKey": GOOD}, {SESSION_OVERRIDE: "a b"}, SESSION_OVERRIDE, VARIABLE),
        ({"apiKey": GOOD, "sessionId": "a"}, {SESSION_OVERRIDE: "b;"}, SESSION_OVERRIDE, VARIABLE),
        ({"apiKey": GOOD}, {"POSTHOG_HOST": "nonsense"}, "POSTHOG_HOST", VARIABLE),
        (
            {"apiKey": GOOD, "host": "nonsense"},
            {"POSTHOG_HOST": "https://eu.posthog.com"},
            "posthog:host",
            "set it with `pulumi config set posthog:host` or POSTHOG_HOST.",
        ),
        (
            {"apiKey": GOOD, "allowHttp": "perhaps"},
            {},
            "posthog:allowHttp",
            "set it with `pulumi config set posthog:allowHttp`.",
        ),
    ],
)
def test_source(stack: dict[str, str], environ: dict[str, str], source: str, advice: str) -> None:
    """It is the one whose value was taken, with the way to correct it there."""
    text = blamed(stack, environ)

    assert text.startswith(f"{source} ")
    assert text.endswith(f"; {advice}")


@pytest.mark.parametrize("session", ["a;b", "a,b", '"ab"', "phx_abcdef", "phs_abcdef"])
def test_session_is_a_cookie(session: str) -> None:
    """A key, or a whole Cookie header, in the session's place is refused."""
    text = blamed({"apiKey": GOOD, "sessionId": session}, {})

    assert text.startswith("posthog:sessionId must be the value of PostHog's sessionid cookie; ")
    assert session not in text


def test_plain_http() -> None:
    """A host without TLS is refused with the two ways out, whoever named it."""
    text = blamed({"apiKey": GOOD}, {"POSTHOG_HOST": "http://ph.example"})

    assert text == (
        "The key would be sent over plain http; use https, or set posthog:allowHttp (or allow_http"
        " of the PostHogProvider) to true if you trust the network."
    )


@pytest.mark.parametrize(
    ("host", "allow"), [("http://ph.example", "true"), ("http://127.0.0.1:8010", "")]
)
def test_plain_http_allowed(host: str, allow: str) -> None:
    """It is taken where the program trusts the network, or where there is none."""
    assert load({"apiKey": GOOD, "host": host, "allowHttp": allow}.get, {}).host == host


def test_ingestion_host() -> None:
    """The host of the snippet, which only takes events, is not taken for that of the app."""
    text = blamed({"apiKey": GOOD, "host": "https://us.i.posthog.com"}, {})

    assert text.startswith("posthog:host is the host events are sent to; leave out its “.i”; ")
