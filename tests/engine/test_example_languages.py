"""The examples in other languages than Python, which run the native plugin."""

import os
import re
from pathlib import Path

import pytest
from support.cli_engine import Stack
from support.example_reader import Reader
from support.languages import BY_THE_TOOLS, hosts, link
from support.posthog_ui import Ui

from tools import sdks

AGAIN = "pulumi up --skip-preview --expect-no-changes"
DESTROY = "pulumi destroy --skip-preview --remove"
TOKEN = re.compile(r"ph[a-z]_\w{6,}")


@pytest.fixture(scope="module")
def hosts_folder() -> Path:
    """The folder of the language hosts; if there is none, every test here fails."""
    return hosts()


@pytest.fixture(autouse=True)
def _hosts_on_path(hosts_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pulumi finds the hosts after its own, and programs start as fast as they can."""
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{hosts_folder}")
    typed_below = {"PULUMI_NODEJS_TRANSPILE_ONLY": "true"}
    for key, value in {**sdks.PLAIN, **typed_below}.items():
        monkeypatch.setenv(key, value)


def by_hand(reader: Reader) -> list[str]:
    """The README's commands that nothing stands in for."""
    return [line for line in reader.commands if not line.startswith(BY_THE_TOOLS)]


def token(reader: Reader) -> str:
    """The secret token that the program gives out."""
    return reader.run("pulumi stack output token --show-secrets").strip()


def contents(folder: Path) -> dict[Path, bytes]:
    """Its files."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["yaml", "typescript", "go"])
def test_a_life_as_the_readme_tells_it(name: str, stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """From the install to the end: what rotates reaches its user, and no token is shown."""
    reader = Reader(name, stack, tmp_path)
    link(reader, name)
    *first, change, preview, up = by_hand(reader)
    created = reader.run(*first)
    old = token(reader)
    there = ui.projects()
    same = reader.run(AGAIN)
    shown = reader.run(change, preview)
    rotated = reader.run(up)
    new = token(reader)
    state = reader.state()
    ended = reader.run(DESTROY)

    assert "+ 4 created" in created
    assert there == ["Website"]
    assert "4 unchanged" in same
    assert re.findall(r"~ 1 to update|\+-1 to replace|2 unchanged", shown) == [
        "~ 1 to update",
        "+-1 to replace",
        "2 unchanged",
    ]
    assert re.search(r"~ +pulumi:index:Stash +backend +updated", rotated)
    assert old.startswith("phs_")
    assert new not in {old, ""}
    assert TOKEN.findall(created + same + shown + rotated + state + ended) == []
    assert ui.projects() == []


def test_a_misspelt_property_in_yaml(stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """It is refused with its place in the file, and nothing is sent."""
    reader = Reader("yaml", stack, tmp_path)
    program = reader.home / "Pulumi.yaml"
    program.write_text(program.read_text("utf-8").replace("timezone:", "time_zone:"), "utf-8")
    said = reader.run(*reader.commands[1:3], "! pulumi preview")

    assert re.search(r"on Pulumi\.yaml line \d+", said)
    assert "time_zone" in said
    assert ui.requests() == []


def test_the_typescript_program_is_well_typed(stack: Stack, tmp_path: Path) -> None:
    """By TypeScript's strict rules, as is the SDK for it."""
    reader = Reader("typescript", stack, tmp_path)
    link(reader, "typescript")

    assert reader.run("node_modules/.bin/tsc --strict --project .") == ""


@pytest.mark.parametrize("language", ["nodejs", "go"])
def test_an_sdk_is_the_same_each_time(language: str, tmp_path: Path) -> None:
    """Two runs of the generator write the same files, byte for byte."""
    first, second = (tmp_path / name for name in ("first", "second"))
    sdks.generate(language, first)
    sdks.generate(language, second)

    assert contents(first) == contents(second) != {}
