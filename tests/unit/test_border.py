import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest
from pulumi.output import Unknown
from pulumi.runtime import rpc
from support.fake_posthog import ACME, FakePostHog, body
from support.project_provider import provider

from posthog_pulumi.errors import DataGuardError, PostHogError
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.properties import TOKENS, UNSET
from posthog_pulumi.steps.project import ProjectSteps

UNKNOWN = cast("Callable[[], object]", Unknown)()
PICKLE = {"__provider": "gASV"}
WEBHOOK = "https://hooks.hidden.example"


@dataclass
class Steps(ProjectSteps):
    """The steps of a project over this PostHog."""

    posthog: FakePostHog

    def connection(self) -> Connection:
        """A connection to it."""
        return self.posthog.connection()


def recorded(**news: Any) -> dict[str, Any]:
    """What the engine has of a project made with these arguments; secrets come back in clear."""
    outputs = Steps(FakePostHog()).create({**PICKLE, "name": "Web", **news}).outs or {}
    clear = {name: rpc.unwrap_rpc_secret(value) for name, value in outputs.items()}
    return {**clear, **PICKLE}


class TestCheck:
    def test_normal_form(self) -> None:
        """Arguments come out as PostHog would write them, with all that is Pulumi's kept."""
        news = {**PICKLE, "name": " Web ", "session_recording_sample_rate": "0.50"}
        result = provider().check({}, news)

        assert result.failures == []
        assert result.inputs["name"] == "Web"
        assert result.inputs["session_recording_sample_rate"] == 0.5

    def test_failures(self) -> None:
        """Every mistake is a failure without a property, since the engine prints its value."""
        news = {**PICKLE, "name": "", "slack_incoming_webhook": [WEBHOOK], "timezone": "Mars"}
        failures = provider().check({}, news).failures or []

        assert [one.property for one in failures] == ["", "", ""]
        assert sorted(one.reason for one in failures) == [
            "name must not be empty",
            "slack_incoming_webhook must be a string",
            "timezone must be an IANA time zone, such as Europe/Berlin",
        ]

    def test_bad_configuration(self) -> None:
        """A configuration that cannot be used is a failure as well, before anything is sent."""
        failures = provider(apiKey="phc_project1").check({}, {"name": ""}).failures or []

        assert [one.reason.split(" ")[0] for one in failures] == ["name", "posthog:apiKey"]

    @pytest.mark.parametrize(
        "news",
        [
            {"name": UNKNOWN},
            {"name": "Web", "timezone": UNKNOWN},
            {"name": "Web", "app_urls": ["https://a.example", UNKNOWN]},
            {"name": "Web", "survey_config": {"appearance": {"color": UNKNOWN}}},
        ],
    )
    def test_unknown(self, news: dict[str, Any]) -> None:
        """What is not computed yet passes, at any depth, and stays unknown."""
        result = provider().check({}, news)

        assert result.failures == []
        assert result.inputs == news

    def test_known_beside_unknown(self) -> None:
        """A mistake beside something not computed yet is found in the preview."""
        failures = provider().check({}, {"name": UNKNOWN, "timezone": "Mars"}).failures or []

        assert [one.reason.split(" ")[0] for one in failures] == ["timezone"]

    def test_secret_argument(self) -> None:
        """An argument that holds a secret is marked as one, whatever the program passed."""
        inputs = provider().check({}, {"name": "Web", "slack_incoming_webhook": WEBHOOK}).inputs

        assert inputs["slack_incoming_webhook"] == rpc.wrap_rpc_secret(WEBHOOK)


class TestDiff:
    @pytest.mark.parametrize(
        ("news", "changes"),
        [
            ({"name": "Web", "surveys_opt_in": True}, False),
            ({"name": "Web", "surveys_opt_in": True, "__provider": "other"}, False),
            ({"name": "Website", "surveys_opt_in": True}, True),
            ({"name": "Web"}, True),
            ({"name": "Web", "surveys_opt_in": UNKNOWN}, True),
        ],
    )
    def test_explicit(self, *, news: dict[str, Any], changes: bool) -> None:
        """The result is explicit; another version of the provider is no change."""
        olds = recorded(surveys_opt_in=True)
        result = provider().diff("1", olds, {**PICKLE, **news})

        assert result.changes is changes
        assert not result.replaces

    def test_without_credential(self) -> None:
        """A preview needs no key to tell what would change."""
        result = provider(apiKey="").diff("1", recorded(), {"name": "Website"})

        assert result.changes is True


