"""``posthog-pulumi import`` against the emulator, up to what it writes; Pulumi is not needed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.posthog_ui import LIST, READ, Ui
from typer.testing import CliRunner

from posthog_pulumi.__main__ import app

Command = Callable[..., Any]
"""Gives typer's result: exit code, stdout, stderr."""


@pytest.fixture
def command(ui: Ui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run it in the test's folder, with the key of the test's own organization, and no Pulumi."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    environ = {**ui.tenant.environ, "POSTHOG_SESSION_ID": ""}
    return lambda *arguments, **more: CliRunner().invoke(
        app, ["import", *arguments], env={**environ, **more}
    )


def test_without_a_choice_it_lists(command: Command, ui: Ui, tmp_path: Path) -> None:
    """One request shows what there is, and nothing is written."""
    id_ = ui.create(name="Two\nlines")
    ui.requests()
    done = command()

    assert done.exit_code == 0
    assert done.stdout == f"id\tproject\ttime zone\tevents\n{id_}\tTwo lines\tUTC\tno\n"
    assert "--project ID" in done.stderr
    assert ui.requests() == [LIST]
    assert list(tmp_path.iterdir()) == []


def test_what_is_said(command: Command, ui: Ui, tmp_path: Path) -> None:
    """A table with tabs, what was left out, what was written, and the two commands that follow."""
    id_ = ui.create(name="Web")
    ui.change(id_, conversations_settings={"widget_color": "#1d4aff"})
    done = command("--project", id_, "--program", "my projects.py", "--out", "my import.json")

    assert done.exit_code == 0
    assert done.stdout == (
        "id\tproject\tname in Pulumi\tsettings\tevents\tsecret token\n"
        f"{id_}\tWeb\tweb\t1\tno\tnone\n"
        "\n"
        "Wrote my import.json, which only you can read (mode 0600) since it holds the projects'"
        " tokens: delete it after the import.\n"
        "Wrote my projects.py. Let your program run it.\n"
        "Then:\n"
        "  pulumi import --file 'my import.json' --generate-code=false\n"
        "  pulumi preview\n"
    )
    assert done.stderr == (
        f"Project {id_}: not declared, and so left as it is: conversations_settings is a secret,"
        " which a program should take from its configuration.\n"
    )
    assert (tmp_path / "my import.json").stat().st_mode & 0o777 == 0o600
    assert ui.project(id_)["api_token"] not in done.output


def test_one_project_by_another_name(command: Command, ui: Ui, tmp_path: Path) -> None:
    """Named twice it is read once, and Pulumi's name may be chosen."""
    id_ = ui.create(name="Web")
    ui.create(name="Other")
    ui.requests()
    done = command("--project", id_, "--project", f"0{id_}", "--name", "main", "--no-protect")

    assert done.exit_code == 0
    assert ui.requests().count(READ) == 1
    assert 'main = PostHogProject(\n    "main",\n    name="Web",\n)' in (
        tmp_path / "posthog_projects.py"
    ).read_text("utf-8")
    assert "--generate-code=false --protect=false\n" in done.stdout


def test_a_project_that_is_being_deleted(command: Command, ui: Ui) -> None:
    """Among all it is left out; by its id it is refused."""
    kept, gone = ui.create(name="Web"), ui.create(name="Old")
    ui.start_removing(gone)
    refused = command("--project", gone)
    done = command("--all")

    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"project {gone} was not imported: PostHog is deleting it.")
    assert done.exit_code == 0
    assert [line.split("\t")[0] for line in done.stdout.splitlines()[1:2]] == [kept]


MISSING = (
    "project 99999999 was not read: PostHog does not have the project. Without --project and --all"
    " this command lists the projects"
)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--all", "--project", "7"], "--all and --project exclude each other."),
        (
            ["--project", "Web"],
            "'Web' is no project's id. It is the number in the project's address;",
        ),
        (["--all", "--name", "web"], "--name goes with exactly one --project."),
        (["--all", "--out", "x", "--program", "x"], "--out and --program name the same file."),
        (["--all", "--out", "no/import.json"], "no/import.json cannot be written. Name another"),
        (["--all", "--program", "."], ". cannot be written."),
        (["--all", "--into", "prod"], "there is no pulumi on PATH. Install the Pulumi CLI."),
        (["--all"], "the organization has no project to import."),
        (["--project", "99999999"], MISSING),
        (["--organization", "nowhere", "--all"], "the organization's projects were not listed:"),
    ],
)
def test_bad_input(command: Command, tmp_path: Path, arguments: list[str], text: str) -> None:
    """One sentence, exit code 1, and nothing is written."""
    done = command(*arguments)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(text)
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_no_credential(command: Command) -> None:
    """What the command reads is said, since it is not run by Pulumi."""
    done = command("--all", POSTHOG_API_KEY="")

    assert done.exit_code == 1
    assert done.stderr == (
        "No PostHog credential is configured; set `pulumi config set --secret posthog:apiKey` or"
        " POSTHOG_API_KEY. This command reads the environment, and a stack's configuration only"
        " with --into.\n"
    )


def test_an_older_cli(command: Command, ui: Ui, tmp_path: Path) -> None:
    """What it cannot import is written all the same, and one line says what it needs."""
    id_ = ui.create(name="Web")
    cli = tmp_path / "pulumi"
    cli.write_text("#!/bin/sh\necho v3.253.0\n")
    cli.chmod(0o700)
    done = command("--project", id_)
    refused = command("--project", id_, "--into", "prod", "--force")

    line = "`posthog-pulumi import` needs the Pulumi CLI 3.254 or newer, and this is v3.253.0.\n"
    assert (done.exit_code, done.stderr) == (0, line)
    assert (refused.exit_code, refused.stderr, refused.stdout) == (1, line, "")


def test_a_key_for_one_project(command: Command, ui: Ui, tmp_path: Path) -> None:
    """A key that may read nothing but the project, and not its organization, is enough."""
    id_ = ui.create(name="Web")
    limited = {
        "user_id": ui.tenant.user_id,
        "scopes": ["project:read"],
        "scoped_projects": [int(id_)],
    }
    key = ui.tenant.control.send("POST", "keys", limited)["value"]
    done = command("--project", id_, POSTHOG_API_KEY=key, POSTHOG_ORGANIZATION_ID="@current")

    assert done.exit_code == 0, done.output
    assert "organization_id" not in (tmp_path / "posthog_projects.py").read_text("utf-8")


@pytest.mark.parametrize("name", ["import.json", "posthog_projects.py"])
def test_nothing_is_overwritten(command: Command, ui: Ui, tmp_path: Path, name: str) -> None:
    """A file that exists is kept, before anything is asked of PostHog, unless --force is given."""
    ui.create(name="Web")
    file = tmp_path / name
    file.write_text("mine", "utf-8")
    ui.requests()
    refused = command("--all")
    kept, sent = file.read_text("utf-8"), ui.requests()
    forced = command("--all", "--force")

    assert refused.exit_code == 1
    assert refused.stderr == (
        f"{name} exists. Name another file with --program or --out, or overwrite it with --force.\n"
    )
    assert (kept, sent) == ("mine", [])
    assert forced.exit_code == 0
    assert file.read_text("utf-8") != "mine"
    assert (tmp_path / "import.json").stat().st_mode & 0o777 == 0o600
