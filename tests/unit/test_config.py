from collections.abc import Mapping
from typing import Any

import pytest

from posthog_pulumi.config import KEY_OVERRIDE, Config, load
from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.lifecycle.connection import connect

KEY = "phx_personal1"
SET_KEY = "set it with `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY."
PERSONAL_KEY = "create a personal API key (phx_…) in PostHog under Settings > Personal API keys;"
ODD_CHARACTERS = "has spaces or characters that no key has; copy it again;"


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

    def test_session_alone(self) -> None:
        """A signed-in session is credential enough."""
        found = loaded({"apiKey": None}, {"POSTHOG_SESSION_ID": "abc123"})

        assert found.api_key is None
        assert found.session_id is not None
        assert found.session_id.get_secret_value() == "abc123"


class TestProblems:
    @pytest.mark.parametrize(
        ("stack", "message"),
        [
            (
                {"apiKey": "phc_project1"},
                (
                    "posthog:apiKey is a project API key (phc_…), which can only send events;"
                    f" {PERSONAL_KEY} {SET_KEY}"
                ),
            ),
            (
                {"apiKey": "phs_secret1"},
                (
                    "posthog:apiKey is a project secret API key (phs_…), which cannot manage"
                    f" projects; {PERSONAL_KEY} {SET_KEY}"
                ),
            ),
            ({"apiKey": "Bearer phx_a1"}, f"posthog:apiKey {ODD_CHARACTERS} {SET_KEY}"),
            ({"apiKey": "phx_a1\nb2"}, f"posthog:apiKey {ODD_CHARACTERS} {SET_KEY}"),
            ({"apiKey": "phx_ключ"}, f"posthog:apiKey {ODD_CHARACTERS} {SET_KEY}"),
            (
                {"sessionId": "a b"},
                (
                    f"posthog:sessionId {ODD_CHARACTERS} set it with"
                    " `pulumi config set --secret posthog:sessionId` or POSTHOG_SESSION_ID."
                ),
            ),
            (
                {"allowHttp": "maybe"},
                (
                    "posthog:allowHttp must be true or false;"
                    " set it with `pulumi config set posthog:allowHttp`."
                ),
            ),
            (
                {"forceDestroy": "2"},
                (
                    "posthog:forceDestroy must be true or false;"
                    " set it with `pulumi config set posthog:forceDestroy`."
                ),
            ),
            (
                {"apiKey": None},
                (
                    "No PostHog credential is configured;"
                    " set `pulumi config set --secret posthog:apiKey` or POSTHOG_API_KEY."
                ),
            ),
        ],
    )
    def test_message(self, stack: dict[str, Any], message: str) -> None:
        """A mistake is named with its setting and the command that mends it."""
        assert problem(stack) == message

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


def test_equal_configurations_share_a_connection() -> None:
    """Providers with the same configuration use one pool of connections in a process."""
    first, second = (
        loaded({"host": "https://eu.posthog.com"}),
        loaded({"host": "https://eu.posthog.com/"}),
    )

    assert connect(first) is connect(second)
    assert connect(first) is not connect(loaded({}))
