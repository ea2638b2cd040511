"""The Pulumi CLI as a command runs it, played by a script."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from posthog_pulumi.commands import pulumi_cli
from posthog_pulumi.commands.pulumi_cli import CommandFailedError, Setting
from posthog_pulumi.errors import ConfigurationError

SECRET = "phs_of_the_test"  # noqa: S105  # no real one


@pytest.fixture
def pulumi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script in a folder of its own, the only one on PATH; the test says what it does."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder / "pulumi"


def script(file: Path, body: str) -> str:
    """Write it; ``argv`` holds its arguments."""
    file.write_text(f"#!{sys.executable}\nimport json, os, sys, time\nargv = sys.argv\n{body}\n")
    file.chmod(0o700)
    return str(file)


WITNESS = """
path = argv[argv.index("--file") + 1]
found = {"argv": argv[1:], "text": open(path).read(), "mode": oct(os.stat(path).st_mode)}
open("found.json", "w").write(json.dumps(found))
sys.exit(3)
"""


def test_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the CLI it is one line."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(ConfigurationError) as caught:
        pulumi_cli.required()
    assert str(caught.value) == "there is no pulumi on PATH. Install the Pulumi CLI."


@pytest.mark.parametrize("version", ["v3.254.0", "v3.259.0-dev.1", "v4.0.0", "nonsense"])
def test_new_enough(pulumi: Path, version: str) -> None:
    """What cannot be read is taken for new."""
    script(pulumi, f"print({version!r})")

    assert pulumi_cli.required_for_import() == str(pulumi)


@pytest.mark.parametrize("version", ["v3.253.9", "v3.99.0", "v2.300.0"])
def test_too_old(pulumi: Path, version: str) -> None:
    """An older CLI cannot import, in one line that names the version; all else it can."""
    script(pulumi, f"print({version!r})")

    with pytest.raises(ConfigurationError) as caught:
        pulumi_cli.required_for_import()
    assert pulumi_cli.required() == str(pulumi)
    assert str(caught.value) == (
        f"`posthog-pulumi import` needs the Pulumi CLI 3.254 or newer, and this is {version}."
    )


def test_configuration(pulumi: Path) -> None:
    """The stack's configuration is read with its secrets."""
    found = {
        "posthog:apiKey": {"value": "phx_a", "secret": True},
        "test:x": {"value": "1", "secret": False},
    }
    script(pulumi, f"print(json.dumps({found!r}) if '--show-secrets' in argv else '')")

    assert pulumi_cli.configuration(str(pulumi), "prod") == {
        "posthog:apiKey": Setting("phx_a", secret=True),
        "test:x": Setting("1", secret=False),
    }


def test_no_such_stack(pulumi: Path) -> None:
    """Pulumi says why, and the command which one failed."""
    script(pulumi, "sys.exit(255)")

    with pytest.raises(CommandFailedError) as caught:
        pulumi_cli.configuration(str(pulumi), "prod")
    assert str(caught.value) == ("`pulumi config --stack prod --show-secrets --json` failed.")


@pytest.mark.parametrize("text", [SECRET, SECRET * 100_000])
def test_through_a_pipe(pulumi: Path, tmp_path: Path, text: str) -> None:
    """The file never lies on disk, however long it is; the exit code is Pulumi's."""
    code = pulumi_cli.import_(script(pulumi, WITNESS), text, ["--stack", "prod"])
    found = json.loads((tmp_path / "found.json").read_text())

    assert code == 3
    assert found["text"] == text
    assert found["mode"].startswith("0o1")  # a pipe
    assert found["argv"][0] == "import"
    assert found["argv"][1:3] == ["--file", found["argv"][2]]
    assert found["argv"][3:] == ["--generate-code=false", "--stack", "prod"]


def test_a_cli_that_does_not_read(pulumi: Path) -> None:
    """One that fails before it reads the file ends the command as well."""
    code = pulumi_cli.import_(script(pulumi, "sys.exit(4)"), SECRET * 100_000, [])

    assert code == 4


def test_through_a_private_folder(
    pulumi: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where open files have no names, the file is this user's alone, and gone afterwards."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    code = pulumi_cli.import_(script(pulumi, WITNESS), SECRET, [], descriptors=None)
    found = json.loads((tmp_path / "found.json").read_text())

    assert (code, found["text"], found["mode"]) == (3, SECRET, "0o100600")
    assert not Path(found["argv"][2]).parent.exists()


WAITS = """
open("file", "w").write(argv[argv.index("--file") + 1])
open("ready", "w").close()
time.sleep(60)
"""
IMPORT = """
import sys
from posthog_pulumi.commands import pulumi_cli
pulumi_cli.import_(sys.argv[1], "phs_of_the_test", [], descriptors=None)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_removes_the_folder(pulumi: Path, tmp_path: Path, number: int) -> None:
    """The command that is ended takes the folder, and the CLI, with it."""
    os.mkfifo(tmp_path / "ready")
    command = [sys.executable, "-c", IMPORT, script(pulumi, WAITS)]
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, cwd=tmp_path, env=environ) as process:  # noqa: S603  # ours
        (tmp_path / "ready").read_text()
        process.send_signal(number)
        code = process.wait()

    assert code == 128 + number
    assert not Path((tmp_path / "file").read_text()).parent.exists()
