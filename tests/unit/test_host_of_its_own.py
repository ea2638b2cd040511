"""A ``PostHogProvider`` says which of its configuration are arguments, its host among them."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from posthog_pulumi.config import Config, load
from posthog_pulumi.errors import ConfigurationError

HOST: Final = "https://ph.example"
ENVIRON: Final = {
    "POSTHOG_API_KEY": "phx_env1",
    "POSTHOG_SESSION_ID": "env1",
    "POSTHOG_ORGANIZATION_ID": "acme",
    "POSTHOG_PULUMI_API_KEY_OVERRIDE": "phx_override",
    "POSTHOG_PULUMI_SESSION_ID_OVERRIDE": "override",
}


def loaded(given: Mapping[str, Any]) -> Config:
    """The configuration of a provider with those arguments, where the environment has all."""
    return load({**given, "providerArguments": ",".join(given)}.get, ENVIRON)


def problem(given: Mapping[str, Any]) -> str:
    """What the user reads about one that cannot be used."""
    with pytest.raises(ConfigurationError) as caught:
        loaded(given)
    return str(caught.value)


def test_takes_nothing_from_elsewhere() -> None:
    """What belongs to another host is not sent to its own: no key, session or organization."""
    assert loaded({"host": HOST, "apiKey": "phx_own1"}) == Config(host=HOST, apiKey="phx_own1")


def test_has_all() -> None:
    """Nothing but its arguments counts, whatever the environment has."""
    given: dict[str, Any] = {
        "host": HOST,
        "apiKey": "phx_own1",
        "sessionId": "own",
        "organizationId": "globex",
    }

    assert loaded(given) == Config(**given)


@pytest.mark.parametrize("key", [None, "", " "])
def test_without_a_credential(key: str | None) -> None:
    """It is refused, however many keys the environment has."""
    assert problem({"host": HOST, "apiKey": key}) == (
        "A PostHogProvider with a host of its own takes no key from elsewhere; give it api_key."
    )


def test_on_the_same_host() -> None:
    """A provider that names no host takes the rest from elsewhere, overrides included."""
    assert loaded({"organizationId": "globex"}) == Config(
        organizationId="globex", apiKey="phx_override", sessionId="override"
    )


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"host": HOST, "apiKey": "'phx_hidden1'"}, "api_key of a PostHogProvider has quotes in"),
        ({"host": HOST, "sessionId": "phx_hidden1"}, "session_id of a PostHogProvider must be"),
        ({"host": "ph.example", "apiKey": "phx_a1"}, "host of a PostHogProvider must be an origin"),
    ],
)
def test_blamed(given: dict[str, str], wrong: str) -> None:
    """A wrong argument is called so, and not the stack's configuration."""
    text = problem(given)

    assert text.startswith(wrong)
    assert text.endswith("; correct it in the program.")
