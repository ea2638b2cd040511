from datetime import UTC, datetime, timedelta

import pytest
from support.cli_engine import Program, Stack
from support.dependent import EVALUATE, Witness, using
from support.echo import Echo
from support.native_resources import Resources
from support.posthog_actions import (
    DELETE_BACKUP,
    ROTATE,
    backup,
    rotate_by_hand,
    secret_token,
    statuses,
)
from support.posthog_ui import CREATE, READ, Ui
from support.state_file import put

from posthog_pulumi import PostHogProject, PostHogProjectSecretToken

pytestmark = pytest.mark.usefixtures("session_on_stack")


def keeping(quarter: str, *, keep: bool) -> Program:
    """A project and its secret token as a resource of its own."""

    def program() -> None:
        web = PostHogProject("web")
        PostHogProjectSecretToken(
            "token", project_id=web.id, rotate_when_changed={"q": quarter}, keep_previous=keep
        )

    return program


def test_the_whole_story_in_requests(stack: Stack, ui: Ui, resources: Resources) -> None:
    """Changing one line rotates: both tokens work until all have moved, then the old one ends."""
    before, after = [using(quarter, resources=resources) for quarter in ("2026-Q3", "2026-Q4")]
    stack.up(before)
    made = stack.requests()
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    shown = stack.preview(after)
    previewed = stack.requests()
    rotated = stack.up(after)
    sent = stack.requests()
    again = stack.up(after)
    new = secret_token(ui, id_)

    assert made == [CREATE, READ, ROTATE, EVALUATE]
    assert shown.steps == {"web": "same", "web-secret-token": "replace", "user": "update"}
    assert previewed == []
    assert rotated.steps == shown.steps
    assert sent == [READ, ROTATE, EVALUATE, EVALUATE, READ, DELETE_BACKUP]
    assert stack.state()["user"].outputs["statuses"] == [200, 200]
    assert set(again.steps.values()) == {"same"}
    assert statuses(ui, id_, old, new) == [401, 200]


def test_a_trigger_not_computed_yet_previews_as_a_replacement(stack: Stack, ui: Ui) -> None:
    """A trigger that another resource has yet to make may fire, so the preview says it would."""

    def program(version: str) -> None:
        web = PostHogProject("web")
        PostHogProjectSecretToken(
            "token",
            project_id=web.id,
            rotate_when_changed={"version": Echo("release", version).echo},
        )

    stack.up(lambda: program("1"))
    old = secret_token(ui, stack.state()["web"].id)
    stack.requests()
    shown = stack.preview(lambda: program("2"))
    rotated = stack.up(lambda: program("2"))

    assert shown.steps == {"web": "same", "release": "update", "token": "replace"}
    assert rotated.steps == shown.steps
    assert stack.requests() == [READ, ROTATE, READ, DELETE_BACKUP]
    assert secret_token(ui, stack.state()["web"].id) != old


def test_two_projects_rotate_in_one_up(stack: Stack, ui: Ui) -> None:
    """Each project has its own tokens, and each old one ends after all users have moved."""

    def program(quarter: str) -> None:
        for name in ("web", "shop"):
            made = PostHogProject(name, rotate_secret_token_when_changed={"quarter": quarter})
            Witness(f"user of {name}", api_token=made.api_token, token=made.secret_api_token)

    stack.up(lambda: program("2026-Q3"))
    ids = [stack.state()[name].id for name in ("web", "shop")]
    old = [secret_token(ui, id_) for id_ in ids]
    stack.requests()
    stack.up(lambda: program("2026-Q4"))
    sent = stack.requests()
    after = stack.state()

    assert (sent.count(ROTATE), sent.count(DELETE_BACKUP)) == (2, 2)
    assert sent[-1] == DELETE_BACKUP
    assert sent.index(DELETE_BACKUP) > max(at for at, what in enumerate(sent) if what == EVALUATE)
    assert after["user of web"].outputs["statuses"] == [200, 200]
    assert after["user of shop"].outputs["statuses"] == [200, 200]
    assert [statuses(ui, *pair) for pair in zip(ids, old, strict=True)] == [[401], [401]]


def test_keep_previous_leaves_the_old_token_until_the_next_rotation(stack: Stack, ui: Ui) -> None:
    """The previous token is not deleted; the next rotation pushes it out."""
    stack.up(keeping("Q1", keep=True))
    id_ = stack.state()["web"].id
    first = secret_token(ui, id_)
    stack.up(keeping("Q2", keep=True))
    second = secret_token(ui, id_)
    after_one = statuses(ui, id_, first, second)
    stack.requests()
    stack.up(keeping("Q3", keep=True))

    assert after_one == [200, 200]
    assert stack.requests() == [READ, ROTATE, READ]
    assert statuses(ui, id_, first, second) == [401, 200]


def test_keep_previous_changes_alone(stack: Stack, ui: Ui) -> None:
    """Together with a trigger it is refused in the preview; in an `up` of its own it counts."""
    stack.up(keeping("Q1", keep=False))
    id_ = stack.state()["web"].id
    old = secret_token(ui, id_)
    stack.requests()
    refused = stack.up(keeping("Q2", keep=True), fails=True)
    sent = stack.requests()
    stack.up(keeping("Q1", keep=True))
    rotated = stack.up(keeping("Q2", keep=True))

    assert "keep_previous changes in the same `up` as the token" in refused.text
    assert sent == []
    assert rotated.steps == {"web": "same", "token": "replace"}
    assert stack.requests() == [READ, ROTATE, READ]
    assert backup(ui, id_) == old


def test_a_token_that_lives_is_taken_over(stack: Stack, ui: Ui) -> None:
    """A project that had tokens before it was managed keeps both: nothing is rotated."""

    def unmanaged() -> None:
        PostHogProject("web")

    stack.up(unmanaged)
    id_ = stack.state()["web"].id
    old = rotate_by_hand(ui, id_)
    live = rotate_by_hand(ui, id_)
    stack.requests()
    stack.up(keeping("Q1", keep=False))

    assert stack.requests() == [READ]
    assert (secret_token(ui, id_), backup(ui, id_)) == (live, old)


def test_age_rotates_in_preview_and_up_but_not_in_refresh(stack: Stack, ui: Ui) -> None:
    """A token of 31 days is due: the preview shows it, `up` does it, a refresh reports nothing."""

    def program() -> None:
        PostHogProject("web", rotate_secret_token_after_days=30)

    stack.up(program)
    old = secret_token(ui, stack.state()["web"].id)
    then = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    put(
        stack,
        "web-secret-token",
        inputs={"__checked_at": then},
        outputs={"rotated_at": then},
    )
    stack.requests()
    refreshed = stack.refresh()
    stack.requests()
    shown = stack.preview(program)
    previewed = stack.requests()
    rotated = stack.up(program)
    sent = stack.requests()
    again = stack.up(program)

    assert refreshed.steps == {"web": "same", "web-secret-token": "same"}
    assert shown.steps == {"web": "same", "web-secret-token": "replace"}
    assert previewed == []
    assert rotated.steps == shown.steps
    assert sent == [READ, ROTATE, READ, DELETE_BACKUP]
    assert set(again.steps.values()) == {"same"}
    assert statuses(ui, stack.state()["web"].id, old) == [401]
