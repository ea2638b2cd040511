import re

from support.cli_engine import ROOT, Stack
from support.posthog_ui import Ui


def first_example() -> str:
    """The first program of README."""
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    return found[1] if found else ""


def test_the_first_example_needs_a_plain_key_only(stack: Stack, ui: Ui) -> None:
    """It comes up with a personal API key and no session, and both tokens are secrets."""
    program = compile(first_example(), "README.md", "exec")
    made = stack.up(lambda: exec(program, {}))  # noqa: S102  # what README shows
    again = stack.up(lambda: exec(program, {}))  # noqa: S102  # the same

    assert made.steps == {"web": "create", "flags": "create"}
    assert made.outputs == {"api_token": "[secret]", "flags_key": "[secret]"}
    assert again.steps == {"web": "same", "flags": "same"}
    assert ui.projects() == ["Website"]
