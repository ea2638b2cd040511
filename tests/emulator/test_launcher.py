import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from support.emulator_api import Api, by_key, client, refusal
from support.papers import blocks

from posthog_pulumi.emulator import Emulator, EmulatorError, Fault, RequestLog, Tenant, running

COMMAND = [sys.executable, "-m", "posthog_pulumi", "emulator", "--port=0", "--until-eof"]
LINE = '{"time": "", "method": "GET", "path": "%s", "status": 200, "milliseconds": 1, "credential": "none"}\n'  # noqa: E501 - as it is in the file


class BrokenError(Exception):
    """Something goes wrong in the block."""


class TestRunning:
    def test_it_ends_with_the_block(self) -> None:
        """Nobody listens afterwards, and what was kept is gone."""
        with running() as emulator:
            status = client(emulator).get("/api/organizations/").status_code
        with pytest.raises(httpx.ConnectError):
            client(emulator).get("/api/organizations/")

        assert status == 401
        assert not emulator.requests.file.parent.exists()

    @pytest.mark.parametrize("error", [BrokenError, KeyboardInterrupt, SystemExit])
    def test_it_ends_when_the_block_fails(self, error: type[BaseException]) -> None:
        """No error leaves a process behind."""
        with pytest.raises(error), running() as emulator:
            raise error
        with pytest.raises(httpx.ConnectError):
            client(emulator).get("/api/organizations/")

    def test_it_ends_with_its_parent(self) -> None:
        """When the other end of standard input is gone, because its holder was killed, it ends."""
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            process.communicate()

        assert process.returncode == 0

    def test_a_failed_start_says_why(self, posthog_emulator: Emulator) -> None:
        """The error is one sentence."""
        port = int(posthog_emulator.url.split(":")[-1])
        with pytest.raises(EmulatorError) as failed, running(port=port):
            pass

        assert str(failed.value) == (
            f"The emulator did not start: Port {port} of 127.0.0.1 cannot be used:"
            " Address already in use."
        )

    def test_its_standard_error_is_passed_on(self, capfd: pytest.CaptureFixture[str]) -> None:
        """A path that it does not serve is named there."""
        with running() as emulator:
            client(emulator).get("/api/nothing/")

        assert "/api/nothing/" in capfd.readouterr().err

    def test_its_standard_error_is_quiet(self, capfd: pytest.CaptureFixture[str]) -> None:
        """A mistake of the caller, or too many calls, are responses and nothing to read."""
        with running() as emulator:
            key = by_key(emulator, emulator.api_key)
            other_form = key.get("/api/projects/", params={"format": "xml"})
            sent = {"api_key": emulator.api_key, "burst": "1/minute"}
            emulator.control.send("POST", "throttle", sent)
            throttled = [key.get("/api/projects/").status_code for _ in range(2)]

        assert refusal(other_form) == (404, "not_found", "Not found.", None)
        assert throttled == [200, 429]
        assert capfd.readouterr().err == ""

    def test_its_import_is_light(self) -> None:
        """Who starts an emulator loads neither Django nor httpx."""
        code = "import posthog_pulumi.emulator, sys; print({'django', 'httpx'} & {*sys.modules})"
        found = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603 - ours

        assert found == "set()\n"


class TestRequestLog:
    def test_new(self, tmp_path: Path) -> None:
        """The log of a data folder goes on from run to run; new is what has come since."""
        file = tmp_path / "requests.jsonl"
        file.write_text(LINE % "/old")
        log = RequestLog(file)
        file.write_text(LINE % "/old" + LINE % "/new")

        assert [request.path for request in log.new()] == ["/new"]
        assert log.new() == []

    def test_a_line_that_is_being_written(self, tmp_path: Path) -> None:
        """It is left for the next look."""
        file = tmp_path / "requests.jsonl"
        file.write_text("")
        log = RequestLog(file)
        file.write_text(LINE % "/first" + '{"time"')
        first = log.new()
        file.write_text(LINE % "/first" + LINE % "/second")

        assert [request.path for request in first] == ["/first"]
        assert [request.path for request in log.new()] == ["/second"]

    def test_all(self, api: Api) -> None:
        """Requests are found by a part of their path, also those that were new before."""
        api.make()
        api.tenant.requests.new()
        (made,) = api.tenant.requests.all(api.tenant.organization_id)

        assert (made.method, made.path, made.status) == ("POST", api.projects, 201)
        assert made.credential == "personal_api_key"


