from collections.abc import Mapping
from typing import Any

import pytest
from pulumi import Output, ResourceOptions
from support.mocked_programs import Resolved, Run, run

from posthog_pulumi import PostHogProject
from posthog_pulumi.properties import PROJECT_FACTS, TOKENS, UNSET
from posthog_pulumi.resources.settings_outputs import SETTINGS

MADE: dict[str, Any] = {
    "organization": "acme",
    "uuid": "018f",
    "created_at": "2026-11-24T00:00:00Z",
    "api_token": "phc_1",
    "secret_api_token": "phs_1",
    "secret_api_token_backup": "phs_0",
}


def declared(
    options: ResourceOptions | None = None,
    posthog: Mapping[str, Any] = MADE,
    *,
    preview: bool = False,
    **given: Any,
) -> Run:
    """A run that declares a project and exports its outputs."""
    outputs = (*SETTINGS, *PROJECT_FACTS, *TOKENS, "organization_id", "force_destroy")

    def program() -> dict[str, Output[Any]]:
        project = PostHogProject("web", options, **given)
        return {name: getattr(project, name) for name in outputs}

    return run(program, posthog=posthog, preview=preview)


class TestInputs:
    def test_name(self) -> None:
        """A project is called like its resource unless it is named."""
        assert declared().resources["web"].inputs == {"name": "web"}
        assert declared(name="Website").resources["web"].inputs == {"name": "Website"}

    def test_none_is_left_out(self) -> None:
        """An argument that is None is not managed."""
        done = declared(timezone=None, organization_id=None, surveys_opt_in=False)

        assert done.resources["web"].inputs == {"name": "web", "surveys_opt_in": False}


class TestOutputs:
    @pytest.mark.parametrize(("name", "value"), MADE.items())
    def test_facts(self, name: str, value: str) -> None:
        """What PostHog adds is an output."""
        assert declared().outputs[name].value == value

    def test_settings(self) -> None:
        """Every setting is an output, whether the program names it or not."""
        done = declared(posthog={**MADE, "base_currency": "EUR"}, timezone="Asia/Tokyo")

        assert done.outputs["base_currency"].value == "EUR"
        assert done.outputs["timezone"].value == "Asia/Tokyo"

    @pytest.mark.parametrize("name", ["base_currency", "organization_id", "secret_api_token"])
    def test_without_value(self, name: str) -> None:
        """An output without a value is known to be None in the preview of the next run too."""
        made = {key: value for key, value in MADE.items() if key != name}
        told = declared(posthog={**made, UNSET: [name]}, preview=True).outputs[name]

        assert told == Resolved(None, known=True, secret=False)

    def test_not_made_yet(self) -> None:
        """What only PostHog can tell is unknown until the project is made."""
        told = declared(posthog={}, preview=True, timezone="Asia/Tokyo").outputs

        assert not told["api_token"].known
        assert not told["base_currency"].known
        assert told["timezone"] == Resolved("Asia/Tokyo", known=True, secret=False)

    def test_declared_for_the_first_time(self) -> None:
        """A setting that the program names now has its new value, not the None on record."""
        told = declared(posthog={**MADE, UNSET: ["timezone"]}, timezone="Asia/Tokyo").outputs

        assert told["timezone"].value == "Asia/Tokyo"


class TestRotation:
    @pytest.mark.parametrize(
        ("given", "inputs"),
        [
            (
                {"rotate_secret_token_when_changed": {"quarter": "Q4"}},
                {"rotate_when_changed": {"quarter": "Q4"}},
            ),
            ({"rotate_secret_token_after_days": 90}, {"rotate_after_days": 90}),
            ({"rotate_secret_token_when_changed": {}}, {"rotate_when_changed": {}}),
        ],
    )
    def test_child(self, given: dict[str, Any], inputs: dict[str, Any]) -> None:
        """A rotation is a child of the project, addressed where the project really is."""
        done = declared(**given)
        child = done.resources["web-secret-token"]

        assert child.inputs == {
            "project_id": "7",
            "organization_id": "acme",
            "revoke_on_destroy": False,
            **inputs,
        }
        assert done.resources["web"].inputs == {"name": "web", "__rotates_secret_token": True}

    def test_goes_with_the_project(self) -> None:
        """Destroying the project sends no request for its token."""
        done = declared(rotate_secret_token_after_days=90)
        request = done.resources["web-secret-token"].request

        assert request.deletedWith.endswith(":Project::web")
        assert request.parent == request.deletedWith

    def test_token_follows(self) -> None:
        """The project's secret token is that of the last rotation."""
        made = {**MADE, "token": "phs_rotated"}
        done = declared(posthog=made, rotate_secret_token_after_days=90)

        assert done.outputs["secret_api_token"].value == "phs_rotated"
        assert declared(posthog=made).outputs["secret_api_token"].value == "phs_1"

    def test_none(self) -> None:
        """Without a rotation there is no child."""
        assert set(declared().resources) == {"project-stack", "web"}


class TestGet:
    def test_read(self) -> None:
        """A project that is managed elsewhere is read by its number, and nothing is declared."""

        def program() -> dict[str, Output[Any]]:
            project = PostHogProject.get("web", "42", organization_id="globex")
            return {"id": project.id, "api_token": project.api_token}

        done = run(program, posthog=MADE)
        found = done.resources["web"]

        assert found.request.id == "42"
        assert found.inputs == {"organization_id": "globex"}
        assert {"api_token", "secret_api_token"} <= set(found.request.additionalSecretOutputs)
        assert (done.outputs["id"].value, done.outputs["api_token"].value) == ("42", "phc_1")

    def test_users_options(self) -> None:
        """The user's options are kept beside the number."""

        def program() -> dict[str, Output[Any]]:
            parent = PostHogProject("parent")
            PostHogProject.get("web", "42", opts=ResourceOptions(parent=parent))
            return {}

        found = run(program, posthog=MADE).resources["web"].request

        assert found.parent.endswith(":Project::parent")
        assert found.id == "42"
