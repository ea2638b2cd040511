import json
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import ResourceOptions
from support.cli_engine import Stack
from support.echo import Echo
from support.posthog_ui import UPDATE, Ui
from support.setting_values import GOOD

from posthog_pulumi import PostHogProject
from posthog_pulumi.models.settings import SETTINGS

DECLARED: dict[str, Any] = {
    name: value
    for name, value in GOOD.items()
    if isinstance(value, list | dict | int | float) and SETTINGS[name].only_on != "docs-2025"
}
"""A whole number, a fraction, flags, lists and every structured setting."""


def test_names_exactly_the_changed_settings(stack: Stack) -> None:
    """What is added, changed and dropped is shown with its sign, and nothing else is."""
    stack.up(
        lambda: PostHogProject(
            "web", timezone="Europe/Berlin", week_start_day=1, app_urls=["https://a.example"]
        )
    )
    preview = stack.preview(
        lambda: PostHogProject(
            "web", week_start_day=0, app_urls=["https://a.example"], surveys_opt_in=True
        )
    )

    assert preview.steps == {"web": "update"}
    assert preview.changes == ["+ surveys_opt_in", "- timezone", "~ week_start_day"]


def test_a_dropped_setting_goes_back_to_posthogs_default(stack: Stack, ui: Ui) -> None:
    """Removing the line of a time zone shows `- timezone`, and the project is on UTC again."""
    stack.up(lambda: PostHogProject("web", timezone="Europe/Berlin"))
    preview = stack.preview(lambda: PostHogProject("web"))
    stack.requests()
    dropped = stack.up(lambda: PostHogProject("web"))
    sent = stack.requests()
    again = stack.preview(lambda: PostHogProject("web"))

    assert preview.changes == ["- timezone"]
    assert dropped.steps == {"web": "update"}
    assert sent == [UPDATE]
    assert again.steps == {"web": "same"}
    assert ui.project(stack.state()["web"].id)["timezone"] == "UTC"


def test_ignore_changes_keeps_what_was_applied(stack: Stack, ui: Ui) -> None:
    """With `ignore_changes`, neither a dropped nor a changed setting is touched."""

    def program(**settings: Any) -> None:
        ignored = ResourceOptions(ignore_changes=["timezone", "product_description"])
        PostHogProject("web", ignored, **settings)

    stack.up(lambda: program(timezone="Europe/Berlin", product_description="First"))
    kept = stack.up(lambda: program(product_description="Second"))
    live = ui.project(stack.state()["web"].id)

    assert kept.steps == {"web": "same"}
    assert (live["timezone"], live["product_description"]) == ("Europe/Berlin", "First")


def test_values_of_another_resource_may_be_unknown(stack: Stack, ui: Ui) -> None:
    """A name that another resource has yet to make passes the preview and arrives in the end."""

    def program() -> None:
        other = Echo("other", "Name made elsewhere")
        PostHogProject("web", name=other.echo, app_urls=[other.echo], timezone="Europe/Berlin")

    preview = stack.preview(program)
    stack.up(program)
    again = stack.preview(program)

    assert preview.steps == {"other": "create", "web": "create"}
    assert set(again.steps.values()) == {"same"}
    assert ui.projects() == ["Name made elsewhere"]


def test_unknown_values_hide_no_wrong_ones(stack: Stack) -> None:
    """While one argument is unknown, the others are checked all the same."""

    def program() -> None:
        PostHogProject("web", name=Echo("other", "Name").echo, timezone="Berlin")

    preview = stack.preview(program, fails=True)

    assert "timezone must be an IANA time zone" in preview.text
    assert stack.requests() == []


def test_outputs_without_a_value_are_known_when_nothing_changes(stack: Stack) -> None:
    """What depends on a token that PostHog does not have yet does not look changed."""

    def program() -> None:
        web = PostHogProject("web", session_recording_opt_in=True)
        tokens = [web.secret_api_token, web.secret_api_token_backup]
        Echo("dependent", [web.session_recording_opt_in, *tokens])
        pulumi.export("token", web.secret_api_token)
        pulumi.export("minted", web.secret_api_token.apply(lambda token: token is not None))

    first = stack.up(program)
    again = stack.preview(program)

    assert first.outputs["minted"] is False
    assert again.steps == {"web": "same", "dependent": "same"}
    assert "--outputs:--" not in again.text


def test_outputs_have_their_types(stack: Stack) -> None:
    """Whole numbers are no floats at any depth, and a structured setting is as it was declared."""
    found: dict[str, object] = {}

    def program() -> None:
        web = PostHogProject("web", **DECLARED)
        outputs = {name: getattr(web, name) for name in DECLARED}
        pulumi.Output.all(**outputs).apply(found.update)

    stack.up(program)
    made = _json(found)
    stack.up(program)

    assert made == _json(found) == _json(DECLARED)


def test_an_undeclared_output_is_an_error_of_the_program(stack: Stack) -> None:
    """Reading a setting that the program does not declare says in one sentence what to do."""

    def program() -> None:
        pulumi.export("timezone", PostHogProject("web").timezone)

    refused = stack.preview(program, fails=True)

    assert "AttributeError: project 'web' does not declare timezone" in refused.text
    assert "get_project_output(id=…).settings['timezone']" in refused.text
    assert stack.requests() == []


def _json(outputs: Mapping[str, object]) -> str:
    """Their text, in which 1 and 1.0 differ."""
    return json.dumps(outputs, sort_keys=True)
