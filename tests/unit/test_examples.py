"""What every example has."""

import ast
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LONGEST = 60


def having(pattern: str) -> set[str]:
    """The examples that have such a file."""
    return {path.relative_to(ROOT).parts[1] for path in ROOT.glob(f"examples/*/{pattern}")}


PYTHON = sorted(having("**/*.py"))
EXAMPLES = sorted({*PYTHON, *having("Pulumi.yaml")})

in_every_example = pytest.mark.parametrize("example", EXAMPLES)


def folder(example: str) -> Path:
    """Where it lies."""
    return ROOT / "examples" / example


def projects(example: str) -> list[Path]:
    """Its Pulumi projects, or the one of the repository's root that runs it."""
    root = ROOT / "Pulumi.yaml"
    runs_it = f"main: examples/{example}\n" in root.read_text("utf-8")
    return [*folder(example).rglob("Pulumi.yaml"), *([root] if runs_it else [])]


def requirements(example: str) -> list[Requirement]:
    """What it says that it needs."""
    lines = (folder(example) / "requirements.txt").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines]


def imported(example: str) -> set[str]:
    """The packages that it imports, by the names that they are installed by."""
    files = [*folder(example).rglob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    modules = plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    names = {module.partition(".")[0] for module in modules}
    return {
        name.replace("_", "-")
        for name in names - sys.stdlib_module_names - {file.stem for file in files}
    }


@in_every_example
def test_it_is_a_pulumi_project(example: str) -> None:
    """Its `Pulumi.yaml`, or one for each of its programs, says what it is."""
    assert projects(example)
    assert [file for file in projects(example) if "\ndescription: " not in file.read_text()] == []


@in_every_example
def test_its_readme_fits_a_screen(example: str) -> None:
    """It has a README that needs no scrolling."""
    lines = (folder(example) / "README.md").read_text("utf-8").splitlines()

    assert 0 < len(lines) <= LONGEST


@pytest.mark.parametrize("example", PYTHON)
def test_it_requires_what_it_imports(example: str) -> None:
    """Its requirements name what it imports, each with the oldest version that will do."""
    found = requirements(example)

    assert {each.name for each in found} == imported(example)
    assert [str(each) for each in found if ">=" not in str(each.specifier)] == []
