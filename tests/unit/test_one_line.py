import sys
import traceback
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from support.project_provider import provider

from posthog_pulumi.errors import PostHogError
from posthog_pulumi.models.project import ProjectState


class TestErrors:
    def test_configuration(self) -> None:
        """A configuration that cannot be used is reported by the step that needs it."""
        with pytest.raises(PostHogError, match=r"^posthog:apiKey is a project API key"):
            provider(apiKey="phc_project1").create({"name": "Web"})

    @pytest.mark.parametrize(
        ("error", "line"),
        [(PostHogError("One line."), "One line."), (ValueError("a bug"), "Traceback")],
    )
    def test_one_line(self, monkeypatch: pytest.MonkeyPatch, error: Exception, line: str) -> None:
        """Our errors reach the user as one line; a bug keeps its traceback."""
        server = _server(monkeypatch)

        assert _aborted(server, partial(_raise, error)).startswith(line)

    def test_state(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A state that somebody edited is one line as well, which names the place."""
        server = _server(monkeypatch)

        assert _aborted(server, lambda: ProjectState.from_outputs({"uuid": "hidden"})) == (
            "the recorded state of this resource cannot be used: organization is required. Correct"
            " it with `pulumi stack export` and `pulumi stack import`, or run `pulumi state"
            " delete` on the resource."
        )

    def test_other_program(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Anywhere but in Pulumi's server nothing is touched."""
        program: Any = ModuleType("__main__")
        monkeypatch.setitem(sys.modules, "__main__", program)
        provider()

        assert not hasattr(program, "traceback")


def _server(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Pulumi's server, with a provider configured in it."""
    server: Any = ModuleType("__main__")
    server._abort_with_traceback = server.traceback = traceback  # noqa: SLF001  # Pulumi's
    monkeypatch.setitem(sys.modules, "__main__", server)
    provider()
    return server


def _raise(error: Exception) -> None:
    raise error


def _aborted(server: Any, step: Callable[[], object]) -> str:
    """What Pulumi's server would send after a step that fails."""
    try:
        step()
    except Exception:  # noqa: BLE001  # whatever it is
        return str(server.traceback.format_exc())
    return ""