class TestControl:
    def test_a_mistake_is_named(self, posthog: Tenant) -> None:
        """What makes no sense is an error, not silence."""
        with pytest.raises(EmulatorError, match=r"POST /_emulator/tenants was refused: .*leve\b"):
            posthog.control.send("POST", "tenants", {"leve": 1})
        with pytest.raises(EmulatorError, match="no control endpoint /_emulator/tenant"):
            posthog.control.send("POST", "tenant")

    def test_a_fault_is_for_one_organization(self, api: Api) -> None:
        """The path may name the organization, so that others are left alone."""
        other = Api(api.tenant.new_tenant())
        api.tenant.control.fault(Fault(path=f"{api.projects}**", status=503, times=None))

        assert api.key.get(api.projects).status_code == 503
        assert other.key.get(other.projects).status_code == 200

    def test_a_deletion_is_finished(self, api: Api) -> None:
        """A pending project is gone at once."""
        project = api.make()
        api.key.delete(api.path(project))
        api.tenant.control.finish_deletion(project["id"])

        assert api.key.get(api.path(project)).status_code == 404


class TestTenant:
    def test_it_has_its_own_credentials(self, posthog: Tenant) -> None:
        """The environment names the tenant's organization, for a provider that is started in it."""
        assert posthog.environ == {
            "POSTHOG_HOST": posthog.url,
            "POSTHOG_API_KEY": posthog.api_key,
            "POSTHOG_SESSION_ID": posthog.session_id,
            "POSTHOG_ORGANIZATION_ID": posthog.organization_id,
        }

    def test_it_may_be_poor(self, posthog: Tenant) -> None:
        """Level and scopes say what the user and the key may do."""
        poor = Api(posthog.new_tenant(level=1, scopes=["project:read"]))

        assert poor.key.get(poor.projects).status_code == 200
        assert poor.key.post(poor.projects, json={}).status_code == 403

    def test_nobody_sees_another(self, posthog: Tenant) -> None:
        """Tests that share an emulator do not meet."""
        other = Api(posthog.new_tenant())
        other.make(name="Theirs")

        assert Api(posthog).key.get("/api/organizations/").json()["count"] == 1
        assert Api(posthog).key.get(other.projects).json()["count"] == 0


def test_no_fault_is_left(posthog_emulator: Emulator, request: pytest.FixtureRequest) -> None:
    """A test with ``posthog`` begins without faults, whatever an earlier one added."""
    posthog_emulator.control.fault(Fault(path="/left", status=500, times=None))
    request.getfixturevalue("posthog")

    assert posthog_emulator.control.send("GET", "faults") == []


def test_the_page_example(capsys: pytest.CaptureFixture[str]) -> None:
    """What the page on the emulator shows for a program of one's own runs."""
    _suite, program = blocks("python", ["docs/emulator.md"])
    exec(compile(program.text, str(program), "exec"), {})  # noqa: S102  # what a page shows

    assert " phx_" in capsys.readouterr().out


def test_no_key_is_printed(posthog_emulator: Emulator, posthog: Tenant) -> None:
    """An account in a failed assertion, or in a log, shows neither its keys nor its session."""
    printed = f"{posthog_emulator} {posthog!r}"
    secrets = {
        *(posthog_emulator.api_key, posthog_emulator.legacy_api_key, posthog_emulator.session_id),
        *(posthog.api_key, posthog.session_id),
    }

    assert [secret for secret in secrets if secret in printed] == []
    assert posthog.organization_id in printed
