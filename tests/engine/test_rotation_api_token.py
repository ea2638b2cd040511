import pulumi
from support.cli_engine import Program, Stack
from support.posthog_actions import RESET
from support.posthog_ui import UPDATE, Ui

from posthog_pulumi import PostHogProject


def web(name: str, quarter: str) -> Program:
    """A project whose API token rotates by the quarter."""

    def program() -> None:
        project = PostHogProject("web", name=name, rotate_api_token_when_changed={"q": quarter})
        pulumi.export("token", project.api_token)

    return program


def test_the_api_token_rotates_in_place(stack: Stack, ui: Ui) -> None:
    """An update, never a replacement; the reset is the last request; the token is a secret."""
    stack.environ["POSTHOG_SESSION_ID"] = ui.tenant.session_id
    stack.up(web("Web", "Q3"))
    id_ = stack.state()["web"].id
    old = stack.reveal("token")
    stack.requests()
    shown = stack.preview(web("Website", "Q4"))
    previewed = stack.requests()
    rotated = stack.up(web("Website", "Q4"))
    sent = stack.requests()
    again = stack.up(web("Website", "Q4"))
    new = stack.reveal("token")

    assert shown.steps == {"web": "update"}
    assert sorted(shown.changes) == ["~ name", "~ rotate_api_token_when_changed"]
    assert previewed == []
    assert rotated.steps == {"web": "update"}
    assert sent == [UPDATE, RESET]
    assert again.steps == {"web": "same"}
    assert stack.state()["web"].id == id_
    assert new == ui.project(id_)["api_token"] != old
    assert new not in stack.state_text() + rotated.text


def test_without_a_session_the_preview_warns(stack: Stack) -> None:
    """It names what will be refused and the ways out, once the reset is due, and is no error."""
    stack.environ.pop("POSTHOG_SESSION_ID", None)
    armed = stack.up(web("Web", "Q3"))
    shown = stack.preview(web("Web", "Q4"))

    assert "PostHog lets only signed-in sessions call reset_token" in shown.text
    assert "Set posthog:sessionId (POSTHOG_SESSION_ID)" in shown.text
    assert "PostHog lets only" not in armed.text
    assert shown.steps == {"web": "update"}
