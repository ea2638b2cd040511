import json
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi import Output, ResourceOptions
from support.mocked_programs import Resolved, Run, run
from support.setting_values import GOOD

from posthog_pulumi import PostHogProject, PostHogProjectSecretToken
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
ROTATING = {**{name: MADE[name] for name in (*PROJECT_FACTS, "api_token")}, "token": "phs_2"}


def declared(
    *outputs: str, posthog: Mapping[str, Any] = MADE, preview: bool = False, **given: Any
) -> Run:
    """A run that declares a project and exports these outputs."""

    def program() -> dict[str, Output[Any]]:
        project = PostHogProject("web", **given)
        return {name: getattr(project, name) for name in outputs}

    return run(program, posthog=posthog, preview=preview)


def external(*outputs: str, posthog: Mapping[str, Any] = MADE, preview: bool = False) -> Run:
    """A run that looks at a project and exports these outputs."""

    def program() -> dict[str, Output[Any]]:
        project = PostHogProject.get("web", "42", organization_id="globex")
        return {name: getattr(project, name) for name in outputs}

    return run(program, posthog=posthog, preview=preview)


class TestInputs:
    @pytest.mark.parametrize("given", [{}, {"name": None}])
    def test_name(self, given: dict[str, Any]) -> None:
        """A project is called like its resource unless it is named."""
        assert declared(**given).resources["web"].inputs == {"name": "web"}
        assert declared(name="Website").resources["web"].inputs == {"name": "Website"}

    def test_none_is_left_out(self) -> None:
        """An argument that is None is not managed."""
        done = declared(timezone=None, organization_id=None, surveys_opt_in=False)

        assert done.resources["web"].inputs == {"name": "web", "surveys_opt_in": False}


class TestOutputs:
    @pytest.mark.parametrize(("name", "value"), MADE.items())
    def test_facts(self, name: str, value: str) -> None:
        """What PostHog adds is an output."""
        assert declared(name).outputs[name].value == value

    @pytest.mark.parametrize(("name", "value"), GOOD.items())
    def test_settings(self, name: str, value: Any) -> None:
        """A setting that the program names is an output, its whole numbers no floats."""
        done = declared(name, **{name: value}).outputs[name]

        assert done.known
        assert json.dumps(done.value, sort_keys=True) == json.dumps(value, sort_keys=True)

    def test_options(self) -> None:
        """So is an argument of ours."""
        done = declared("organization_id", "force_destroy", organization_id="a", force_destroy=True)

        assert (done.outputs["organization_id"].value, done.outputs["force_destroy"].value) == (
            "a",
            True,
        )

    @pytest.mark.parametrize("name", ["secret_api_token", "secret_api_token_backup"])
    def test_no_secret_token(self, name: str) -> None:
        """A token that PostHog does not have is None, known in the preview of the next run too."""
        made = {key: value for key, value in MADE.items() if key != name}
        found = declared(name, posthog={**made, UNSET: [name]}, preview=True).outputs[name]

        assert found == Resolved(None, known=True, secret=False)

    def test_not_made_yet(self) -> None:
        """What only PostHog can tell is unknown until the project is made."""
        found = declared(
            "api_token", "secret_api_token", "timezone", posthog={}, preview=True, timezone="UTC"
        ).outputs

        assert not found["api_token"].known
        assert not found["secret_api_token"].known
        assert found["timezone"] == Resolved("UTC", known=True, secret=False)

    def test_secrets(self) -> None:
        """What lets its holder act is marked as secret, as far as the project has it."""
        plain = declared().resources["web"].request
        hook = declared(slack_incoming_webhook="https://a.example").resources["web"].request
        rotating = declared(posthog=ROTATING, rotate_secret_token_after_days=90).resources["web"]

        assert plain.additionalSecretOutputs == [*TOKENS]
        assert hook.additionalSecretOutputs == [*TOKENS, "slack_incoming_webhook"]
        assert rotating.request.additionalSecretOutputs == ["api_token"]


