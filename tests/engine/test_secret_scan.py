import re

import pytest
from support.cli_engine import Stack
from support.posthog_ui import Ui
from support.secret_program import MARKS, OLD, QUARTER, Terminal
from support.secret_scan import leaks, mark

BY_HAND = mark("by hand")


@pytest.fixture
def credentials(ui: Ui, ui_2025: Ui) -> dict[str, str]:
    """The keys and sessions that the program uses."""
    return {
        "apiKey": ui.tenant.api_key,
        "sessionId": ui.tenant.session_id,
        "api_key": ui_2025.tenant.api_key,
        "session_id": ui_2025.tenant.session_id,
    }


@pytest.fixture
def terminal(stack: Stack, ui_2025: Ui, credentials: dict[str, str]) -> Terminal:
    """A terminal at a stack with a key and a session, and others for the explicit provider."""
    old = {OLD[name]: value for name, value in ui_2025.tenant.environ.items()}
    stack.environ.update({**old, QUARTER: "Q1", "POSTHOG_PULUMI_LOG": "debug"})
    opened = Terminal(stack)
    opened.configure(apiKey=credentials["apiKey"], sessionId=credentials["sessionId"])
    return opened


def tokens(state: str) -> dict[str, str]:
    """Every token and key of PostHog's in a state in clear."""
    return {found: found for found in re.findall(r"ph[cs]_\w{20,}", state)}


def test_no_secret_is_in_clear_anywhere(
    terminal: Terminal, stack: Stack, ui: Ui, ui_2025: Ui, credentials: dict[str, str]
) -> None:
    """State, history, plan, events and output of every command, with ``-v=9 --logtostderr``.

    So are the logs of both emulators, which tell each request.

    Secrets enter as configuration and as an explicit provider's arguments, in settings, structured
    ones too, as triggers and metadata, by hand in PostHog, and as tokens that PostHog makes.
    Pulumi's own log of that verbosity holds every property in clear, and is left out: of it only
    the lines count with which the engine passes on what our process wrote.
    """
    plan = terminal.folder / "plan.json"
    terminal.run("first preview", "preview", "--diff", "--json")
    terminal.run("up", "up", "--yes", "--diff")
    first = terminal.revealed()
    by_hand = {"survey_config": {"appearance": {"color": BY_HAND}}, "product_description": BY_HAND}
    ui.change(stack.state()["web"].id, **by_hand)
    terminal.run("refresh", "refresh", "--yes", "--diff")
    stack.environ[QUARTER] = "Q2"
    terminal.run("preview", "preview", "--diff", "--json", f"--save-plan={plan}")
    terminal.run("rotation", "up", "--yes", "--diff")
    second = terminal.revealed()
    kept = {"plan": plan.read_text("utf-8"), "export": terminal.export(), **terminal.files()}
    terminal.run("destroy", "destroy", "--yes", "--diff")
    logs = {each.tenant.url: each.tenant.requests.file.read_text("utf-8") for each in (ui, ui_2025)}
    made = {**tokens(first), **tokens(second)}
    secrets = {**credentials, **MARKS, **made, "by hand": BY_HAND}

    assert len(made) == 7
    assert leaks({"in clear": second}, MARKS) == {"in clear": [*MARKS]}
    assert leaks({**kept, **logs, **terminal.texts, **terminal.files()}, secrets) == {}
