from pathlib import Path

import pytest

from posthog_pulumi.emulator import Request
from tools import demo, hosts, pulumi_cli, sdks, stack

WHOLE: list[str] = []


class TestPulumiOnPath:
    def test_complete_and_recent_enough_is_used(self) -> None:
        """A user's own Pulumi is taken before any other is got."""
        assert pulumi_cli.objection("v3.254.0\n", WHOLE) is None

    @pytest.mark.parametrize(
        ("version", "missing", "reason"),
        [
            ("v3.253.9\n", WHOLE, "is version v3.253.9, older than 3.254.0"),
            ("no version is set", WHOLE, "does not print its version"),
            ("v3.259.0", ["pulumi-language-python"], "has no pulumi-language-python beside it"),
        ],
    )
    def test_other_is_refused_with_its_reason(
        self, version: str, missing: list[str], reason: str
    ) -> None:
        """An old or incomplete Pulumi is named, and looked past."""
        assert pulumi_cli.objection(version, missing) == reason


class TestPinned:
    def test_version_stands_in_go_mod_alone(self) -> None:
        """The installer gets the same version as the build from Go modules."""
        go_mod = (pulumi_cli.TOOLS / "pulumi" / "go.mod").read_text()

        assert pulumi_cli.pinned(go_mod, pulumi_cli.PKG) == pulumi_cli.pinned(
            go_mod, pulumi_cli.SDK
        )

    def test_unknown_module_is_an_error(self) -> None:
        """A go.mod that lost its pin is not built from."""
        with pytest.raises(pulumi_cli.CannotGetError, match="does not pin example/module"):
            pulumi_cli.pinned("module other\n\ngo 1.25\n", "example/module")


class TestGetting:
    def test_unfinished_copy_is_never_taken(self, tmp_path: Path) -> None:
        """What was interrupted leaves no folder to put on PATH."""

        def interrupted(target: Path, _version: str) -> None:
            (target / "pulumi").touch()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            pulumi_cli.attempt(interrupted, "1.2.3", "pin", tmp_path)

        assert pulumi_cli.got("pin", tmp_path) is None
        assert list(tmp_path.iterdir()) == []

    def test_copy_is_used_again_until_the_pin_moves(self, tmp_path: Path) -> None:
        """A second run has nothing to get; a newer pin replaces the copy."""
        pulumi_cli.attempt(lambda _target, _version: None, "1.2.3", "old", tmp_path)
        pulumi_cli.attempt(lambda _target, _version: None, "1.2.4", "new", tmp_path)

        assert pulumi_cli.got("old", tmp_path) is None
        assert pulumi_cli.got("new", tmp_path) == tmp_path / "bin"


class TestHosts:
    @pytest.mark.parametrize(
        ("note", "usable"), [(None, True), ("now", True), ("before", False), ("unfinished", False)]
    )
    def test_what_is_there_is_taken(self, note: str | None, usable: bool, tmp_path: Path) -> None:  # noqa: FBT001
        """An installation's hosts as they are, our own unless a pin has moved since."""
        for name in hosts.NAMES:
            (tmp_path / name).touch(0o755)
        (tmp_path / ("other" if note is None else "hosts")).write_text(note or "")

        assert hosts.usable(tmp_path, "now") == usable

    def test_one_is_missing(self, tmp_path: Path) -> None:
        """Some hosts are not enough."""
        (tmp_path / hosts.NAMES[0]).touch(0o755)

        assert not hosts.usable(tmp_path, "now")

    def test_without_go(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What to install is said in one line."""
        monkeypatch.setenv("PATH", "")

        with pytest.raises(pulumi_cli.CannotGetError, match=r"^No hosts of .* Go 1\.25 to have"):
            hosts.build(tmp_path, "now")
        with pytest.raises(pulumi_cli.CannotGetError, match=r"^There is no `npm` on PATH: "):
            sdks.needed("npm")


class TestDemoTarget:
    @pytest.mark.parametrize(
        ("environ", "host"),
        [
            ({}, None),
            ({"POSTHOG_API_KEY": "phx_k"}, None),
            ({"POSTHOG_HOST": "https://eu.posthog.com"}, None),
            (
                {"POSTHOG_API_KEY": "phx_k", "POSTHOG_HOST": "https://eu.posthog.com"},
                "https://eu.posthog.com",
            ),
        ],
    )
    def test_real_posthog_takes_a_host_and_a_key(
        self, environ: dict[str, str], host: str | None
    ) -> None:
        """A key alone never makes the demo touch a real PostHog."""
        assert demo.real_host(environ) == host

    def test_each_posthog_has_a_state_of_its_own(self) -> None:
        """The emulated project 1 is not the real project 1."""
        hosts = [None, "https://us.posthog.com", "https://eu.posthog.com", "http://localhost:8010"]

        assert len({demo.folder_for(host) for host in hosts}) == len(hosts)

    def test_emulator_never_sees_real_credentials(self) -> None:
        """What the user has for the real PostHog is left out."""
        environ = {"POSTHOG_SESSION_ID": "s", "POSTHOG_PULUMI_LOG": "debug", "LANG": "C"}

        assert demo.without_posthog(environ) == {"POSTHOG_PULUMI_LOG": "debug", "LANG": "C"}


class TestDemoOutput:
    def test_secret_is_cut_and_the_rest_is_shown(self) -> None:
        """A token is recognised by how it begins, and useless."""
        shown = {"api_token": "[secret]", "project_id": "1"}
        revealed = {"api_token": "phc_abcdefghijkl", "project_id": "1"}

        assert demo.masked(shown, revealed) == [
            "api_token              phc_abcd…",
            "project_id             1",
        ]

    def test_each_request_is_shown_with_its_step(self) -> None:
        """What reached PostHog is shown in order."""
        request = Request("", "POST", "/api/projects/", 201, 1.5, "personal_api_key")

        assert demo.story("up", [request]) == ["up       POST   /api/projects/  201"]

    def test_silence_is_shown_too(self) -> None:
        """A preview says that it sent nothing."""
        assert demo.story("preview", []) == ["preview  no request"]


class TestHermetic:
    def test_callers_pulumi_settings_stay_out(self, tmp_path: Path) -> None:
        """Neither the caller's cloud nor its stack is ever touched."""
        caller = {"PULUMI_ACCESS_TOKEN": "t", "PULUMI_STACK": "prod", "LANG": "C"}

        environ = stack.hermetic(caller, tmp_path)

        assert not {"PULUMI_ACCESS_TOKEN", "PULUMI_STACK"} & environ.keys()
        assert environ["PULUMI_BACKEND_URL"] == (tmp_path / "state").as_uri()

    def test_callers_passphrase_is_kept(self, tmp_path: Path) -> None:
        """Whoever runs the demo on a real PostHog may encrypt its state with a phrase of theirs."""
        environ = stack.hermetic({stack.PASSPHRASE: "mine"}, tmp_path)

        assert environ[stack.PASSPHRASE] == "mine"

    def test_a_setting_of_the_engine_is_added(self, tmp_path: Path) -> None:
        """What is measured with and without is set on purpose, not inherited."""
        skipping = {"PULUMI_SKIP_CHECKPOINTS": "true"}
        inherited, added = (
            stack.Stack(tmp_path, tmp_path, environ, settings=settings).variables
            for environ, settings in ((skipping, {}), ({}, skipping))
        )

        assert "PULUMI_SKIP_CHECKPOINTS" not in inherited
        assert added["PULUMI_SKIP_CHECKPOINTS"] == "true"
