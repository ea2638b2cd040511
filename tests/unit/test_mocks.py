"""Programs in their users' own unit tests, under Pulumi's mocks."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pulumi
import pytest
from pulumi import InvokeOptions, Output
from support.mocked_programs import Program
from support.mocked_programs import run as run_program
from support.our_resources import RESOURCES, OurResource

import posthog_pulumi
from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey, PostHogProvider

FOUND = {"id": "7", "name": "Web", "api_token": "phc_1", "product_intents": []}
ENTRY = {"id": "1", "detail": {"changes": [{"field": "api_token", "after": "phc_1"}]}}
run = partial(run_program, mocked=True)


def declaring(resource: Callable[..., Any], **given: Any) -> Program:
    """A program of one resource, which exports its secrets."""

    def program() -> dict[str, Output[Any]]:
        made = resource("it", **given)
        return {name: getattr(made, name) for name in ("api_token", "value") if name in dir(made)}

    return program


class TestResources:
    @pytest.mark.parametrize("ours", RESOURCES, ids=str)
    def test_every_resource_works(self, ours: OurResource) -> None:
        """Each can be declared, with no engine, no server and no credential."""
        assert "it" in run(declaring(ours.resource, **ours.least, **ours.more)).declared

    def test_outputs(self) -> None:
        """Arguments come back as outputs, and so does what the mocks add."""

        def program() -> dict[str, Output[Any]]:
            web = PostHogProject("web", timezone="Europe/Berlin", rotate_secret_token_after_days=90)
            return {
                "id": web.id,
                "name": web.name,
                "timezone": web.timezone,
                "api_token": web.api_token,
                "secret_api_token": web.secret_api_token,
            }

        done = run(program, posthog={"api_token": "phc_1", "token": "phs_1"})

        assert {name: found.value for name, found in done.outputs.items()} == {
            "id": "7",
            "name": "web",
            "timezone": "Europe/Berlin",
            "api_token": "phc_1",
            "secret_api_token": "phs_1",
        }

    def test_secrets(self) -> None:
        """Tokens and keys are secrets, as they are with an engine; the rest is not."""

        def program() -> dict[str, Output[Any]]:
            web = PostHogProject("web", timezone="UTC")
            key = PostHogProjectSecretApiKey("k", project_id=web.id, label="k", scopes=["a:read"])
            return {"token": web.api_token, "key": key.value, "timezone": web.timezone}

        done = run(program, posthog={"api_token": "phc_1", "value": "phs_1"})

        assert {name for name, found in done.outputs.items() if found.secret} == {"token", "key"}

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            (
                {"timezon": "UTC"},
                "timezon is not an argument of PostHogProject; did you mean timezone?",
            ),
            ({"timezone": "Mars"}, "timezone must be an IANA time zone, such as Europe/Berlin"),
            (
                {"timezone": "Mars", "week_start_day": 7},
                (
                    "timezone must be an IANA time zone, such as Europe/Berlin; week_start_day"
                    " must be at most 1"
                ),
            ),
        ],
    )
    def test_mistakes(self, given: dict[str, Any], message: str) -> None:
        """What `check` refuses in a preview fails the test that declares it, in one line."""
        with pytest.raises(pulumi.RunError) as caught:
            run(declaring(PostHogProject, **given))
        assert str(caught.value) == f"PostHogProject 'it': {message}"

    def test_a_mistake_of_another_resource(self) -> None:
        """So it is with every resource."""
        program = declaring(PostHogProjectSecretApiKey, project_id="x", label="k", scopes=[])

        with pytest.raises(pulumi.RunError, match="PostHogProjectSecretApiKey 'it': project_id"):
            run(program)

    def test_outputs_as_arguments(self) -> None:
        """What depends on another resource is not validated, at any depth."""

        def program() -> dict[str, Output[Any]]:
            value = {"regex": Output.from_input(""), "alias": "x"}
            return {"id": PostHogProject("it", path_cleaning_filters=[value]).id}  # type: ignore[list-item]

        done = run(program)

        assert "it" in done.declared


LOOK_UPS: list[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]] = [
    ("get_project", "getProject", {"id": "7"}, FOUND),
    ("get_projects", "getProjects", {"search": "W"}, {"projects": [FOUND]}),
    ("get_project_activity", "getProjectActivity", {"project_id": "7"}, {"entries": [ENTRY]}),
    ("get_organization", "getOrganization", {"organization_id": "acme"}, {"id": "018f"}),
    ("is_generating_demo_data", "isGeneratingDemoData", {"project_id": "7"}, {"generating": 1}),
]
PAGED = "get_project_activity"


class TestLookUps:
    @pytest.mark.parametrize(("name", "function", "given", "found"), LOOK_UPS)
    def test_plain(
        self, name: str, function: str, given: dict[str, Any], found: dict[str, Any]
    ) -> None:
        """A look-up calls the mocks' `call`, with Pulumi's name for it and its arguments."""

        def program() -> dict[str, Output[Any]]:
            look_up = getattr(posthog_pulumi, name)(**given)
            return {"found": Output.from_input([*look_up] if name == PAGED else look_up)}

        done = run(program, found=found)

        assert done.calls == [(f"posthog:index:{function}", given, "")]
        assert done.outputs["found"].value

    @pytest.mark.parametrize(("name", "function", "given", "found"), LOOK_UPS)
    def test_output(
        self, name: str, function: str, given: dict[str, Any], found: dict[str, Any]
    ) -> None:
        """So does its Output form."""

        def program() -> dict[str, Output[Any]]:
            return {"found": getattr(posthog_pulumi, f"{name}_output")(**given)}

        done = run(program, found=found)

        assert done.calls == [(f"posthog:index:{function}", given, "")]
        assert done.outputs["found"].value

    def test_tokens(self) -> None:
        """A token that the mocks return is a secret Output."""
        done = run(lambda: {"it": posthog_pulumi.get_project("7").api_token}, found=FOUND)

        assert (done.outputs["it"].value, done.outputs["it"].secret) == ("phc_1", True)

    def test_provider(self) -> None:
        """The mocks are told which provider was asked."""

        def program() -> dict[str, Output[Any]]:
            eu = PostHogProvider("eu", api_key="phx_1")
            posthog_pulumi.get_project("7", opts=InvokeOptions(provider=eu))
            return {}

        ((_, _, provider),) = run(program, found=FOUND).calls

        assert "::eu::" in provider
