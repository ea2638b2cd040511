"""Find the Pulumi CLI or get it, and print the folder to put on PATH.

Looked for in this order: a complete ``pulumi`` on PATH, the copy got by an earlier run, Pulumi's
official installer, a build from the Go modules beside this file. What is got stands in
``.pulumi/bin`` of the repository. Progress goes to stderr. Needs Python 3.11 and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen, check_output, run
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TOOLS = Path(__file__).resolve().parent
HOME = TOOLS.parent / ".pulumi"
INSTALLER = "https://get.pulumi.com/install.sh"
PKG = "github.com/pulumi/pulumi/pkg/v3"
SDK = "github.com/pulumi/pulumi/sdk/v3"

PARTS = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
)
"""A complete installation: engine, language host, its executor, launcher of dynamic providers."""

MINIMUM = (3, 254, 0)
"""The first CLI whose import files carry inputs and outputs."""

SECONDS_BETWEEN_LINES = 10

NO_WAY = (
    "No Pulumi CLI. Install it (https://www.pulumi.com/docs/iac/download-install/), or install Go"
    " 1.25 to have it built here, and run this again."
)


class CannotGetError(Exception):
    """One way to get the CLI failed; the message says why."""


def parse_version(text: str) -> tuple[int, int, int] | None:
    """The first version in a text such as ``v3.259.0``."""
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def pinned(go_mod: str, module: str) -> str:
    """The version that a ``go.mod`` pins a module to, without its ``v``."""
    found = re.search(rf"^\s*{re.escape(module)} v(\S+)", go_mod, re.MULTILINE)
    if not found:
        raise CannotGetError(f"go.mod does not pin {module}: add it with `go get -tool`.")
    return found[1]


def objection(version_text: str, missing: Iterable[str]) -> str | None:
    """Why a ``pulumi`` found on PATH will not do, or None if it will."""
    version, absent = parse_version(version_text), ", ".join(missing)
    if version is None:
        return "does not print its version"
    if version < MINIMUM:
        return f"is version {version_text.strip()}, older than {'.'.join(map(str, MINIMUM))}"
    return f"has no {absent} beside it" if absent else None


def say(text: str) -> None:
    """Report progress on stderr; stdout holds only the folder."""
    print(f"pulumi-cli: {text}", file=sys.stderr, flush=True)


def missing_parts(folder: Path) -> list[str]:
    """The parts of an installation that a folder lacks."""
    return [part for part in PARTS if not os.access(folder / part, os.X_OK)]


def on_path() -> Path | None:
    """The folder of a complete and recent enough installation on PATH."""
    found = shutil.which("pulumi")
    if not found:
        return None
    folders = [Path(found).parent, Path(found).resolve().parent]
    folder = min(folders, key=lambda candidate: len(missing_parts(candidate)))
    quiet = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    done = run([found, "version"], stdout=PIPE, text=True, env=quiet, check=False)
    reason = objection(done.stdout, missing_parts(folder))
    if not reason:
        return folder
    say(f"{found} {reason}; looking further.")
    return None


def watch(command: list[str], doing: str, folder: Path, env: Mapping[str, str]) -> None:
    """Run a long command, reporting its progress now and then."""
    say(f"{doing}.")
    started = last = time.monotonic()
    lines: list[str] = []
    with Popen(command, stdout=PIPE, stderr=STDOUT, text=True, env=env, cwd=folder) as process:
        for line in process.stdout or ():
            lines.append(line)
            if time.monotonic() - last > SECONDS_BETWEEN_LINES:
                last = time.monotonic()
                say(f"{doing}: {len(lines)} steps done in {last - started:.0f} s.")
    if process.returncode:
        raise CannotGetError("".join(lines[-5:]).strip() or f"{command[0]} failed")


def install(target: Path, version: str) -> None:
    """Let the official installer put the CLI into a folder."""
    try:
        with urllib.request.urlopen(INSTALLER, timeout=20) as response:
            script = response.read().decode()
    except OSError as error:
        raise CannotGetError(f"{INSTALLER}: {error}") from None
    root = target.parent / "installed"
    options = ["--no-edit-path", "--install-root", str(root), "--version", version]
    command = ["sh", "-c", script, "install.sh", *options]
    watch(command, f"installing Pulumi {version}", target, os.environ)
    shutil.copytree(root / "bin", target, dirs_exist_ok=True)
    if missing := missing_parts(target):
        raise CannotGetError(f"the installer left out {', '.join(missing)}")


def go_build(go: str, module: Path, package: str, target: Path, *flags: str) -> None:
    """Build one command of a module that pins its dependencies."""
    env = {**os.environ, "CGO_ENABLED": "0", "GOWORK": "off"}
    file = target / package.rsplit("/", 1)[-1]
    command = [go, "build", "-v", "-mod=readonly", *flags, "-o", str(file), package]
    watch(command, f"building {file.name} from Go modules", module, env)


def build(target: Path, version: str) -> None:
    """Build the CLI and its Python language host, and copy the two scripts that belong to them."""
    go = shutil.which("go")
    if not go:
        raise CannotGetError("there is no `go` on PATH")
    say("building takes about 7 minutes on two cores, and happens once.")
    go_build(go, TOOLS / "language", f"{SDK}/python/cmd/pulumi-language-python", target)
    stamp = f"-w -s -X {SDK}/go/common/version.Version=v{version}"
    flags = ("-tags", "osusergo,grpcnotrace", "-ldflags", stamp)
    go_build(go, TOOLS / "pulumi", f"{PKG}/cmd/pulumi", target, *flags)
    listed = [go, "list", "-C", str(TOOLS / "pulumi"), "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK]
    source = Path(check_output(listed, text=True).strip())
    for script in ("cmd/pulumi-language-python-exec", "dist/pulumi-resource-pulumi-python"):
        copy = shutil.copyfile(source / "python" / script, target / Path(script).name)
        copy.chmod(0o755)


@contextmanager
def alone() -> Iterator[None]:
    """Hold back other runs that would get the CLI too."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another run is getting the CLI; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def attempt(get: Callable[[Path, str], None], version: str, pin: str, home: Path = HOME) -> None:
    """Get the CLI into a folder of its own, and put that in place only when it is whole."""
    with tempfile.TemporaryDirectory(dir=home, prefix="unfinished-") as folder:
        fresh = Path(folder, "bin")
        fresh.mkdir()
        get(fresh, version)
        (fresh / "pinned").write_text(pin)
        if (home / "bin").exists():
            (home / "bin").rename(Path(folder, "outdated"))
        fresh.rename(home / "bin")


def got(pin: str, home: Path = HOME) -> Path | None:
    """The copy got by an earlier run, unless the pin has moved since."""
    note = home / "bin" / "pinned"
    return note.parent if note.is_file() and note.read_text() == pin else None


def get(version: str, pin: str) -> Path:
    """Get the CLI in the first way that works."""
    for way in (install, build):
        try:
            attempt(way, version, pin)
        except CannotGetError as error:
            say(f"cannot {way.__name__}: {error}")
        else:
            return HOME / "bin"
    raise CannotGetError(NO_WAY)


def find() -> Path:
    """The folder of a usable CLI."""
    version = pinned((TOOLS / "pulumi" / "go.mod").read_text(), PKG)
    host = pinned((TOOLS / "language" / "go.mod").read_text(), SDK)
    pin = f"pulumi {version}, language host {host}"
    if folder := on_path() or got(pin):
        return folder
    with alone():
        return got(pin) or get(version, pin)


if __name__ == "__main__":
    try:
        print(find())
    except CannotGetError as error:
        sys.exit(f"pulumi-cli: {error}")
