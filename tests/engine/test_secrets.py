import re

import pulumi
from support.cli_engine import Stack
from support.native_resources import RESOURCES, Resources
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject

TOKEN = re.compile(r"ph[a-z]_\w{6,}")


def web(resources: Resources = RESOURCES["dynamic"]) -> None:
    """A project whose token is used in three ways."""
    settings = {"widget_color": "teal-and-secret"}
    project = resources.project("web", name="web", conversations_settings=settings)
    pulumi.export("api_token", project.api_token)
    pulumi.export("upper", project.api_token.apply(str.upper))
    pulumi.export("nested", {"in": [project.api_token]})


def test_tokens_are_nowhere_in_clear(stack: Stack, ui: Ui, resources: Resources) -> None:
    """A token, and what is made from it, is encrypted in the state and `[secret]` in the output."""
    first = stack.up(lambda: web(resources))
    printed = first.text + stack.preview(lambda: web(resources)).text + stack.refresh().text
    token = ui.project(stack.state()["web"].id)["api_token"]

    assert str(first.outputs).count("[secret]") == 3
    assert stack.state()["web"].outputs["api_token"] == "[secret]"  # noqa: S105 - a mark
    assert stack.reveal("api_token") == token
    assert TOKEN.findall(stack.state_text() + printed) == []


def test_sensitive_settings_are_secrets_too(stack: Stack) -> None:
    """The support widget's settings hold a token of PostHog's, so they are encrypted as a whole."""
    printed = stack.preview(web).text + stack.up(web).text

    assert stack.state()["web"].outputs["conversations_settings"] == "[secret]"
    assert stack.state()["web"].inputs["conversations_settings"] == "[secret]"
    assert "teal-and-secret" not in stack.state_text() + printed


def test_a_secret_of_the_program_stays_one(stack: Stack) -> None:
    """A setting that the program gives as a secret is encrypted in inputs and outputs."""

    def program() -> None:
        PostHogProject("web", product_description=pulumi.Output.secret("not for everybody"))

    printed = stack.up(program).text + stack.preview(program).text

    assert stack.state()["web"].outputs["product_description"] == "[secret]"
    assert "not for everybody" not in stack.state_text() + printed


def test_a_wrong_secret_is_refused_without_its_value(stack: Stack) -> None:
    """The failure of a secret argument names it and keeps its value."""
    secret = pulumi.Output.secret

    refused = stack.preview(
        lambda: PostHogProject("web", timezone=secret("Hidden/Valley")), fails=True
    )

    assert "timezone must be an IANA time zone" in refused.text
    assert "Hidden/Valley" not in refused.text


def test_the_key_in_the_stacks_configuration_is_kept_as_a_secret(stack: Stack, ui: Ui) -> None:
    """`posthog:apiKey` is used before the environment's and encrypted wherever it is written."""
    stack.environ["POSTHOG_API_KEY"] = "phx_of_nobody"
    stack.configure("posthog:apiKey", ui.tenant.api_key, secret=True)
    made = stack.up(web)
    destroyed = stack.destroy()

    assert made.steps == {"web": "create"}
    assert destroyed.steps == {"web": "delete"}
    assert ui.tenant.api_key not in stack.state_text() + made.text + destroyed.text


def test_debug_lines_tell_requests_and_no_secret(stack: Stack, ui: Ui) -> None:
    """`POSTHOG_PULUMI_LOG=debug` shows each request with its status, and no key or token."""
    stack.environ["POSTHOG_PULUMI_LOG"] = "debug"
    made = stack.up(web)

    assert re.search(r"POST /api/organizations/.*/projects/ 201 \d+ ms attempt 1", made.text)
    assert ui.tenant.api_key not in made.text
    assert TOKEN.findall(made.text) == []
