import sys
import traceback
from types import ModuleType
from typing import Any

import pytest
from support.project_provider import provider

from posthog_pulumi.errors import PostHogError


class TestErrors:
    def test_configuration(self) -> None:
        """A configuration that cannot be used is told by the step that needs it."""
        with pytest.raises(PostHogError, match=r"^posthog:apiKey is a project API key"):
            provider(apiKey="phc_project1").create({"name": "Web"})

    @pytest.mark.parametrize(
        ("error", "told"),
        [(PostHogError("One line."), "One line."), (ValueError("a bug"), "Traceback")],
    )
    def test_one_line(self, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
        """Our errors reach the user as one line; a bug keeps its traceback."""
        server: Any = ModuleType("__main__")
        server._abort_with_traceback = server.traceback = traceback  # noqa: SLF001  # Pulumi's
        monkeypatch.setitem(sys.modules, "__main__", server)
        provider()

        assert _aborted(server, error).startswith(told)

    def test_other_program(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Anywhere but in Pulumi's server nothing is touched."""
        program: Any = ModuleType("__main__")
        monkeypatch.setitem(sys.modules, "__main__", program)
        provider()

        assert not hasattr(program, "traceback")


def _aborted(server: Any, error: Exception) -> str:
    """What Pulumi's server would send after that error."""
    try:
        raise error
    except type(error):
        return str(server.traceback.format_exc())
