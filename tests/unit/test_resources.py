from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import Output, ResourceOptions
from pydantic import SecretStr
from support.mocked_programs import Run, run
from support.our_resources import RESOURCES, OurResource, arguments_of

import posthog_pulumi
from posthog_pulumi.provider import PostHogResourceProvider
from posthog_pulumi.resources.settings_args import ProjectSettingsArgs

ROOT = Path(__file__).parents[2]
LIST = "list it in tests/support/our_resources.py"
OF_A_CHILD = {"rotate_secret_token_when_changed", "rotate_secret_token_after_days"}
"""Arguments of a project that its child gets."""
SETTINGS = ProjectSettingsArgs.__annotations__.keys()


def registered(resource: type[Any], options: ResourceOptions | None = None, **given: Any) -> Run:
    """A run of a program that declares that resource alone, under the name ``it``."""

    def program() -> dict[str, Output[Any]]:
        resource("it", options, **given)
        return {}

    return run(program)


def folder(name: str) -> str:
    """The sources of a folder of tests."""
    return "".join(path.read_text("utf-8") for path in (ROOT / "tests" / name).glob("*.py"))


def test_every_resource_is_listed() -> None:
    """What goes for all resources is tested of each that a program can declare."""
    public = [getattr(posthog_pulumi, name) for name in posthog_pulumi.__all__]
    resources = {it for it in public if pulumi.dynamic.Resource in getattr(it, "__mro__", ())}

    assert {each.resource for each in RESOURCES} ^ resources == set(), LIST


def test_every_provider_is_listed() -> None:
    """So it is of each provider."""
    providers = {*PostHogResourceProvider.__subclasses__()}

    assert {each.provider for each in RESOURCES} ^ providers == set(), LIST


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_every_argument_is_listed(ours: OurResource) -> None:
    """So it is of each argument; the settings of a project have a list of their own."""
    listed = {*SETTINGS, *OF_A_CHILD, *ours.least, *ours.more}

    assert {*arguments_of(ours.resource)} - listed == set(), LIST


@pytest.mark.parametrize("kind", ["wire", "engine"])
@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_every_resource_is_driven(ours: OurResource, kind: str) -> None:
    """Each has tests over the wire, and on the real CLI."""
    name = {"wire": ours.provider, "engine": ours.resource}[kind].__name__

    assert f"{name}(" in folder(kind), f"tests/{kind} does not use {name}"


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_type_and_secrets(ours: OurResource) -> None:
    """Type tokens are eternal; what lets its holder act is a secret output."""
    request = registered(ours.resource, **ours.least).resources["it"].request

    assert request.type == f"pulumi-python:dynamic/posthog:{ours.pulumi_type}"
    assert set(request.additionalSecretOutputs) >= ours.secrets


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_users_options(ours: OurResource) -> None:
    """The user's options are kept, as is the object that holds them."""
    options = ResourceOptions(protect=True, additional_secret_outputs=["created_at"])
    request = registered(ours.resource, options, **ours.least).resources["it"].request

    assert request.type.endswith(ours.pulumi_type)
    assert request.protect
    assert set(request.additionalSecretOutputs) >= ours.secrets | {"created_at"}
    assert options.additional_secret_outputs == ["created_at"]


@pytest.mark.parametrize("ours", RESOURCES, ids=str)
def test_inputs(ours: OurResource) -> None:
    """Every argument reaches the provider as it was given, and no other does."""
    every = {**ours.least, **ours.more}
    least = registered(ours.resource, **ours.least).resources["it"].inputs

    assert registered(ours.resource, **every).resources["it"].inputs == every
    assert least == ours.least


class TestMistakes:
    def test_arguments_as_one_object(self) -> None:
        """So they are given in other languages; Pulumi would fail with a type of its own.

        For resources with required arguments, Python names those.
        """
        arguments: Any = {"name": "Web"}

        with pytest.raises(pulumi.RunError) as caught:
            posthog_pulumi.PostHogProject("it", arguments)
        assert str(caught.value) == (
            "PostHogProject 'it': arguments are keywords, as in PostHogProject('it', …=…) or"
            " PostHogProject('it', **arguments); what follows the name are Pulumi's"
            " ResourceOptions."
        )

    @pytest.mark.parametrize("ours", RESOURCES, ids=str)
    @pytest.mark.parametrize("wrapped", [lambda it: it, lambda it: [{"nested": it}]])
    def test_a_secret_str(self, ours: OurResource, wrapped: Any) -> None:
        """Pulumi would send an empty object and show no error; the line says how it is done."""
        (argument, *_) = ours.least
        given = {**ours.least, argument: wrapped(SecretStr("phs_1"))}

        with pytest.raises(pulumi.RunError) as caught:
            ours.resource("it", **given)
        assert str(caught.value) == (
            f"{ours.resource.__name__} 'it': {argument} is a pydantic SecretStr, which Pulumi"
            " cannot pass on; give pulumi.Output.secret(value.get_secret_value()), which stays a"
            " secret."
        )

    def test_a_secret_str_for_the_provider(self) -> None:
        """An explicit provider is no exception."""
        with pytest.raises(pulumi.RunError, match=r"^PostHogProvider 'eu': api_key is a pydantic"):
            posthog_pulumi.PostHogProvider("eu", api_key=SecretStr("phx_1"))  # type: ignore[arg-type]
