import pytest
from support.cli_engine import Stack
from support.posthog_actions import ADD_INTENT, COMPLETE_ONBOARDING, DEMO_DATA
from support.posthog_ui import CREATE, READ, Ui

from posthog_pulumi import PostHogProductIntent, PostHogProject


def test_an_intent_and_its_onboarding(stack: Stack, ui: Ui) -> None:
    """Declared once, completed by one more argument, kept by PostHog when it is destroyed."""

    def program(*, done: bool) -> None:
        web = PostHogProject("web")
        PostHogProductIntent(
            "replay",
            project_id=web.id,
            organization_id=web.organization,
            product_type="session_replay",
            metadata={"from": "pulumi"},
            onboarding_completed=done,
        )

    stack.up(lambda: program(done=False))
    made = stack.requests()
    completed = stack.up(lambda: program(done=True))
    sent = stack.requests()
    again = stack.up(lambda: program(done=True))
    kept = stack.up(lambda: PostHogProject("web"))
    intents = ui.project(stack.state()["web"].id)["product_intents"]

    assert made == [CREATE, READ, ADD_INTENT]
    assert completed.steps["replay"] == "update"
    assert sent == [READ, ADD_INTENT, COMPLETE_ONBOARDING]
    assert set(again.steps.values()) == {"same"}
    assert kept.steps["replay"] == "delete"
    assert stack.requests() == []
    assert [item["product_type"] for item in intents] == ["session_replay"]


def test_demo_data_is_waited_for(stack: Stack, ui: Ui) -> None:
    """Create returns when the data is there, and says meanwhile what it waits for."""
    stack.environ["POSTHOG_SESSION_ID"] = ui.tenant.session_id
    made = stack.up(lambda: PostHogProject("demo", is_demo=True, wait_for_demo_data=True))
    id_ = stack.state()["demo"].id

    assert stack.requests() == [CREATE, DEMO_DATA, DEMO_DATA]
    assert f"waiting for the demo data of project {id_} (0 s)" in made.text


@pytest.mark.parametrize("waits", [None, False])
def test_demo_data_is_not_waited_for_unasked(
    stack: Stack,
    waits: bool | None,  # noqa: FBT001 - a table's column
) -> None:
    """It comes by itself, so a plain key is enough to make a demo project."""
    stack.up(lambda: PostHogProject("demo", is_demo=True, wait_for_demo_data=waits))

    assert stack.requests() == [CREATE]
