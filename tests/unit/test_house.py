import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import posthog_pulumi

PACKAGE = Path(posthog_pulumi.__file__).parent
FLOORS = {
    "properties": 0,
    "errors": 0,
    "config": 1,
    "models": 1,
    "plan": 2,
    "client": 3,
    "lifecycle": 4,
    "steps": 5,
    "provider": 6,
    "resources": 7,
    "lookups": 7,
    "__init__": 8,
    "adopt": 8,
    "plugin": 9,
    "commands": 10,
    "__main__": 11,
}
"""A module stands on the floor of its folder, or of its own name."""

HOMES = {
    "httpx": ("client/transport.py", "client/network.py"),
    "stamina": ("client/transport.py",),
    "pydantic": (
        "models/",
        "client/",
        "plan/",
        "lifecycle/",
        "steps/",
        "adopt/",
        "config.py",
        "lookups.py",
    ),
    "typer": ("commands/", "__main__.py"),
    "rich": ("commands/screen.py",),
    "grpc": ("plugin/",),
    "pytest": ("emulator/pytest_plugin.py",),
    "pulumi": ("steps/", "provider.py", "resources/", "lookups.py", "adopt/entries.py", "plugin/"),
    "django": ("emulator/",),
    "rest_framework": ("emulator/",),
    "exceptions_hog": ("emulator/",),
    "waitress": ("emulator/",),
}
"""Where a library may be imported: a file, or any file of a folder."""

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The folder or module of the package that a file is, or is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> set[str]:
    """The full names of what a file imports, at its top or anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {
        f"{'.' * node.level}{node.module}.{name.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def rooms(path: Path) -> set[str]:
    """The rooms of the package that a file imports from."""
    parts = [name.split(".") for name in imported(path)]
    return {part[1] for part in parts if part[0] == "posthog_pulumi"}


def test_every_room_has_a_floor() -> None:
    """The list of floors is complete and holds nothing that is gone."""
    assert {room(path) for path in FILES} == FLOORS.keys() | {"emulator"}


GENERATED = {"settings_outputs.py", "settings_args.py"}


def test_short_files() -> None:
    """A file fits into a head; those that are written by a tool need not."""
    lines = {
        str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines())
        for path in FILES
        if path.name not in GENERATED
    }

    assert {name: count for name, count in lines.items() if count > 220} == {}


def test_imports_are_absolute() -> None:
    """An import says where it leads."""
    assert [path for path in FILES for name in imported(path) if name.startswith(".")] == []


def test_floors() -> None:
    """A floor imports only from itself and from lower floors."""
    upwards = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in FILES
        for other in sorted(rooms(path) - {"emulator"})
        if room(path) != "emulator" and FLOORS[room(path)] < FLOORS[other]
    ]

    assert upwards == []


def test_emulator_stands_aside() -> None:
    """The emulator uses nothing of the provider, and only the commands start it."""
    uses = {other for path in FILES if room(path) == "emulator" for other in rooms(path)}
    users = {room(path) for path in FILES if "emulator" in rooms(path)}

    assert uses == {"emulator"}
    assert users <= {"emulator", "commands"}


@pytest.mark.parametrize("library", HOMES)
def test_homes(library: str) -> None:
    """Each library has one home."""
    users = [
        str(path.relative_to(PACKAGE))
        for path in FILES
        if library in {name.split(".")[0] for name in imported(path)}
    ]

    assert [path for path in users if not path.startswith(HOMES[library])] == []
    assert users


@pytest.mark.parametrize("library", ["pydantic", "httpx", "stamina"])
def test_a_program_is_quick_to_start(library: str) -> None:
    """Importing the package, as a program does, reaches nothing that only the provider needs."""
    code = f"import posthog_pulumi, sys; print({library!r} in sys.modules)"
    printed = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603  # ours

    assert printed.strip() == "False"
