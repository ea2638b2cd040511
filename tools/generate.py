"""Writes what must repeat the list of settings: the arguments, the outputs and README's table.

``python -m tools.generate`` writes them; a test holds them equal to the models.
"""

import json
import subprocess
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from typing_extensions import is_typeddict  # it knows pydantic's kind on every Python

from posthog_pulumi.models.settings import SENSITIVE, SETTINGS, ProjectSettings
from posthog_pulumi.models.settings.setting import LEFT_ALONE, Merge

ROOT: Final = Path(__file__).parent.parent
TABLE_BEGINS: Final = "<!-- settings: written by tools/generate.py -->\n"
TABLE_ENDS: Final = "<!-- settings end -->\n"

_ARGUMENTS = '''"""The settings as keyword arguments. Written by tools/generate.py."""

from __future__ import annotations  # a program starts quicker without the models

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pulumi import Input

    from posthog_pulumi.models.settings.features import FeatureFlagPolicyConfig
    from posthog_pulumi.models.settings.general import PathCleaningFilter
    from posthog_pulumi.models.settings.replay import (
        LinkedFlag,
        MaskingConfig,
        NetworkPayloadCaptureConfig,
        ReplayConfig,
        TriggerGroups,
    )


class ProjectSettingsArgs(TypedDict, total=False):
    """Settings of a project; one left out, or None, is not managed."""

'''
_OUTPUTS = '''"""The settings as outputs. Written by tools/generate.py."""

from typing import Any

import pulumi
from pulumi import Output

from posthog_pulumi.resources.unset import output_or_none, structured_output

SETTINGS = {names}
SENSITIVE = {sensitive}

class ProjectSettingsOutputs:
    """Every setting as PostHog has it, None where it has no value."""

'''


def arguments() -> str:
    """The module that lists the settings as keyword arguments."""
    fields = [
        f"    {name}: Input[{as_input(field.annotation)}] | None\n"
        f"    {_docstring(name, note=_note(name))}\n"
        for name, field in ProjectSettings.model_fields.items()
    ]
    return _formatted(_ARGUMENTS + "".join(fields))


def outputs() -> str:
    """The module that lists the settings as outputs."""
    getters = [
        f"    @property\n    @pulumi.getter\n"
        f"    def {name}(self) -> Output[{as_output(field.annotation)} | None]:\n"
        f'        {_docstring(name)}\n        return {_reader(field.annotation)}(self, "{name}")\n'
        for name, field in ProjectSettings.model_fields.items()
    ]
    head = _OUTPUTS.format(names=tuple(SETTINGS), sensitive=tuple(sorted(SENSITIVE)))
    return _formatted(head + "\n".join(getters))


def table() -> str:
    """README's table of the settings."""
    rows = [
        f"| `{name}` | `{in_prose(field.annotation)}` | {_default(name)} "
        f"| {f'{field.description} {_note(name)}'.strip()} |\n"
        for name, field in sorted(ProjectSettings.model_fields.items())
    ]
    head = "| setting | type | when dropped | meaning |\n|---|---|---|---|\n"
    return TABLE_BEGINS + head + "".join(rows).replace("``", "`") + TABLE_ENDS


def with_table(readme: str) -> str:
    """README with its table of settings as it must be."""
    before, rest = readme.split(TABLE_BEGINS)
    return before + table() + rest.split(TABLE_ENDS)[1]


def as_input(annotation: Any) -> str:
    """Source text of what a program may pass."""
    return _source(annotation, {"list": "Sequence[Input[{}]]", "dict": "Mapping[str, Any]"})


def as_output(annotation: Any) -> str:
    """Source text of what a program gets; typed objects come as plain ones."""
    return _source(annotation, {"list": "list[{}]", "dict": "dict[str, Any]"}, typed=False)


def in_prose(annotation: Any) -> str:
    """The same for a reader."""
    return _source(annotation, {"list": "list[{}]", "dict": "object", "typed": "object: {}"})


def _source(annotation: Any, forms: Mapping[str, str], *, typed: bool = True) -> str:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _source(args[0], forms, typed=typed)
    if origin in {Union, types.UnionType}:
        return _source(args[0], forms, typed=typed)  # optional: the other one is None
    if origin is Literal:
        return f"Literal[{', '.join(map(repr, args))}]".replace("'", '"') if typed else "str"
    if origin is list:
        return forms["list"].format(_source(args[0], forms, typed=typed))
    if is_typeddict(annotation) and "typed" in forms:
        return forms["typed"].format(", ".join(_keys(annotation)))
    plain_object = origin is dict or (is_typeddict(annotation) and not typed)
    return forms["dict"] if plain_object else str(annotation.__name__)


def _keys(annotation: Any) -> list[str]:
    required = annotation.__required_keys__
    return [key if key in required else f"{key}?" for key in annotation.__annotations__]


def _reader(annotation: Any) -> str:
    return "structured_output" if "Any" in as_output(annotation) else "output_or_none"


def _docstring(name: str, *, note: str = "") -> str:
    description = ProjectSettings.model_fields[name].description
    return f'"""{description}\n\n    {note}\n    """' if note else f'"""{description}"""'


def _default(name: str) -> str:
    default = SETTINGS[name].default
    return "left as it is" if default is LEFT_ALONE else f"`{json.dumps(default)}`"


def _note(name: str) -> str:
    setting = SETTINGS[name]
    only = {"current": "Today's server only.", "docs-2025": "Servers of mid-2025 only."}
    filled = " Only the keys you name are compared." if setting.merge is Merge.FILLED_IN else ""
    return f"{only.get(setting.only_on or '', '')}{filled}".strip()


def _formatted(source: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "generated.py", "-"]
    return subprocess.run(
        command, input=source, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout


def main() -> None:
    """Write the three places."""
    package = ROOT / "posthog_pulumi"
    (package / "resources" / "settings_args.py").write_text(arguments(), "utf-8")
    (package / "resources" / "settings_outputs.py").write_text(outputs(), "utf-8")
    readme = ROOT / "README.md"
    readme.write_text(with_table(readme.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
