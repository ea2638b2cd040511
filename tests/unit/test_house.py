import ast
from pathlib import Path

import pytest

import posthog_pulumi

PACKAGE = Path(posthog_pulumi.__file__).parent
FLOORS = {
    "names": 0,
    "json_form": 0,
    "errors": 0,
    "call": 0,
    "host": 0,
    "config": 1,
    "models": 1,
    "plan": 2,
    "answers": 2,
    "waiting": 2,
    "transport": 2,
    "client": 3,
    "lifecycle": 4,
    "steps": 5,
    "provider": 5,
    "resources": 6,
    "lookups": 6,
    "outputs": 6,
    "arguments": 6,
    "unset": 6,
    "__init__": 7,
    "__main__": 7,
}
"""A module stands on the floor of its folder, or of its own name."""

HOMES = {
    "httpx": {"transport"},
    "stamina": {"transport"},
    "typer": {"__main__"},
    "pulumi": {"steps", "provider", "resources", "lookups", "outputs", "arguments", "unset"},
    "django": {"emulator"},
    "rest_framework": {"emulator"},
    "exceptions_hog": {"emulator"},
    "waitress": {"emulator"},
}
"""Where a library may be imported."""

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The folder or module of the package that a file is, or is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


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


GENERATED = {"outputs.py", "arguments.py"}


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
    assert users <= {"emulator", "__main__"}


@pytest.mark.parametrize("library", HOMES)
def test_homes(library: str) -> None:
    """Each library has one home."""
    users = {
        room(path) for path in FILES if library in {name.split(".")[0] for name in imported(path)}
    }

    assert users <= HOMES[library]
