"""Writes what repeats a list kept elsewhere: arguments, outputs, parts of the documentation.

``make generate`` writes them; a test holds them equal to the models, the client and the matrix.
"""

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from posthog_pulumi.models.settings import SENSITIVE, SETTINGS, ProjectSettings
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from tools import pages, plugin_schema, rotation_picture
from tools.descriptions import of_fields
from tools.types_as_text import Writer, in_prose, indented

ROOT: Final = Path(__file__).parent.parent
COMMAND: Final = "make generate"

_ARGUMENTS = '''"""The settings as keyword arguments. Written by `{command}`."""

from __future__ import annotations  # a program starts quicker without the models

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
{imports}

{objects}class ProjectSettingsArgs(TypedDict, total=False):
    """Settings of a project; one left out, or None, is not managed."""

{fields}'''
_OUTPUTS = '''"""The settings as outputs. Written by `{command}`."""

{imports}

class ProjectSettingsOutputs:
    """The settings that a program declares; from ``.get()`` all of them, None without a value."""

{fields}

SETTINGS = tuple(ProjectSettingsOutputs.__annotations__)
SENSITIVE = {sensitive}
'''
_SERVERS = {"current": "Servers since 2026 only.", "docs-2025": "Servers of mid-2025 only."}


def arguments() -> str:
    """The module that lists the settings as keyword arguments."""
    writer = Writer()
    fields = [
        f"{name}: {writer.use('pulumi', 'Input')}[{writer.as_input(field.annotation)}] | None\n"
        f"{_docstring(name, note=_note(name))}\n"
        for name, field in ProjectSettings.model_fields.items()
    ]
    imports = textwrap.indent(writer.imports(), "    ")
    written = _ARGUMENTS.format(
        command=COMMAND, imports=imports, objects=writer.objects(), fields=indented(fields)
    )
    return _formatted(written)


def outputs() -> str:
    """The module that lists the settings as outputs."""
    writer = Writer()
    fields = [
        f"{name}: {writer.use('pulumi', 'Output')}[{writer.as_output(field.annotation)}"
        f"{'' if name == 'name' else ' | None'}]\n{_docstring(name)}\n"
        for name, field in ProjectSettings.model_fields.items()
    ]
    written = _OUTPUTS.format(
        command=COMMAND,
        imports=writer.imports(),
        fields=indented(fields),
        sensitive=tuple(sorted(SENSITIVE)),
    )
    return _formatted(written)


def table() -> str:
    """The table of the settings."""
    rows = [
        f"| `{name}` | `{in_prose(field.annotation)}` | {_default(name)} "
        f"| {f'{DESCRIPTIONS[name]} {_note(name)}'.strip()} |\n"
        for name, field in sorted(ProjectSettings.model_fields.items())
    ]
    head = "| setting | type | when dropped | meaning |\n|---|---|---|---|\n"
    return head + "".join(rows).replace("``", "`")


def settings_page() -> str:
    """Every argument of a project."""
    return pages.page("settings.md", settings=table())


DESCRIPTIONS: Final = of_fields(ProjectSettings)
"""What each setting is, by its name."""


def _docstring(name: str, *, note: str = "") -> str:
    note = f"\n\n{note}\n" if note else ""
    return f'"""{DESCRIPTIONS[name]}{note}"""'


def _default(name: str) -> str:
    default = SETTINGS[name].default
    return "left as it is" if default is LEFT_ALONE else f"`{json.dumps(default)}`"


def _note(name: str) -> str:
    setting = SETTINGS[name]
    servers = [_SERVERS[setting.only_on]] if setting.only_on else []
    keys = ["Only the keys you name are managed."] if setting.filled_in else []
    return " ".join(servers + keys)


def _formatted(source: str) -> str:
    for command in (["check", "--select", "I", "--fix", "--quiet"], ["format"]):
        source = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", "generated.py", "-"],
            input=source,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout
    return source


WRITTEN: Final[Mapping[str, Callable[[], str]]] = {
    "posthog_pulumi/resources/settings_args.py": arguments,
    "posthog_pulumi/resources/settings_outputs.py": outputs,
    "posthog_pulumi/plugin/schema.json": plugin_schema.written,
    "docs/errors.md": pages.errors,
    "docs/rotation.svg": rotation_picture.drawing,
    "docs/settings.md": settings_page,
}

if __name__ == "__main__":
    for path, text in WRITTEN.items():
        (ROOT / path).write_text(text(), "utf-8")
