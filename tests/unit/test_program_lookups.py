import json
from collections.abc import Callable
from typing import Any, Final

import pulumi
import pytest
from pulumi import Output
from pulumi.runtime.stack import massage
from pydantic import SecretStr
from support.fake_posthog import ACME
from support.fake_posthog_secrets import MintingPostHog, with_token
from support.mocked_programs import Run, run

import posthog_pulumi
from posthog_pulumi.config import load
from posthog_pulumi.lifecycle import connection

KEY: Final = "phx_of_a_program"
EU: Final = "https://eu.posthog.com"
CHANGE: Final = {"field": "api_token", "before": "phc_old", "after": "phc_token001"}
ENTRIES: Final = [
    {
        "id": str(number),
        "activity": "updated",
        "scope": "Team",
        "created_at": "2026-11-24T00:00:00Z",
        "detail": {"name": "Web", "changes": [CHANGE]},
    }
    for number in range(3)
]


@pytest.fixture(autouse=True)
def posthog(monkeypatch: pytest.MonkeyPatch) -> MintingPostHog:
    """What the environment's key leads to: one project with both tokens, and a log."""
    found = MintingPostHog({1: with_token("phs_current", "phs_backup")}, log=ENTRIES)
    monkeypatch.setenv("POSTHOG_API_KEY", KEY)
    known = {load({"apiKey": KEY}.get, {}): found.connection()}
    monkeypatch.setattr(connection, "connect", known.__getitem__)
    return found


def exported(look_up: Callable[[], Any]) -> Run:
    """A program that exports what it looks up."""
    return run(lambda: {"found": Output.from_input(look_up())})


PLAIN: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (posthog_pulumi.get_project, {"id": "1"}),
    (posthog_pulumi.get_project, {"name": "Web"}),
    (posthog_pulumi.get_projects, {}),
    (posthog_pulumi.get_organization, {}),
    (lambda **given: list(posthog_pulumi.get_project_activity(**given)), {"project_id": "1"}),
    (posthog_pulumi.is_generating_demo_data, {"project_id": "1"}),
]


@pytest.mark.parametrize(("look_up", "given"), PLAIN)
def test_found(look_up: Callable[..., Any], given: dict[str, Any]) -> None:
    """What is looked up shows no token, however it is printed."""
    found = look_up(**given)

    assert found is not None
    assert "phc_token" not in f"{found!r} {found}"
    assert "phs_" not in f"{found!r} {found}"


@pytest.mark.parametrize(("look_up", "given"), PLAIN)
@pytest.mark.parametrize("key", ["phc_project1", ""])
def test_one_line(
    monkeypatch: pytest.MonkeyPatch, look_up: Callable[..., Any], given: dict[str, Any], key: str
) -> None:
    """Whatever fails ends the program with one line, not with a traceback."""
    monkeypatch.setenv("POSTHOG_API_KEY", key)

    with pytest.raises(pulumi.RunError) as caught:
        look_up(**given)
    assert len(str(caught.value).splitlines()) == 1
    assert "POSTHOG_API_KEY" in str(caught.value)
    assert caught.value.__cause__ is None


def test_absent() -> None:
    """A project that does not exist is named."""
    with pytest.raises(pulumi.RunError, match=r"^project 7 was not found: PostHog says"):
        posthog_pulumi.get_project("7")


def test_stack_configuration(posthog: MintingPostHog) -> None:
    """Look-ups use the stack's configuration before the environment's."""

    def program() -> dict[str, Output[Any]]:
        posthog_pulumi.get_project("1")
        return {}

    with pytest.raises(pulumi.RunError, match="posthog:apiKey is a project API key"):
        run(program, config={"apiKey": "phc_of_the_stack"})
    assert posthog.asked == []


def test_tokens_of_a_script() -> None:
    """Outside of a program there are no Outputs: tokens are what no print shows."""
    found = posthog_pulumi.get_project("1")

    assert found["api_token"] == SecretStr("phc_token001")
    assert found["secret_api_token"] == SecretStr("phs_current")


