from collections.abc import Mapping
from typing import Any

import pytest

from posthog_pulumi.config import OVERRIDES, Config, load
from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.lifecycle.connection import connect
from posthog_pulumi.plan.failures import unknown_keys

KEY = "phx_personal1"
KEY_OVERRIDE = "POSTHOG_PULUMI_API_KEY_OVERRIDE"
SESSION_OVERRIDE = "POSTHOG_PULUMI_SESSION_ID_OVERRIDE"


def loaded(stack: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> Config:
    """The configuration of a stack that has a key, unless it says otherwise."""
    return load({"apiKey": KEY, **stack}.get, environ or {})


def problem(stack: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> str:
    """What the user reads about a configuration that cannot be used."""
    with pytest.raises(ConfigurationError) as caught:
        loaded(stack, environ)
    return str(caught.value)


def key_of(found: Config) -> str:
    """The key in clear."""
    return found.api_key.get_secret_value() if found.api_key else ""


def session_of(found: Config) -> str:
    """The session in clear."""
    return found.session_id.get_secret_value() if found.session_id else ""


class TestOrder:
    @pytest.mark.parametrize(
        ("stack", "environ", "key"),
        [
            ("phx_stack1", {}, "phx_stack1"),
            ("phx_stack1", {"POSTHOG_API_KEY": "phx_env1"}, "phx_stack1"),
            (None, {"POSTHOG_API_KEY": "phx_env1"}, "phx_env1"),
            (None, {"POSTHOG_PERSONAL_API_KEY": "phx_env2"}, "phx_env2"),
            (
                None,
                {"POSTHOG_API_KEY": "phx_env1", "POSTHOG_PERSONAL_API_KEY": "phx_env2"},
                "phx_env1",
            ),
            ("phx_stack1", {KEY_OVERRIDE: "phx_override"}, "phx_override"),
            (None, {"POSTHOG_API_KEY": "phx_env1", KEY_OVERRIDE: "phx_override"}, "phx_override"),
            ("phs_wrong1", {KEY_OVERRIDE: "phx_override"}, "phx_override"),
            ("phx_stack1", {KEY_OVERRIDE: "  "}, "phx_stack1"),
            ("  ", {"POSTHOG_API_KEY": "phx_env1"}, "phx_env1"),
            (" phx_stack1\n", {}, "phx_stack1"),
        ],
    )
    def test_key(self, stack: str | None, environ: dict[str, str], key: str) -> None:
        """Pulumi's configuration comes before the environment, the override before both."""
        assert key_of(loaded({"apiKey": stack}, environ)) == key

    @pytest.mark.parametrize(
        ("stack", "environ", "host"),
        [
            ({}, {}, "https://us.posthog.com"),
            ({}, {"POSTHOG_HOST": "https://eu.posthog.com"}, "https://eu.posthog.com"),
            (
                {"host": "https://ph.example"},
                {"POSTHOG_HOST": "https://eu.posthog.com"},
                "https://ph.example",
            ),
            ({"host": " "}, {"POSTHOG_HOST": ""}, "https://us.posthog.com"),
        ],
    )
    def test_host(self, stack: dict[str, str], environ: dict[str, str], host: str) -> None:
        """The host is PostHog's US cloud unless configured; a blank value is none."""
        assert loaded(stack, environ).host == host

    @pytest.mark.parametrize(
        ("stack", "environ", "organization"),
        [
            ({}, {}, "@current"),
            ({}, {"POSTHOG_ORGANIZATION_ID": "acme"}, "acme"),
            ({"organizationId": "globex"}, {"POSTHOG_ORGANIZATION_ID": "acme"}, "globex"),
        ],
    )
    def test_organization(
        self, stack: dict[str, str], environ: dict[str, str], organization: str
    ) -> None:
        """Projects are made in the key owner's current organization unless one is named."""
        assert loaded(stack, environ).organization_id == organization

    @pytest.mark.parametrize(
        ("stack", "environ", "session"),
        [
            ("stack1", {}, "stack1"),
            ("stack1", {"POSTHOG_SESSION_ID": "env1"}, "stack1"),
            (None, {"POSTHOG_SESSION_ID": "env1"}, "env1"),
            ("expired", {SESSION_OVERRIDE: "override"}, "override"),
            ("phx_wrong1", {SESSION_OVERRIDE: "override"}, "override"),
            (None, {"POSTHOG_SESSION_ID": "env1", SESSION_OVERRIDE: "override"}, "override"),
            ("stack1", {SESSION_OVERRIDE: " "}, "stack1"),
            ("stack1", {KEY_OVERRIDE: "phx_override"}, "stack1"),
        ],
    )
    def test_session(self, stack: str | None, environ: dict[str, str], session: str) -> None:
        """So it is with the session: one in the state that has expired does not lock the stack."""
        assert session_of(loaded({"sessionId": stack}, environ)) == session

    @pytest.mark.parametrize("environ", [{"POSTHOG_SESSION_ID": "a1"}, {SESSION_OVERRIDE: "a1"}])
    def test_session_alone(self, environ: dict[str, str]) -> None:
        """A signed-in session is credential enough."""
        found = loaded({"apiKey": None}, environ)

        assert found.api_key is None
        assert session_of(found) == "a1"

    def test_overrides(self) -> None:
        """Each credential has a variable that overrides what the state has recorded."""
        assert OVERRIDES == {"apiKey": KEY_OVERRIDE, "sessionId": SESSION_OVERRIDE}


class TestValues:
    @pytest.mark.parametrize(
        ("given", "flag"),
        [("true", True), ("false", False), (True, True), (False, False), (None, False)],
    )
    def test_flags(self, *, given: object, flag: bool) -> None:
        """Pulumi hands flags over as text."""
        assert loaded({"forceDestroy": given}).force_destroy is flag


class TestSecrets:
    @pytest.mark.parametrize("show", [str, repr])
    def test_not_shown(self, show: type[str]) -> None:
        """A configuration in a log or a traceback gives no key away."""
        shown = show(loaded({"apiKey": "phx_hidden1", "sessionId": "hidden2"}))

        assert "hidden" not in shown

    @pytest.mark.parametrize(
        "stack",
        [
            {"apiKey": "phc_hidden1"},
            {"apiKey": "phs_hidden1"},
            {"apiKey": "phx_hidden 1"},
            {"sessionId": "hidden 1"},
            {"host": "https://somebody:hidden1@us.posthog.com"},
            {"apiKey": "phx_hidden1", "host": "nonsense"},
        ],
    )
    def test_not_in_errors(self, stack: dict[str, str]) -> None:
        """A refusal repeats no value that was configured."""
        assert "hidden" not in problem(stack)


def test_equal_configurations_share_what_they_learn() -> None:
    """Steps of the same configuration have one pool, one rate limit and one memory in a process."""
    eu = {"host": "https://eu.posthog.com"}
    first, second, other = connect(loaded(eu)), connect(loaded(eu)), connect(loaded({}))

    assert first.memory is second.memory
    assert first.server_clock is second.server_clock
    assert first.memory is not other.memory
    assert first.deadline is not second.deadline


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("posthog:apikey", "posthog:apikey is not known; did you mean posthog:apiKey?"),
        (
            "posthog:organisationId",
            "posthog:organisationId is not known; did you mean posthog:organizationId?",
        ),
        ("posthog:colour", "posthog:colour is not known; docs/credentials.md lists them."),
    ],
)
def test_unknown_key(key: str, sentence: str) -> None:
    """A key that nobody reads is named, with the one that was meant."""
    assert unknown_keys(["aws:region", "posthog:host", key]) == [sentence]
