from typing import Any

import pulumi
import pytest
from pulumi import Output, ResourceOptions
from support.mocked_programs import Registered, Run, run

from posthog_pulumi import PostHogProject, PostHogProvider

STACK = {
    "apiKey": "phx_stack",
    "sessionId": "stack-session",
    "host": "https://eu.posthog.com",
    "organizationId": "acme",
    "allowHttp": "true",
    "forceDestroy": "true",
}
EXPLICIT: dict[str, Any] = {
    "api_key": "phx_explicit",
    "session_id": "explicit-session",
    "host": "https://ph.example",
    "organization_id": "globex",
    "allow_http": False,
    "force_destroy": False,
}


def configured(stack: dict[str, str], **given: Any) -> Registered:
    """An explicit provider, as it reaches the engine of that stack."""

    def program() -> dict[str, Output[Any]]:
        PostHogProvider("eu", **given)
        return {}

    return run(program, config=stack, config_secrets=["apiKey", "sessionId"]).resources["eu"]


def configured_by_outputs(**given: Any) -> Registered:
    """The same, where each argument is an output of another resource."""

    def program() -> dict[str, Output[Any]]:
        outputs: dict[str, Any] = {key: Output.from_input(value) for key, value in given.items()}
        PostHogProvider("eu", **outputs)
        return {}

    return run(program).resources["eu"]


def without_namespace(inputs: dict[str, Any]) -> dict[str, Any]:
    """Configuration keys as users write them."""
    return {name.removeprefix("posthog:"): value for name, value in inputs.items()}


class TestOrder:
    @pytest.mark.parametrize(
        ("argument", "key", "value"),
        [
            ("api_key", "apiKey", "phx_explicit"),
            ("session_id", "sessionId", "explicit-session"),
            ("organization_id", "organizationId", "globex"),
            ("allow_http", "allowHttp", "false"),
            ("force_destroy", "forceDestroy", "false"),
        ],
    )
    def test_explicit_first(self, argument: str, key: str, value: str) -> None:
        """An argument comes before the stack's setting; the other settings stay the stack's."""
        found = configured(STACK, **{argument: EXPLICIT[argument]})

        assert without_namespace(found.inputs) == {
            **STACK,
            key: value,
            "providerArguments": key,
        }

    def test_host_alone(self) -> None:
        """One with a host takes from the stack only what belongs to no host."""
        found = configured(STACK, host="https://ph.example", api_key="phx_explicit")

        assert without_namespace(found.inputs) == {
            "apiKey": "phx_explicit",
            "host": "https://ph.example",
            "forceDestroy": "true",
            "providerArguments": "apiKey,host",
        }

    def test_host_without_a_credential(self) -> None:
        """It is refused by its name, before anything is asked."""
        with pytest.raises(pulumi.RunError) as caught:
            configured(STACK, host="https://ph.example", organization_id="globex")
        assert str(caught.value) == (
            "PostHogProvider 'eu' has a host of its own, so it takes no key from the stack's"
            " configuration or the environment: give it api_key."
        )

    def test_all_explicit(self) -> None:
        """With all of its arguments it needs no stack configuration."""
        assert without_namespace(configured({}, **EXPLICIT).inputs) == {
            "apiKey": "phx_explicit",
            "sessionId": "explicit-session",
            "host": "https://ph.example",
            "organizationId": "globex",
            "allowHttp": "false",
            "forceDestroy": "false",
            "providerArguments": "apiKey,sessionId,host,organizationId,allowHttp,forceDestroy",
        }

    def test_nothing(self) -> None:
        """With no argument and no setting the environment decides, in the provider's process."""
        assert configured({}).inputs == {}


class TestProps:
    @pytest.mark.parametrize(("flag", "text"), [(True, "true"), (False, "false")])
    def test_flags_are_text(self, *, flag: bool, text: str) -> None:
        """Pulumi hands a provider's configuration over as strings, false among them."""
        found = configured({}, allow_http=flag, force_destroy=flag)

        assert without_namespace(found.inputs) == {
            "allowHttp": text,
            "forceDestroy": text,
            "providerArguments": "allowHttp,forceDestroy",
        }

    @pytest.mark.parametrize(("stack", "given"), [(STACK, {}), ({}, EXPLICIT)])
    def test_secrets(self, stack: dict[str, str], given: dict[str, Any]) -> None:
        """Key and session are secrets in the state, however they came here."""
        assert configured(stack, **given).secrets == {"posthog:apiKey", "posthog:sessionId"}

    def test_outputs(self) -> None:
        """An argument may be an output of another resource; the same are text and secret."""
        found = configured_by_outputs(**EXPLICIT)

        assert found.inputs == configured({}, **EXPLICIT).inputs
        assert found.secrets == {"posthog:apiKey", "posthog:sessionId"}

    def test_type(self) -> None:
        """It is the provider of all dynamic resources of a Python program."""
        assert configured({}).request.type == "pulumi:providers:pulumi-python"


def in_europe() -> Run:
    """A project and its rotation, under an explicit provider."""

    def program() -> dict[str, Output[Any]]:
        europe = PostHogProvider("eu", api_key="phx_eu")
        PostHogProject("web", ResourceOptions(provider=europe), rotate_secret_token_after_days=90)
        return {}

    return run(program, posthog={"organization": "acme"})


@pytest.mark.parametrize("name", ["web", "web-secret-token"])
def test_used(name: str) -> None:
    """A resource is given the provider, and hands it on to its child."""
    found = in_europe().resources[name].request.provider

    assert found.endswith("pulumi:providers:pulumi-python::eu::7")