def test_an_entry() -> None:
    """What is nested has attributes too, and a token that the log shows is hidden."""
    entry = next(posthog_pulumi.get_project_activity("1"))
    (change,) = entry.detail.changes or []

    assert (entry.id, entry.detail.name, change.field) == ("0", "Web", "api_token")
    assert change["after"] == SecretStr("phc_token001")


class TestPlain:
    def test_a_token(self) -> None:
        """In a program a token is a secret Output, for another resource's arguments."""
        read = exported(lambda: posthog_pulumi.get_project("1").api_token).outputs["found"]

        assert (read.value, read.secret) == ("phc_token001", True)

    @pytest.mark.parametrize(("look_up", "given"), PLAIN)
    def test_export(self, look_up: Callable[..., Any], given: dict[str, Any]) -> None:
        """What is found is passed on as objects, lists and values, with nothing of ours inside."""
        found = exported(lambda: massage(look_up(**given), [])).outputs["found"].value

        assert json.loads(json.dumps(found)) == found

    def test_a_secret_setting(self, posthog: MintingPostHog) -> None:
        """So is a setting that is secret; all others are what they are."""
        posthog.projects[1] |= {"slack_incoming_webhook": "https://hooks.example/x"}
        found: dict[str, Any] = {}

        def program() -> dict[str, Output[Any]]:
            found.update(posthog_pulumi.get_project("1").settings)
            return {}

        run(program)

        assert isinstance(found["slack_incoming_webhook"], Output)
        assert found["timezone"] == "UTC"


def test_pages_are_fetched_as_they_are_reached(posthog: MintingPostHog) -> None:
    """A log that nobody reads costs no request."""
    posthog_pulumi.get_project_activity("1")

    assert posthog.asked == []


class TestOutputs:
    @pytest.mark.parametrize(
        ("look_up", "secret"),
        [
            (lambda: posthog_pulumi.get_project_output(Output.from_input("1")), True),
            (lambda: posthog_pulumi.get_project_output(name="Web"), True),
            (lambda: posthog_pulumi.get_projects_output(Output.from_input(ACME)), True),
            (lambda: posthog_pulumi.get_project_activity_output("1"), True),
            (lambda: posthog_pulumi.get_organization_output(ACME), False),
            (lambda: posthog_pulumi.is_generating_demo_data_output("1"), False),
        ],
    )
    def test_secret(self, *, look_up: Callable[[], Output[Any]], secret: bool) -> None:
        """What holds a token is a secret as a whole; what holds none is not."""
        read = exported(look_up).outputs["found"]

        assert read.known
        assert read.secret is secret

    def test_tokens_in_clear(self) -> None:
        """Inside the secret the tokens are strings, as another resource's arguments want them."""
        found = exported(lambda: posthog_pulumi.get_project_output("1")).outputs["found"].value

        assert (found.api_token, found.secret_api_token, found.secret_api_token_backup) == (
            "phc_token001",
            "phs_current",
            "phs_backup",
        )

    def test_parts_stay_secret(self) -> None:
        """A token taken out of the Output is a secret as well."""
        done = exported(
            lambda: posthog_pulumi.get_project_output("1").apply(lambda it: it.api_token)
        )

        assert done.outputs["found"].value == "phc_token001"
        assert done.outputs["found"].secret

    def test_projects(self) -> None:
        """So it is for all projects."""
        (found,) = exported(posthog_pulumi.get_projects_output).outputs["found"].value

        assert (found.id, found.api_token) == ("1", "phc_token001")

    @pytest.mark.parametrize(("limit", "ids"), [(2, ["0", "1"]), (100, ["0", "1", "2"]), (0, [])])
    def test_activity(self, limit: int, ids: list[str]) -> None:
        """Of the log, the newest entries are taken, as many as are asked for."""
        done = exported(lambda: posthog_pulumi.get_project_activity_output("1", limit=limit))

        assert [one.id for one in done.outputs["found"].value] == ids

    def test_failing(self) -> None:
        """A look-up that fails inside an Output fails the program."""
        with pytest.raises(pulumi.RunError, match="project 7 was not found"):
            exported(lambda: posthog_pulumi.get_project_output(Output.from_input("7")))
