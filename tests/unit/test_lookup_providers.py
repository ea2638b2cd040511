"""Look-ups ask as the resources of their provider do."""

from typing import Any, Final

import pulumi
import pytest
from pulumi import InvokeOptions, Output, ResourceOptions
from support.fake_posthog import ACME
from support.fake_posthog_secrets import MintingPostHog, with_token
from support.mocked_programs import run

import posthog_pulumi
from posthog_pulumi import PostHogProject, PostHogProvider
from posthog_pulumi.config import load
from posthog_pulumi.lifecycle import connection

KEY: Final = "phx_of_a_program"
EU: Final = "https://eu.posthog.com"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> MintingPostHog:
    """Another region than the environment's, where the project has another token."""
    monkeypatch.setenv("POSTHOG_API_KEY", KEY)
    posthog = MintingPostHog({1: with_token("phs_current", "phs_backup")})
    found = MintingPostHog({1: {**with_token("phs_eu"), "api_token": "phc_eu"}})
    settings = {"apiKey": "phx_eu", "host": EU}
    known = {
        load(settings.get, {}): found.connection(),
        load({"apiKey": KEY}.get, {}): posthog.connection(),
    }
    monkeypatch.setattr(connection, "connect", known.__getitem__)
    return found


@pytest.mark.parametrize("key", ["phx_eu", Output.secret])
@pytest.mark.parametrize("how", ["argument", "option", "parent", "both"])
def test_chosen(how: str, key: Any) -> None:
    """It is given directly, as an option, or is that of the parent; the first one wins."""

    def program() -> dict[str, Output[Any]]:
        api_key = key if isinstance(key, str) else key("phx_eu")
        eu = PostHogProvider("eu", api_key=api_key, host=EU)
        us = PostHogProvider("us", api_key=KEY)
        parent = pulumi.ComponentResource("x:y:Z", "p", None, ResourceOptions(providers=[eu]))
        ways: dict[str, dict[str, Any]] = {
            "argument": {"provider": eu},
            "option": {"opts": InvokeOptions(provider=eu)},
            "parent": {"opts": InvokeOptions(parent=parent)},
            "both": {"provider": eu, "opts": InvokeOptions(provider=us)},
        }
        given = ways[how]
        return {
            "plain": posthog_pulumi.get_project("1", **given).api_token,
            "output": posthog_pulumi.get_project_output("1", **given).api_token,
            "open": posthog_pulumi.get_organization_output(ACME, **given).apply(lambda it: it.id),
        }

    found = run(program).outputs

    assert (found["plain"].value, found["plain"].secret) == ("phc_eu", True)
    assert (found["output"].value, found["output"].secret) == ("phc_eu", True)
    assert (found["open"].value, found["open"].secret) == (ACME, False)


def test_not_known_yet(elsewhere: MintingPostHog) -> None:
    """A plain look-up cannot wait for a key that another resource will make; its twin does."""

    def program() -> dict[str, Output[Any]]:
        made = PostHogProject("made")
        eu = PostHogProvider("eu", api_key=made.api_token, host=EU)
        found = posthog_pulumi.get_project_output("1", provider=eu)
        posthog_pulumi.get_project("1", provider=eu)
        return {"found": found}

    with pytest.raises(pulumi.RunError) as caught:
        run(program, preview=True)
    assert str(caught.value) == (
        "get_project is asked with a provider whose configuration is not known yet: use"
        " get_project_output, which waits for it."
    )
    assert elsewhere.asked == []


def test_of_another_kind() -> None:
    """A provider of another package is refused by name, and so is one of raw Pulumi."""

    def program() -> dict[str, Output[Any]]:
        other = pulumi.ProviderResource("pulumi-python", "other", {})
        posthog_pulumi.get_project("1", opts=InvokeOptions(provider=other))
        return {}

    with pytest.raises(pulumi.RunError) as caught:
        run(program)
    assert str(caught.value) == (
        "look-ups take a PostHogProvider as their provider, and not a ProviderResource."
    )
