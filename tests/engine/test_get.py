import pulumi
from support.cli_engine import Stack
from support.native_resources import Resources
from support.posthog_ui import READ, Ui

from posthog_pulumi import PostHogProject


def test_get_looks_and_never_touches(stack: Stack, ui: Ui, resources: Resources) -> None:
    """A project managed elsewhere is read, its token is a secret, and destroy leaves it there."""
    id_ = ui.create(name="By hand", timezone="Europe/Rome")

    def program() -> None:
        found = resources.get("hand", id_)
        pulumi.export("token", found.api_token)
        pulumi.export("timezone", found.timezone)
        pulumi.export("description", found.product_description.apply(lambda text: text or "none"))

    found = stack.up(program)
    sent = stack.requests()
    stack.destroy()

    assert found.steps == {"hand": "read"}
    assert found.outputs == {
        "token": "[secret]",
        "timezone": "Europe/Rome",
        "description": "none",
    }
    assert sent == [READ]
    assert stack.requests() == []
    assert ui.projects() == ["By hand"]


def test_a_refresh_looks_again_and_manages_nothing(stack: Stack, ui: Ui) -> None:
    """A project that is only looked at keeps all settings as outputs, with their present values."""
    id_ = ui.create(name="By hand")

    def program() -> None:
        found = PostHogProject.get("hand", id_)
        pulumi.export("timezone", found.timezone)

    stack.up(program)
    first = stack.state()["hand"].outputs
    ui.change(id_, timezone="Asia/Tokyo", surveys_opt_in=True)
    stack.refresh()
    after = stack.state()["hand"].outputs
    again = stack.up(program)

    assert after.items() >= {"timezone": "Asia/Tokyo", "surveys_opt_in": True}.items()
    assert after.keys() == {*first, "surveys_opt_in"}
    assert again.outputs["timezone"] == "Asia/Tokyo"


def test_get_works_in_a_preview(stack: Stack, ui: Ui) -> None:
    """The values are known before anything is applied."""
    id_ = ui.create(name="By hand")

    def program() -> None:
        PostHogProject("twin", name=PostHogProject.get("hand", id_).name.apply("{} 2".format))

    preview = stack.preview(program)

    assert '"By hand 2"' in preview.text


def test_get_of_a_missing_project_is_an_error(stack: Stack) -> None:
    """A number that PostHog does not know fails the preview, with the number in the message."""
    refused = stack.preview(lambda: PostHogProject.get("hand", "999999"), fails=True)

    assert "project 999999 was not found" in refused.text
    assert "Traceback" not in refused.text


def test_get_of_a_project_on_its_way_out_is_an_error(stack: Stack, ui: Ui) -> None:
    """Whoever depends on a project should hear that PostHog is deleting it."""
    id_ = ui.create(name="By hand")
    ui.start_removing(id_)
    refused = stack.preview(lambda: PostHogProject.get("hand", id_), fails=True)

    assert "PostHog is deleting it" in refused.text
