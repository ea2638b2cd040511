import pulumi
from support.cli_engine import Program, Stack
from support.dependent import EVALUATE, Witness
from support.posthog_actions import KEYS, statuses
from support.posthog_ui import CREATE, Ui
from support.state_file import tokens

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey


def using(quarter: str) -> Program:
    """A project, a secret API key that rotates by the quarter, and somebody who uses the key."""

    def program() -> None:
        web = PostHogProject("web")
        key = PostHogProjectSecretApiKey(
            "key",
            project_id=web.id,
            label="Flags",
            scopes=["feature_flag:read"],
            rotate_when_changed={"quarter": quarter},
        )
        Witness("user", api_token=web.api_token, token=key.value)
        pulumi.export("label", key.label_in_posthog)
        pulumi.export("value", key.value)

    return program


def test_the_whole_story_with_a_plain_key(stack: Stack, ui: Ui) -> None:
    """No session: the new key is made, its users move while both work, the old one is deleted."""
    made = stack.up(using("Q3"))
    first = stack.requests()
    id_ = stack.state()["web"].id
    old = tokens(stack, "key", "value")[False]
    shown = stack.preview(using("Q4"))
    previewed = stack.requests()
    rotated = stack.up(using("Q4"))
    sent = stack.requests()
    again = stack.up(using("Q4"))
    new = tokens(stack, "key", "value")

    assert first == [CREATE, f"POST {KEYS}", EVALUATE]
    assert made.outputs["value"] == "[secret]"
    assert shown.steps == {"web": "same", "key": "replace", "user": "update"}
    assert previewed == []
    assert rotated.steps == shown.steps
    assert sent[:3] == [f"POST {KEYS}", EVALUATE, EVALUATE]
    assert [line.split("/")[0] for line in sent[3:]] == ["DELETE "]
    assert stack.state()["user"].outputs["statuses"] == [200, 200]
    assert set(again.steps.values()) == {"same"}
    assert statuses(ui, id_, old, *new.values()) == [401, 200]
    assert old not in stack.state_text() + rotated.text + shown.text
