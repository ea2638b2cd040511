"""The examples in other languages than Python, which run the native plugin."""

import os
import re
from pathlib import Path

import pytest
from support.cli_engine import Stack
from support.example_reader import Reader
from support.languages import hosts
from support.posthog_ui import Ui

AGAIN = "pulumi up --skip-preview --expect-no-changes"
DESTROY = "pulumi destroy --skip-preview --remove"
TOKEN = re.compile(r"ph[a-z]_\w{6,}")


@pytest.fixture(scope="module")
def hosts_folder() -> Path:
    """The folder of the language hosts; if there is none, every test here fails."""
    return hosts()


@pytest.fixture(autouse=True)
def _hosts_on_path(hosts_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pulumi finds the hosts after its own."""
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{hosts_folder}")


def token(reader: Reader) -> str:
    """The secret token that the program gives out."""
    return reader.run("pulumi stack output token --show-secrets").strip()


@pytest.mark.parametrize("name", ["yaml"])
def test_a_life_as_the_readme_tells_it(name: str, stack: Stack, tmp_path: Path, ui: Ui) -> None:
    """From the install to the end: what rotates reaches its user, and no token is shown."""
    reader = Reader(name, stack, tmp_path)
    *first, change, preview, up = reader.commands
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