class TestOutputs:
    def test_secrets(self) -> None:
        """Tokens and settings that hold a secret leave the provider marked as secrets."""
        news = {"name": "Web", "slack_incoming_webhook": WEBHOOK}
        outs = Steps(FakePostHog(fixed={"secret_api_token": "phs_current"})).create(news).outs or {}

        assert outs["api_token"] == rpc.wrap_rpc_secret("phc_token001")
        assert outs["secret_api_token"] == rpc.wrap_rpc_secret("phs_current")
        assert outs["slack_incoming_webhook"] == rpc.wrap_rpc_secret(WEBHOOK)

    @pytest.mark.parametrize("token", [*TOKENS, "slack_incoming_webhook"])
    def test_update_and_refresh(self, token: str) -> None:
        """They do so at every step."""
        secrets: dict[str, Any] = {
            name: f"hidden_{name}" for name in (*TOKENS, "slack_incoming_webhook")
        }
        steps = Steps(FakePostHog({1: body(**secrets)}))
        olds = {**recorded(), "slack_incoming_webhook": WEBHOOK}
        read = steps.read("1", olds)
        updated = steps.update("1", olds, {"name": "Website", "slack_incoming_webhook": "hidden"})

        assert rpc.is_rpc_secret((read.outs or {})[token])
        assert rpc.is_rpc_secret((updated.outs or {})[token])
        assert rpc.is_rpc_secret((read.inputs or {})["slack_incoming_webhook"])

    def test_without_provider(self) -> None:
        """Pulumi's own properties stay Pulumi's."""
        outs = Steps(FakePostHog()).create({**PICKLE, "name": "Web"}).outs or {}

        assert "__provider" not in outs
        assert UNSET in outs


class TestSteps:
    def test_update(self) -> None:
        """An update returns all outputs, since the engine forgets the rest."""
        steps = Steps(FakePostHog({1: body()}))
        outs = steps.update("1", recorded(), {"name": "Website"}).outs or {}

        assert outs.keys() == (steps.read("1", recorded()).outs or {}).keys()
        assert outs["name"] == "Website"

    def test_refresh(self) -> None:
        """A refresh gives the live values of what is declared, as inputs too."""
        read = Steps(FakePostHog({1: body(name="Renamed")})).read("1", recorded())

        assert (read.id, read.inputs) == ("1", {"name": "Renamed"})

    def test_gone(self) -> None:
        """A blank id tells a refresh that the project is gone."""
        read = Steps(FakePostHog()).read("1", recorded())

        assert (read.id, read.outs) == ("", {})

    def test_get(self) -> None:
        """``.get()`` reads a project that is not in the state."""
        read = Steps(FakePostHog({7: body(7)})).read("7", {**PICKLE, "organization_id": ACME})

        assert (read.outs or {})["name"] == "Web"

    def test_get_absent(self) -> None:
        """``.get()`` of a project that does not exist is an error, not an empty resource."""
        with pytest.raises(PostHogError, match="project 7 was not found"):
            Steps(FakePostHog()).read("7", PICKLE)

    def test_guard(self) -> None:
        """The data guard holds with nothing but what is in the state."""
        with pytest.raises(DataGuardError):
            Steps(FakePostHog({1: body(ingested_event=True)})).delete("1", recorded())


def test_no_key_in_a_warning(stderr: Callable[[], str]) -> None:
    """A warning is one line without a key, whatever it is about."""
    logging.getLogger("posthog_pulumi.any").warning("a bug said\n%s", "phx_abcdefgh")

    assert stderr() == "warning: a bug said phx_…\n"
