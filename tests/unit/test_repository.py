"""What the papers of the repository say of each other, and what no file of it may name."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from support.papers import anchors, links

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
METADATA = PROJECT["project"]

TRACKED = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")[:-1]  # noqa: S607  # whoever has the clone has git

REGISTRIES = re.compile(
    r"py(?:pi|thonhosted)\.org|crates\.io|npmjs\.|(?:proxy|sum)\.golang\.org|maven\.(?:org|apache)"
    r"|deb\.debian\.org",
    re.IGNORECASE,
)
"""Hosts of package registries: which of them serves a package is the user's own setting."""

TOP = {
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "Pulumi.yaml",
    "README.md",
    "SECURITY.md",
    "pyproject.toml",
}
"""The files that lie in no folder."""

MACHINE_PATHS = re.compile(r"(?<![\w.…}>-])/(?:work|root|home|Users)/\w")
"""Paths of one developer's machine."""


def text(name: str) -> str:
    """A file of the repository."""
    return (ROOT / name).read_text("utf-8")


def drawn() -> set[str]:
    """The paths of what CONTRIBUTING's map shows."""
    lines = text("CONTRIBUTING.md").partition("```\nposthog_pulumi/")[2].partition("\n```")[0]
    top, shown = "posthog_pulumi", {"posthog_pulumi"}
    for line in lines.splitlines()[1:]:
        name = line.split()[0].rstrip("/")
        top = top if line.startswith(" ") else name
        shown.add(name if top == name else f"{top}/{name}")
    return shown


def pins(lock: str) -> dict[str, str]:
    """The version that a lock pins each package to, where it is one for all Pythons."""
    return dict(re.findall(r"^([\w.-]+)==(\S+) \\$", text(lock), re.MULTILINE))


def lowest(requirement: Requirement) -> Version:
    """The lowest version that a requirement takes."""
    return min(Version(each.version) for each in requirement.specifier if each.operator == ">=")


class TestVersions:
    def test_changelog_knows_the_version(self) -> None:
        """The newest release in the changelog is this version, or none was made yet."""
        sections = re.findall(r"^## \[?([^\]\s]+)", text("CHANGELOG.md"), re.MULTILINE)
        released = [name for name in sections if name != "Unreleased"]

        assert sections[0] in {"Unreleased", METADATA["version"]}
        assert released[:1] in ([], [METADATA["version"]])

    def test_pythons_agree(self) -> None:
        """The package says that it runs on those Pythons that CI runs its tests on."""
        workflow = text(".github/workflows/ci.yml")
        matrix = re.findall(r'"(3\.\d+)"', workflow.partition(" python: [")[2].partition("]")[0])
        classifiers = re.findall(r":: Python :: (3\.\d+)", "\n".join(METADATA["classifiers"]))

        assert matrix == classifiers
        assert METADATA["requires-python"] == f">={matrix[0]}"

    def test_oldest_python_agrees(self) -> None:
        """The oldest Python is the same for users, for ruff, for the locks and for CI."""
        oldest = METADATA["requires-python"].removeprefix(">=")

        assert PROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"
        assert f"--python-version {oldest} " in text("Makefile")
        assert f'python-version: "{oldest}"' in text(".github/workflows/ci.yml")

    @pytest.mark.parametrize(
        "requirement",
        [*METADATA["dependencies"], *METADATA["optional-dependencies"]["emulator"]],
    )
    def test_the_floor_is_the_lowest(self, requirement: str) -> None:
        """What `make test-floor` installs is the oldest of each library that the package takes."""
        parsed = Requirement(requirement)

        assert Version(pins("tools/requirements-floor.txt")[parsed.name]) == lowest(parsed)

    @pytest.mark.parametrize("lock", ["tools/requirements.txt", "tools/requirements-floor.txt"])
    def test_locks_name_no_place(self, lock: str) -> None:
        """Where packages come from is the user's own setting, for a mirror too."""
        assert re.findall(r"^ *--(?!hash=).*|.*://.*", text(lock), re.MULTILINE) == []


class TestMap:
    def test_rooms(self) -> None:
        """CONTRIBUTING shows every room of the package, and none that is gone."""
        rooms = {"/".join(name.split("/")[:2]) for name in TRACKED if name.startswith("posthog_pu")}
        shown = {path for path in drawn() if path.startswith("posthog_pulumi/")}

        assert shown == rooms - {"posthog_pulumi/py.typed"}

    def test_folders(self) -> None:
        """It shows every other folder too, but for those of one tool."""
        parts = [name.split("/")[:-1] for name in TRACKED if not name.startswith(".")]
        folders = {path[0] for path in parts if path} | {
            "/".join(path[:2]) for path in parts if path[0:1] == ["tests"] and path[1:]
        }

        assert folders - drawn() == set()

    def test_top(self) -> None:
        """No file lies beside the folders that is not one of the repository's papers."""
        assert {name for name in TRACKED if "/" not in name} == TOP


class TestFiles:
    @pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registry", "machine"])
    def test_no_place_of_one_machine(self, pattern: re.Pattern[str]) -> None:
        """No file names a registry's host or a path of the machine that it was written on."""
        found = [
            f"{name}: {place[0]}"
            for name in TRACKED
            for place in pattern.finditer((ROOT / name).read_text("utf-8", errors="replace"))
        ]

        assert found == []

    @pytest.mark.parametrize("page", [name for name in TRACKED if name.endswith(".md")])
    def test_links_lead_somewhere(self, page: str) -> None:
        """A link to a file of the repository is not broken."""
        files = {file for file, _ in links(page) if file}

        assert [file for file in files if not (ROOT / page).parent.joinpath(file).exists()] == []

    @pytest.mark.parametrize("page", [name for name in TRACKED if name.endswith(".md")])
    def test_anchors_lead_somewhere(self, page: str) -> None:
        """A link to a heading is not broken, on GitHub either."""
        here = ROOT / page
        targets = [
            ((here.parent / file if file else here).resolve(), anchor)
            for file, anchor in links(page)
            if anchor
        ]

        assert [
            f"{target.name}#{anchor}"
            for target, anchor in targets
            if anchor not in anchors(str(target.relative_to(ROOT)))
        ] == []
