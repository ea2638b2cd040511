"""Existing projects are brought under management: what follows is no change, and no request."""

from pathlib import Path

import pytest
from support.adopting import NAMES, Adopting, populate
from support.cli_engine import Stack
from support.fake_posthog import GLOBEX, body
from support.posthog_actions import act, another_organization, backup, rotate_by_hand, secret_token
from support.posthog_ui import LIST, READ, Ui
from support.setting_values import GOOD

from posthog_pulumi import PostHogProject
from posthog_pulumi.adopt.program import program
from posthog_pulumi.adopt.projects import Wish, adopted
from posthog_pulumi.models.project import RemoteProject


@pytest.fixture(params=["current", "docs-2025"])
def server(request: pytest.FixtureRequest) -> str:
    """The test runs on both servers."""
    return str(request.param)


@pytest.fixture
def either_stack(server: str, request: pytest.FixtureRequest) -> Stack:
    """A stack at that server."""
    names = {"current": "stack", "docs-2025": "stack_2025"}
    found: Stack = request.getfixturevalue(names[server])
    return found


@pytest.fixture
def either(either_stack: Stack, tmp_path: Path) -> Adopting:
    """A user of that server."""
    return Adopting(either_stack, tmp_path)


@pytest.fixture
def user(stack: Stack, tmp_path: Path) -> Adopting:
    """A user of the current server."""
    return Adopting(stack, tmp_path)


def website() -> None:
    """A program with a project that has settings."""
    PostHogProject(
        "website", name="Website", timezone="Europe/Berlin", session_recording_sample_rate=0.25
    )


def tokens(ui: Ui, ids: list[str]) -> list[str]:
    """Every token of these projects."""
    kinds = ("api_token", "secret_api_token", "secret_api_token_backup")
    found = [project[kind] for project in map(ui.project, ids) for kind in kinds]
    return [token for token in found if token]


def test_twelve_projects(either: Adopting, server: str) -> None:
    """Whatever their settings and names are, the next preview shows no change and sends nothing."""
    ui = either.stack.ui
    ids = populate(ui, server)
    rotate_by_hand(ui, ids[0])
    live = rotate_by_hand(ui, ids[0]), rotate_by_hand(ui, ids[4])
    act(ui, ids[2], "add_product_intent", body={"product_type": "session_replay"})
    before = [ui.project(id_) for id_ in ids]
    secrets = tokens(ui, ids)
    ui.requests()
    ran = either.posthog_pulumi("--all", "--secret-tokens", "--product-intents")
    asked = ui.requests()
    shown = either.import_file()
    preview = either.stack.preview(either.program)
    sent = ui.requests()
    applied = either.stack.up(either.program)
    refreshed = either.stack.refresh()
    after = [ui.project(id_) for id_ in ids]
    printed = ran.stdout + ran.stderr + shown + preview.text

    assert {*asked} <= {LIST, READ, "GET /api/organizations/{organization}/"}
    assert asked.count(READ) == len(NAMES)
    assert set(preview.steps.values()) == {"same"}
    assert len(preview.steps) == len(NAMES) + 3
    assert sent == []
    assert set(applied.steps.values()) == {"same"}
    assert set(refreshed.steps.values()) == {"same"}
    assert [item["name"] for item in after] == [item["name"] for item in before]
    assert tokens(ui, ids) == secrets
    assert live[1] in secrets
    assert [token for token in secrets if token in printed] == []
    assert [token for token in secrets if token in either.stack.state_text()] == []
    assert [token for token in secrets if token in either.program_file.read_text("utf-8")] == []
    assert either.file.stat().st_mode & 0o777 == 0o600
    assert either.check("ruff", "format", "--isolated", "--check").endswith("formatted\n")
    assert either.check("ruff", "check", "--isolated") == "All checks passed!\n"


def test_types(user: Adopting) -> None:
    """Every setting of both servers is declared as mypy's strictest wants it."""
    projects = [body(id=number, name=name) for number, name in enumerate(NAMES, 2)]
    live = map(RemoteProject.model_validate, [body(**GOOD), *projects])
    text = program(adopted(live, GLOBEX, Wish(secret_tokens=True)), protect=True)
    user.program_file.write_text(text, "utf-8")

    assert user.check("mypy", "--strict").startswith("Success")


def test_what_is_recorded_is_what_up_records(user: Adopting) -> None:
    """A project that left the state comes back with exactly what `up` had recorded of it."""
    made = user.stack.up(website)
    recorded = user.stack.state()["website"]
    user.pulumi("state", "delete", f"urn:pulumi:test::test::{recorded.type}::website")
    user.posthog_pulumi("--project", recorded.id, "--no-protect")
    user.import_file("--protect=false")

    assert made.steps == {"website": "create"}
    assert user.stack.state()["website"] == recorded


