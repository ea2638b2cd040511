import pulumi
import pytest
from support.cli_engine import Stack
from support.dependent import EVALUATE, Witness, using
from support.posthog_actions import DELETE_BACKUP, ROTATE, rotate_by_hand, secret_token, statuses
from support.posthog_ui import DELETE, READ, Ui

from posthog_pulumi import PostHogProject, PostHogProjectSecretToken

pytestmark = pytest.mark.usefixtures("session_on_stack")


def test_destroying_the_token_alone_revokes_it(stack: Stack, ui: Ui) -> None:
    """PostHog cannot delete the current token, so it becomes the backup and is deleted as that."""

    def program(*, with_token: bool) -> None:
        web = PostHogProject("web")
        tokens = {"token": web.id} if with_token else {}
        for name, id_ in tokens.items():
            PostHogProjectSecretToken(name, project_id=id_)

    stack.up(lambda: program(with_token=True))
    id_ = stack.state()["web"].id
    token = secret_token(ui, id_)
    before = statuses(ui, id_, token)
    stack.requests()
    gone = stack.up(lambda: program(with_token=False))

    assert gone.steps == {"web": "same", "token": "delete"}
    assert stack.requests() == [READ, ROTATE, DELETE_BACKUP]
    assert before + statuses(ui, id_, token) == [200, 401]


def test_destroying_the_project_sends_no_token_request(stack: Stack) -> None:
    """Its tokens end with it."""
    stack.up(using("Q3"))
    stack.requests()
    stack.destroy()

    assert stack.requests() == [READ, DELETE]
    assert stack.state() == {}


def test_a_token_whose_project_is_gone_counts_as_ended(stack: Stack, ui: Ui) -> None:
    """Somebody deleted the project in PostHog; the token's own removal finds nothing to do."""
    project = ui.create(name="By hand")
    stack.up(lambda: PostHogProjectSecretToken("token", project_id=project))
    ui.remove(project)
    destroyed = stack.destroy()

    assert destroyed.steps == {"token": "delete"}
    assert stack.state() == {}


def test_a_rotation_by_hand_is_taken_over(stack: Stack, ui: Ui) -> None:
    """Refresh notices the new token; `up` moves everybody to it, and then ends the old one."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    new = rotate_by_hand(ui, id_)
    refreshed = stack.refresh()
    stack.requests()
    shown = stack.preview(using("Q3"))
    previewed = stack.requests()
    adopted = stack.up(using("Q3"))
    sent = stack.requests()
    again = stack.up(using("Q3"))

    assert refreshed.steps["web-secret-token"] == "update"
    assert shown.steps == {"web": "same", "web-secret-token": "replace", "user": "update"}
    assert previewed == []
    assert adopted.steps == shown.steps
    assert sent == [READ, EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert set(again.steps.values()) == {"same"}
    assert stack.reveal("token") == new
    assert statuses(ui, id_, old, new) == [401, 200]


def test_a_rotation_by_hand_before_ours_ends_no_token_in_use(stack: Stack, ui: Ui) -> None:
    """Rotating again would end the program's token at once, so PostHog's current one is adopted."""
    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    new = rotate_by_hand(ui, id_)
    stack.up(using("Q4"))

    assert stack.requests() == [READ, EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert stack.state()["user"].outputs["statuses"] == [200, 200]
    assert statuses(ui, id_, old, new) == [401, 200]


def test_another_project_is_another_token(stack: Stack, ui: Ui) -> None:
    """Pointed at another project, the resource is replaced, and the token it leaves is revoked."""
    one, other = ui.create(name="One"), ui.create(name="Other")
    stack.up(lambda: PostHogProjectSecretToken("token", project_id=one))
    left = secret_token(ui, one)
    moved = stack.up(lambda: PostHogProjectSecretToken("token", project_id=other))

    assert moved.steps == {"token": "replace"}
    assert statuses(ui, one, left) == [401]
    assert statuses(ui, other, secret_token(ui, other)) == [200]


def test_dropping_the_rotation_keeps_the_token_alive(stack: Stack, ui: Ui) -> None:
    """A removed line is no reason to end a live key: `secret_api_token` still is that token."""

    def program() -> None:
        web = PostHogProject("web")
        Witness("user", api_token=web.api_token, token=web.secret_api_token)
        pulumi.export("token", web.secret_api_token)

    stack.up(using("Q3"))
    id_ = stack.state()["web"].id
    token = secret_token(ui, id_)
    stack.requests()
    dropped = stack.up(program)
    sent = stack.requests()
    again = stack.up(program)

    assert dropped.steps["web-secret-token"] == "delete"
    assert ROTATE not in sent
    assert again.steps == {"web": "same", "user": "same"}
    assert stack.reveal("token") == token == secret_token(ui, id_)
    assert statuses(ui, id_, token) == [200]
