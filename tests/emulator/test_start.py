import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
from support.emulator_process import Emulator

KEYS = (
    "organization_id",
    "api_key",
    "legacy_api_key",
    "session_id",
    "second_organization_id",
)


def test_a_data_folder_keeps_its_keys_and_projects(tmp_path: Path) -> None:
    """The same keys and projects are there at the next start over the same folder."""
    with Emulator.start(data=tmp_path) as first:
        url = f"{first.url}/api/organizations/{first.organization_id}/projects/"
        bearer = {"Authorization": f"Bearer {first.api_key}"}
        made = httpx.post(url, headers=bearer, json={"name": "Web"}).json()
    with Emulator.start(data=tmp_path) as second:
        again = httpx.get(f"{second.url}/api/projects/{made['id']}/", headers=bearer).json()

    assert [getattr(first, key) for key in KEYS] == [getattr(second, key) for key in KEYS]
    assert again == made


def test_without_a_data_folder_nothing_remains() -> None:
    """SIGTERM ends it cleanly, and its temporary folder is gone."""
    emulator = Emulator.start()

    code = emulator.stop()

    assert code == 0
    assert not emulator.log.parent.exists()


def test_two_emulators_have_different_keys(current: Emulator, docs: Emulator) -> None:
    """Keys are random for each data folder."""
    assert current.api_key != docs.api_key


def test_missing_django_names_the_extra() -> None:
    """Without the extra, one line says what to install."""
    program = (
        "import sys; sys.modules['django'] = None; sys.argv = ['posthog-pulumi', 'emulator'];"
        "from posthog_pulumi.__main__ import app; app()"
    )
    found = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert found.returncode == 1
    assert "posthog-pulumi[emulator]" in found.stderr
    assert found.stderr.count("\n") == 1


def test_the_log_tells_no_secret(current: Emulator) -> None:
    """A line has method, path, status, time and kind of credential, and nothing of the query."""
    tenant = current.tenant()
    path = f"/api/organizations/{tenant.organization_id}/projects/"
    query = {"personal_api_key": tenant.api_key, "search": "word"}
    httpx.get(current.url + path, params=query)
    (line,) = current.requests(tenant.organization_id)

    assert set(line) == {"time", "method", "path", "status", "milliseconds", "credential"}
    assert line["path"] == path
    assert line["credential"] == "personal_api_key"
    assert tenant.api_key not in json.dumps(line)


def test_a_folder_of_another_version(tmp_path: Path) -> None:
    """A data folder that this emulator cannot read is left as it is, and one line says so."""
    with closing(sqlite3.connect(tmp_path / "emulator.sqlite3")) as database:
        database.execute("PRAGMA user_version = 5")
    found = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "posthog_pulumi", "emulator", "--port=0", f"--data={tmp_path}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 1
    assert found.stderr == (
        "The data folder was made by another version of the emulator: name a new one, or remove"
        " it.\n"
    )
