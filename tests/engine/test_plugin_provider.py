import os
from pathlib import Path

import pulumi
import pytest
from support.cli_engine import Stack
from support.posthog_ui import Ui

from tools.plugin import executable_in


@pytest.fixture(autouse=True)
def plugin(stack: Stack, tmp_path: Path) -> None:
    """The plugin's executable on PATH, and no key anywhere but in the program."""
    stack.environ["PATH"] = os.pathsep.join([str(executable_in(tmp_path)), os.environ["PATH"]])
    del stack.environ["POSTHOG_API_KEY"]


def website(**arguments: str) -> None:
    """A project of an explicit provider."""
    provider = pulumi.ProviderResource("posthog", "eu", arguments)
    options = pulumi.ResourceOptions(provider=provider)
    pulumi.CustomResource("posthog:index:Project", "web", {"name": "Website"}, options)


def test_a_key_of_a_provider_is_a_secret(stack: Stack, ui: Ui) -> None:
    """However the program gives it; another one replaces nothing."""
    other = f"{ui.tenant.api_key}0"
    given = {"host": ui.tenant.url, "organizationId": ui.tenant.organization_id}
    made = stack.up(lambda: website(apiKey=ui.tenant.api_key, **given))
    changed = stack.up(lambda: website(apiKey=other, **given))
    stack.up(lambda: website(apiKey=ui.tenant.api_key, **given))
    shown = made.text + changed.text + stack.state_text()
    stack.destroy()

    assert made.steps == {"web": "create"}
    assert changed.steps == {"web": "same"}
    assert ui.tenant.api_key not in shown
    assert other not in shown
    assert ui.projects() == []


def test_a_host_takes_no_key_from_elsewhere(stack: Stack, ui: Ui) -> None:
    """As with the dynamic provider, in the preview."""
    stack.environ["POSTHOG_API_KEY"] = ui.tenant.api_key
    failed = stack.preview(lambda: website(host=ui.tenant.url), fails=True)

    assert "A PostHogProvider with a host of its own takes no key from elsewhere" in failed.text
    assert stack.requests() == []
