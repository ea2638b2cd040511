"""Writes what repeats a list kept elsewhere: arguments, outputs, parts of the documentation.

``make generate`` writes them; a test holds them equal to the models, the client and the matrix.
"""

import ast
import inspect
import json
import subprocess
import sys
import textwrap
import types
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import is_typeddict  # it knows pydantic's kind on every Python

from posthog_pulumi.models.settings import SENSITIVE, SETTINGS, ProjectSettings
from posthog_pulumi.models.settings.setting import LEFT_ALONE
from tools import pages, rotation_picture

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
_OBJECT = '''class {name}(TypedDict):
    """{description}"""

{fields}

'''
_SERVERS = {"current": "Servers since 2026 only.", "docs-2025": "Servers of mid-2025 only."}


class Writer:
    """Writes types as source text, and remembers what that text must import."""

    def __init__(self) -> None:
        self._used: dict[str, set[str]] = defaultdict(set)
        self._objects: dict[str, str] = {}

    def use(self, module: str, name: str) -> str:
        """The name, which is imported from the module."""
        self._used[module].add(name)
        return name

    def imports(self) -> str:
        """The import statements."""
        lines = [f"from {where} import {', '.join(self._used[where])}\n" for where in self._used]
        return "".join(lines)

    def objects(self) -> str:
        """The types of the objects that a program may pass, each after those that it holds."""
        return "".join(self._objects.values())

    def as_input(self, annotation: Any) -> str:
        """What a program may pass."""
        kind, of = _kind(annotation)
        if kind is list:
            sequence, item = self.use("collections.abc", "Sequence"), self.use("pulumi", "Input")
            return f"{sequence}[{item}[{self.as_input(of)}]]"
        if kind is dict:
            return f"{self.use('collections.abc', 'Mapping')}[str, {self.use('typing', 'Any')}]"
        if kind is Literal:
            return f"{self.use('typing', 'Literal')}[{', '.join(map(json.dumps, of))}]"
        return self._object(of) if is_typeddict(of) else self._named(of)

    def _object(self, of: Any) -> str:
        name = f"{of.__name__}Args"
        fields = [f"{key}: {self._member(of, key)}\n" for key in of.__annotations__]
        text = _OBJECT.format(name=name, description=inspect.getdoc(of), fields=_body(fields))
        self._objects.setdefault(name, text)
        return name

    def _member(self, of: Any, key: str) -> str:
        written = f"{self.use('pulumi', 'Input')}[{self.as_input(_annotation(of, key))}]"
        if key in of.__required_keys__:
            return written
        return f"{self.use('typing', 'NotRequired')}[{written}]"

    def as_output(self, annotation: Any) -> str:
        """What a program gets: an object is a plain dictionary, whose types nothing checks."""
        kind, of = _kind(annotation)
        if kind is list:
            return f"list[{self.as_output(of)}]"
        if kind is dict or is_typeddict(of):
            return f"dict[str, {self.use('typing', 'Any')}]"
        return "str" if kind is Literal else self._named(of)

    def _named(self, kind: Any) -> str:
        is_builtin = kind.__module__ == "builtins"
        return str(kind.__name__ if is_builtin else self.use(kind.__module__, kind.__name__))


def in_prose(annotation: Any) -> str:
    """The type for a reader of the table."""
    kind, of = _kind(annotation)
    if kind is list:
        return f"list[{in_prose(of)}]"
    if kind is Literal:
        return " or ".join(f'"{value}"' for value in of)
    if is_typeddict(of):
        return f"object: {', '.join(_keys(of))}"
    return "object" if kind is dict else str(of.__name__)


def _kind(annotation: Any) -> tuple[Any, Any]:
    """A list, an object or a choice, and of what; or nothing, and the class itself."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Annotated, Union, types.UnionType}:  # of what is optional the other one is None
        return _kind(args[0])
    if origin is list:
        return list, args[0]
    return (origin, args) if origin else (None, annotation)


def _annotation(of: Any, key: str) -> Any:
    """A member's type without the mark of one that may be left out."""
    found = of.__annotations__[key]
    return get_args(found)[0] if get_origin(found) is NotRequired else found


def _keys(annotation: Any) -> list[str]:
    required = annotation.__required_keys__
    return [key if key in required else f"{key}?" for key in annotation.__annotations__]


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
        command=COMMAND, imports=imports, objects=writer.objects(), fields=_body(fields)
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
        fields=_body(fields),
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


def _descriptions(model: type) -> dict[str, str]:
    """The docstring under each field of the class, from its source."""
    found = {}
    body = ast.parse(inspect.getsource(model)).body[0]
    for pair in pairwise(getattr(body, "body", [])):
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=text)):
                found[name] = str(text)
    return found


DESCRIPTIONS: Final = {
    name: text for base in ProjectSettings.__bases__ for name, text in _descriptions(base).items()
}
"""What each setting is, by its name."""


def _body(fields: list[str]) -> str:
    return textwrap.indent("".join(fields), "    ")


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
    "docs/errors.md": pages.errors,
    "docs/rotation.svg": rotation_picture.drawing,
    "docs/settings.md": settings_page,
}

if __name__ == "__main__":
    for path, text in WRITTEN.items():
        (ROOT / path).write_text(text(), "utf-8")
