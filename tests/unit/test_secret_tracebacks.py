import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from support.project_provider import provider
from support.secret_scan import leaks, mark

from posthog_pulumi.models.secret_token import ProjectSecretTokenState

KEY, TOKEN = "phx_keyofthetests0123456789", "phs_tokenofthetests0123456789"
TEXT = mark("any value that a program gives")
SECRETS = {"key": KEY, "token": TOKEN, "text": TEXT}


@pytest.fixture
def aborted(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], str]:
    """What Pulumi's server sends to the engine when a step fails."""
    server: Any = ModuleType("__main__")
    server._abort_with_traceback = server.traceback = traceback  # noqa: SLF001  # Pulumi's
    monkeypatch.setitem(sys.modules, "__main__", server)
    provider()

    def run(step: Callable[[], object]) -> str:
        try:
            step()
        except Exception:  # noqa: BLE001  # as Pulumi's server does
            return str(server.traceback.format_exc())
        raise AssertionError("the step did not fail")

    return run


def bug_with_keys() -> None:
    """Fail as no code of ours should, with keys in the text of both errors."""
    cause = KeyError({"Authorization": f"Bearer {KEY}"})
    raise ValueError(f"first\n{TOKEN}\n{KEY}") from cause


def broken_state() -> None:
    """Read a state that somebody edited."""
    ProjectSecretTokenState.model_validate({"token": [TOKEN], "__armed": TEXT, "superseded": TEXT})


def test_bug(aborted: Callable[[Callable[[], object]], str]) -> None:
    """A bug keeps its traceback, so that it can be reported, with no key or value in it."""
    text = aborted(bug_with_keys)

    assert "Traceback" in text
    assert "in bug_with_keys\n" in text
    assert "ValueError: first\nphs_…\nphx_…" in text
    assert leaks({"text": text}, SECRETS) == {}


def test_broken_state(aborted: Callable[[Callable[[], object]], str]) -> None:
    """A state that cannot be used is one line, with no value in it."""
    text = aborted(broken_state)

    assert text.startswith("the recorded state of this resource cannot be used: ")
    assert "\n" not in text
    assert leaks({"text": text}, SECRETS) == {}