def test_three_hundred_projects(user: Adopting, ui: Ui, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large account in one go; the list is read once and each project once."""
    monkeypatch.setitem(user.stack.environ, "PULUMI_SKIP_CHECKPOINTS", "true")
    for number in range(300):
        ui.create(name=f"Tenant {number}", session_recording_opt_in=True)
    ui.requests()
    ran = user.posthog_pulumi("--all")
    asked = ui.requests()
    user.import_file()
    preview = user.stack.preview(user.program)

    assert (asked.count(LIST), asked.count(READ)) == (1, 300)
    assert ran.stderr.splitlines()[0] == "Reading projects: 100 of 300"
    assert len(preview.steps) == 300
    assert set(preview.steps.values()) == {"same"}
    assert ui.requests() == []


def test_in_one_go(user: Adopting, ui: Ui) -> None:
    """With --into the import is run too, with the stack's configuration, and no token is kept."""
    id_ = ui.create(name="Website", timezone="Europe/Berlin")
    user.stack.configure("posthog:apiKey", ui.tenant.api_key, secret=True)
    del user.stack.environ["POSTHOG_API_KEY"]
    ran = user.posthog_pulumi("--project", id_, "--into", "test")
    ui.requests()
    preview = user.stack.preview(user.program)

    assert user.stack.state()["website"].id == id_
    assert preview.steps == {"website": "same"}
    assert ui.requests() == []
    assert not user.file.exists()
    assert ui.project(id_)["api_token"] not in ran.stdout + ran.stderr
    assert ran.stdout.endswith("Then:\n  pulumi preview --stack test\n")


def test_what_the_stack_has_already(user: Adopting, ui: Ui) -> None:
    """A second import takes what is new, by a name that is free, into another file."""
    first = ui.create(name="Website")
    user.posthog_pulumi("--all", "--into", "test")
    second = ui.create(name="Website!")
    user.posthog_pulumi("--all", "--into", "test", code=1)
    ran = user.posthog_pulumi("--all", "--into", "test", "--program", "more.py")
    again = user.posthog_pulumi("--all", "--into", "test", "--program", "none.py")
    preview = user.stack.preview(user.program_of("posthog_projects.py", "more.py"))

    assert (
        f"Project {first} is in the stack already, as 'website', and left out; `pulumi up` deletes"
        " it unless a program declares it.\n"
    ) in ran.stderr
    assert preview.steps == {"website": "same", f"website-{second}": "same"}
    assert again.stderr.endswith("Every project is in the stack already: nothing was written.\n")
    assert not (user.folder / "none.py").exists()


def test_an_import_that_ends_halfway(user: Adopting, ui: Ui) -> None:
    """What has arrived is declared, so that nothing is deleted; a second run brings the rest."""
    first, second = ui.create(name="Website"), ui.create(name="Shop")
    user.end_imports_after(first)
    ended = user.posthog_pulumi("--all", "--into", "test", code=130)
    halfway = user.stack.preview(user.program)
    user.end_imports_after(second)
    user.posthog_pulumi("--all", "--into", "test", "--program", "more.py", code=130)
    whole = user.stack.preview(user.program_of("posthog_projects.py", "more.py"))

    assert ended.stderr.endswith(
        "`pulumi import` ended with 130: 1 of 2 projects are in the stack, and posthog_projects.py"
        " declares them. Add `import posthog_projects` to your program's __main__.py. Run this"
        " command again with another --program for the rest.\n"
    )
    assert halfway.steps == {"website": "same"}
    assert whole.steps == {"website": "same", "shop": "same"}


def test_an_import_that_brings_nothing(user: Adopting, ui: Ui) -> None:
    """Then no program is written, which would make the projects a second time."""
    ui.create(name="Website")
    user.end_imports_after("none")
    ended = user.posthog_pulumi("--all", "--into", "test", code=130)

    assert ended.stderr.endswith(
        "`pulumi import` ended with 130: no project is in the stack, and no program was written.\n"
    )
    assert not user.program_file.exists()


def test_a_stack_that_is_not_there(user: Adopting, ui: Ui) -> None:
    """Pulumi's reason and one line of ours; the command can be run again as it was."""
    id_ = ui.create(name="Website")
    done = user.posthog_pulumi("--project", id_, "--into", "nowhere", code=1)

    assert "`pulumi config --stack nowhere --show-secrets --json` failed" in done.stderr
    assert not user.program_file.exists()


@pytest.mark.usefixtures("session_on_stack")
def test_a_token_is_taken_over_and_then_rotated(user: Adopting, ui: Ui) -> None:
    """The import rotates nothing; a changed line does, though the project is protected."""
    id_ = ui.create(name="Website")
    rotate_by_hand(ui, id_)
    token = secret_token(ui, id_)
    ran = user.posthog_pulumi("--project", id_, "--secret-tokens", "--into", "test")
    unchanged = user.stack.up(user.program)
    taken_over = secret_token(ui, id_)
    text = user.program_file.read_text("utf-8").replace('{"rotation": 1}', '{"rotation": 2}')
    user.program_file.write_text(text, "utf-8")
    rotated = user.stack.up(user.program)

    assert "The first preview shows `~protect` for the secret tokens" in ran.stdout
    assert set(unchanged.steps.values()) == {"same"}
    assert taken_over == token
    assert rotated.steps == {"website": "same", "website-secret-token": "replace"}
    assert secret_token(ui, id_) != token
    assert backup(ui, id_) is None


def test_a_project_of_another_organization_says_so(user: Adopting, ui: Ui) -> None:
    """The program names the organization where the configuration names another."""
    id_, other = ui.create(name="Website"), another_organization(ui)
    act(ui, id_, "change_organization", method="POST", body={"organization_id": other})
    user.posthog_pulumi("--project", id_)
    user.import_file()
    preview = user.stack.preview(user.program)

    assert f'organization_id="{other}"' in user.program_file.read_text("utf-8")
    assert preview.steps == {"website": "same"}
    assert user.stack.state()["website"].outputs["organization"] == other
