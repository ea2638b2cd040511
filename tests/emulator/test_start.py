import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import httpx
import pytest

from posthog_pulumi.emulator import Emulator, EmulatorError, running

COMMAND = [sys.executable, "-m", "posthog_pulumi", "emulator", "--port=0"]


def failed(*command: str) -> str:
    """What a command that ends with 1 writes to standard error."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 1
    return done.stderr


def test_a_data_folder_keeps_its_keys_and_projects(tmp_path: Path) -> None:
    """The same keys and projects are there at the next start over the same folder."""
    with running(data=tmp_path) as first:
        url = f"{first.url}/api/organizations/{first.organization_id}/projects/"
        bearer = {"Authorization": f"Bearer {first.api_key}"}
        made = httpx.post(url, headers=bearer, json={"name": "Web"}).json()
    with running(data=tmp_path) as second:
        again = httpx.get(f"{second.url}/api/projects/{made['id']}/", headers=bearer).json()

    assert first.environ | {"POSTHOG_HOST": second.url} == second.environ
    assert first.legacy_api_key == second.legacy_api_key
    assert first.second_organization_id == second.second_organization_id
    assert again == made


def test_a_data_folder_is_served_by_one(tmp_path: Path) -> None:
    """A second emulator over it is refused in one line, until the first has ended."""
    with running(data=tmp_path), pytest.raises(EmulatorError) as caught, running(data=tmp_path):
        pass
    with running(data=tmp_path) as after:
        url = after.url

    assert f"Another emulator serves {tmp_path}: end it, or" in str(caught.value)
    assert url


@pytest.mark.parametrize("number", [SIGTERM, SIGINT])
def test_a_signal_ends_it(number: Signals) -> None:
    """It ends in order, and its temporary folder is gone."""
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own
        assert process.stdout
        log = Path(json.loads(process.stdout.readline())["log"])
        process.send_signal(number)

    assert process.returncode == 0
    assert not log.parent.exists()


def test_two_emulators_have_different_keys(
    posthog_emulator: Emulator, posthog_emulator_2025: Emulator
) -> None:
    """Keys are random for each data folder."""
    assert posthog_emulator.api_key != posthog_emulator_2025.api_key


def test_missing_django_names_the_extra() -> None:
    """Without the extra, one line says what to install."""
    program = (
        "import sys; sys.modules['django'] = None; sys.argv = ['posthog-pulumi', 'emulator'];"
        "from posthog_pulumi.__main__ import app; app()"
    )
    text = failed(sys.executable, "-c", program)

    assert "posthog-pulumi[emulator]" in text
    assert text.count("\n") == 1


def test_the_log_tells_no_secret(posthog_emulator: Emulator) -> None:
    """A line has method, path, status, time and kind of credential, and nothing of the query."""
    tenant = posthog_emulator.new_tenant()
    path = f"/api/organizations/{tenant.organization_id}/projects/"
    query = {"personal_api_key": tenant.api_key, "search": "word"}
    httpx.get(tenant.url + path, params=query)
    line = json.loads(tenant.requests.file.read_text("utf-8").splitlines()[-1])

    assert set(line) == {"time", "method", "path", "status", "milliseconds", "credential"}
    assert line["path"] == path
    assert line["credential"] == "personal_api_key"
    assert tenant.api_key not in json.dumps(line)


def test_a_folder_of_another_version(tmp_path: Path) -> None:
    """A data folder that this emulator cannot read is left as it is, and one line says so."""
    with closing(sqlite3.connect(tmp_path / "emulator.sqlite3")) as database:
        database.execute("PRAGMA user_version = 5")

    assert failed(*COMMAND, f"--data={tmp_path}") == (
        "The data folder was made by another version of the emulator: name a new one, or remove"
        " it.\n"
    )
