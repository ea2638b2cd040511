"""What the pages print, run as a reader would: their commands, and the programs of the docs."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.cli_engine import Stack
from support.papers import Block, blocks, commands, steps
from support.posthog_ui import READ, Ui
from support.shell import Shell

README, _TRY, IMPORT, RECORD = blocks("console", ["README.md"])
ONE_GO, ONCE_MORE = blocks("console", ["docs/adopting.md"])
(CREDENTIALS,) = blocks("console", ["docs/credentials.md"])
GITHUB, GITLAB = blocks("yaml", ["docs/ci.md"])
PROGRAM = blocks("python", ["README.md"])[0].text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the reader's program is."""
    return tmp_path / "reader"


def run_as_program(block: Block) -> None:
    """Run what a page shows."""
    exec(compile(block.text, str(block), "exec"), {})  # noqa: S102  # what a page shows


def test_first_example(stack: Stack, ui: Ui, folder: Path) -> None:
    """README's first commands bring up its first program, with a key that was typed in."""
    shell = Shell.at(stack, folder, "quickstart", PROGRAM)
    shell.run("pulumi stack init dev")
    del shell.environ["POSTHOG_API_KEY"]
    _pip, *lines = commands(README.text)
    shell.run(*lines, stdin=ui.tenant.api_key)

    assert ui.projects() == ["Website"]
    assert ui.tenant.api_key not in (folder / "Pulumi.dev.yaml").read_text("utf-8")


def test_bringing_projects(stack: Stack, ui: Ui, folder: Path) -> None:
    """README's commands record the projects that are there, and the last finds no change."""
    ui.create(name="Website", timezone="Europe/Berlin")
    ui.create(name="Shop")
    shell = Shell.at(stack, folder, "quickstart", "import posthog_projects")
    shell.run("pulumi stack init dev")
    shell.run(*commands(IMPORT.text), values=(ui.tenant.api_key,))
    ui.requests()
    shown = shell.run(*commands(RECORD.text))

    assert "3 unchanged" in shown
    assert ui.requests() == []


def test_in_one_go(stack: Stack, ui: Ui, folder: Path) -> None:
    """The command of the page on adopting does it all, and the next one what came since."""
    ui.create(name="Website")
    shell = Shell.at(stack, folder, "quickstart", "import posthog_projects")
    shell.run("pulumi stack init dev")
    shown = shell.run(*commands(ONE_GO.text))

    ui.create(name="Shop")
    more = shell.run(*commands(ONCE_MORE.text))

    assert shown.endswith("Then:\n  pulumi preview --stack dev\n")
    assert more.endswith("Then:\n  pulumi preview --stack dev\n")
    assert (folder / "more_projects.py").read_text("utf-8").count("PostHogProject(") == 1


def test_doctor(stack: Stack, ui: Ui, folder: Path) -> None:
    """The commands of the page on credentials configure a key, and say what it may do."""
    shell = Shell.at(stack, folder, "quickstart")
    shell.run("pulumi stack init dev")
    shell.environ["POSTHOG_SESSION_ID"] = ui.tenant.session_id
    del shell.environ["POSTHOG_API_KEY"]
    shown = shell.run(*commands(CREDENTIALS.text), stdin=ui.tenant.api_key)

    assert "POST …/projects/" in shown


def test_workflow(stack: Stack, ui: Ui, folder: Path) -> None:
    """The steps of both workflows preview and apply a program; doctor comes first."""
    shell = Shell.at(stack, folder, "quickstart")
    shell.environ["POSTHOG_SESSION_ID"] = ui.tenant.session_id
    shell.run("pulumi stack init prod")
    pip, doctor, preview, up = steps(GITHUB.text)
    shell.run(doctor)
    ui.requests()
    shell.run(preview)
    previewed = ui.requests()
    shell.run(up)

    assert steps(GITLAB.text) == [pip, f"{doctor} || true", preview, up]
    assert previewed == []
    assert ui.projects() == ["Website"]


def test_look_ups(stack: Stack, ui: Ui) -> None:
    """The page's program looks up what it declares, in a preview too."""
    block, _ = blocks("python", ["docs/lookups.md"])
    stack.configure("posthog:host", ui.tenant.url)
    stack.configure("posthog:apiKey", ui.tenant.api_key, secret=True)
    stack.preview(lambda: run_as_program(block))
    made = stack.up(lambda: run_as_program(block))
    again = stack.up(lambda: run_as_program(block))

    assert made.outputs.items() >= {"api_token": "[secret]", "time_zone": "[secret]"}.items()
    assert again.outputs["projects"] == ["Website"]
    assert READ in ui.requests()


def test_look_up_elsewhere(stack: Stack, ui_2025: Ui) -> None:
    """The page's second program finds what is in the other region."""
    _, block = blocks("python", ["docs/lookups.md"])
    id_ = ui_2025.create(name="Website")
    stack.configure(f"{stack.project}:euHost", ui_2025.tenant.url)
    stack.configure(f"{stack.project}:euApiKey", ui_2025.tenant.api_key, secret=True)
    found = stack.up(lambda: run_as_program(block)).outputs["in_the_eu"]

    assert (found["id"], found["api_token"]) == (id_, "[secret]")


def test_shared_defaults(stack: Stack, ui: Ui) -> None:
    """The page's third program makes two projects of one set of arguments."""
    _, _, block = blocks("python", ["docs/resources.md"])
    stack.up(lambda: run_as_program(block))

    assert sorted(ui.projects()) == ["Our blog", "shop"]


def test_resources(stack: Stack, ui: Ui) -> None:
    """The page's program comes up with a key alone."""
    block, *_ = blocks("python", ["docs/resources.md"])
    made = stack.up(lambda: run_as_program(block))

    assert made.steps == {"web": "create", "surveys": "create"}
    assert ui.projects() == ["Website"]


def test_options(stack: Stack, ui: Ui) -> None:
    """The page's second program gives options in both places."""
    _, block, _ = blocks("python", ["docs/resources.md"])
    made = stack.up(lambda: run_as_program(block))
    refused = stack.destroy(fails=True)

    assert made.steps == {"shop": "create", "blog": "create"}
    assert "protect" in refused.text
    assert "Shop" in ui.projects()


@pytest.mark.usefixtures("session_on_stack")
def test_both_rotations(stack: Stack) -> None:
    """The program of the page on rotation rotates both kinds of key in another quarter."""
    (block,) = blocks("python", ["docs/rotation.md"])
    later = replace(block, text=block.text.replace("2026-Q4", "2027-Q1"))
    made = stack.up(lambda: run_as_program(block))
    rotated = stack.up(lambda: run_as_program(later))

    assert set(made.steps.values()) == {"create"}
    assert rotated.steps == {"web": "same", "web-secret-token": "replace", "flags": "replace"}