class TestAbsentOutputs:
    @pytest.mark.parametrize(
        ("name", "given", "message"),
        [
            (
                "timezone",
                {"timezone": None},
                (
                    "project 'web' does not declare timezone, so it has no such output: declare"
                    " it, or look it up with get_project_output(id=…).settings['timezone']."
                ),
            ),
            (
                "force_destroy",
                {},
                "project 'web' does not declare force_destroy, so it has no such output.",
            ),
            (
                "secret_token",
                {},
                (
                    "project 'web' does not rotate its secret token: declare"
                    " rotate_secret_token_when_changed or rotate_secret_token_after_days, or read"
                    " secret_api_token."
                ),
            ),
            (
                "secret_api_token_backup",
                {"rotate_secret_token_after_days": 90},
                (
                    "project 'web' rotates its secret token and does not record"
                    " secret_api_token_backup: look it up with"
                    " get_project_output(id=…).secret_api_token_backup."
                ),
            ),
            ("time_zone", {}, "project 'web' has no output time_zone."),
        ],
    )
    def test_message(self, name: str, given: dict[str, Any], message: str) -> None:
        """Reading what a project does not record is an error that says what to do instead."""
        with pytest.raises(AttributeError) as caught:
            declared(name, posthog=ROTATING, **given)
        assert str(caught.value) == message

    def test_asked_for(self) -> None:
        """A program may ask which outputs there are."""

        def program() -> dict[str, Output[Any]]:
            web = PostHogProject("web", surveys_opt_in=True)
            found = [hasattr(web, name) for name in ("surveys_opt_in", "timezone", "_private")]
            return {"found": Output.from_input(found)}

        assert run(program, posthog=MADE).outputs["found"].value == [True, False, False]


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
        done = declared(posthog=ROTATING, **given)
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
        done = declared(posthog=ROTATING, rotate_secret_token_after_days=90)
        request = done.resources["web-secret-token"].request

        assert request.deletedWith.endswith(":Project::web")
        assert request.parent == request.deletedWith

    def test_token_follows(self) -> None:
        """The project's secret token is that of the last rotation."""

        def program() -> dict[str, Output[Any]]:
            web = PostHogProject("web", rotate_secret_token_after_days=90)
            child: PostHogProjectSecretToken = web.secret_token
            return {"child": child.token, "project": web.secret_api_token}

        done = run(program, posthog=ROTATING)

        assert {name: found.value for name, found in done.outputs.items()} == {
            "child": "phs_2",
            "project": "phs_2",
        }

    def test_none(self) -> None:
        """Without a rotation there is no child."""
        assert set(declared().resources) == {"project-stack", "web"}


class TestGet:
    def test_read(self) -> None:
        """A project that is managed elsewhere is read by its number, and nothing is declared."""
        done = external("id", "api_token")
        found = done.resources["web"]

        assert found.request.id == "42"
        assert found.inputs == {"organization_id": "globex"}
        assert {"api_token", "secret_api_token"} <= set(found.request.additionalSecretOutputs)
        assert (done.outputs["id"].value, done.outputs["api_token"].value) == ("42", "phc_1")

    def test_settings(self) -> None:
        """It has every setting as output, though the program names none."""
        done = external(*SETTINGS, posthog={**MADE, **GOOD})

        assert {name: done.outputs[name].value for name in GOOD} == GOOD
        assert done.outputs["primary_dashboard"].value is None

    def test_without_value(self) -> None:
        """A setting that has no value in PostHog is known to be None in a preview too."""
        there = {**MADE, "base_currency": "EUR", UNSET: ["timezone"]}
        found = external("timezone", "base_currency", posthog=there, preview=True).outputs

        assert found["timezone"] == Resolved(None, known=True, secret=False)
        assert found["base_currency"] == Resolved("EUR", known=True, secret=False)

    def test_users_options(self) -> None:
        """The user's options are kept beside the number."""

        def program() -> dict[str, Output[Any]]:
            parent = PostHogProject("parent")
            PostHogProject.get("web", "42", opts=ResourceOptions(parent=parent))
            return {}

        found = run(program, posthog=MADE).resources["web"].request

        assert found.parent.endswith(":Project::parent")
        assert found.id == "42"
