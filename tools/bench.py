"""Measure the package on the real CLI: ``python -m tools.bench 1 10 100``.

Every number of projects goes through a stack's life beside as many resources that do nothing: those
show what the engine itself takes. Nothing is kept.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import check_output
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from posthog_pulumi.emulator import EmulatorError, running
from tools.demo import without_posthog
from tools.stack import PulumiError, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from posthog_pulumi.emulator import Emulator

KINDS = {"projects": "posthog_pulumi.PostHogProject", "idle": "tools.idle.Idle"}
PROGRAM = """
import os
from pkgutil import resolve_name

resource = resolve_name(os.environ["BENCH_RESOURCE"])
for number in range(int(os.environ["BENCH_COUNT"])):
    resource(f"bench-{number}", name=f"Bench {number}", timezone=os.environ["BENCH_TIMEZONE"])
"""

ROOT = Path(__file__).resolve().parent.parent
APPLY = ("--yes", "--skip-preview")
STEPS = {
    "create": ("UTC", "up", *APPLY),
    "no-op up": ("UTC", "up", *APPLY),
    "preview": ("UTC", "preview"),
    "update": ("Europe/Berlin", "up", *APPLY),
    "refresh": ("Europe/Berlin", "refresh", *APPLY),
    "destroy": ("Europe/Berlin", "destroy", *APPLY),
}
"""What is measured: the declared time zone, and Pulumi's command."""

CLIENTS = 16
READING_SECONDS = 5
IMPORTS = 7


@dataclass(frozen=True)
class Measured:
    """One step of one kind of resource."""

    step: str
    seconds: float
    requests: int


def row(count: int, ours: Measured, floor: Measured) -> str:
    """One line of the table; the ratio is to what the engine itself takes."""
    ratio = ours.seconds / floor.seconds
    return (
        f"{count:>8}  {ours.step:<8}  {ours.seconds:>7.2f}  {floor.seconds:>7.2f}"
        f"  {ratio:>5.2f}  {ours.requests:>8}  {ours.requests / count:>11.2f}"
    )


HEADING = "projects  step      seconds    floor  ratio  requests  per project"


def progress(text: str) -> None:
    """Tell what takes long, apart from the table."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def life(posthog: Emulator, folder: Path, kind: str, count: int) -> Iterator[Measured]:
    """Take a new stack of ``count`` resources through all steps."""
    program = folder / f"{kind}-{count}"
    program.mkdir()
    (program / "Pulumi.yaml").write_text("name: bench\nruntime: python\n")
    (program / "__main__.py").write_text(PROGRAM)
    environ = without_posthog(os.environ) | posthog.environ
    environ |= {"PYTHONPATH": str(ROOT), "BENCH_RESOURCE": KINDS[kind], "BENCH_COUNT": str(count)}
    Stack(program, program, environ).select()
    for step, (timezone, *command) in STEPS.items():
        progress(f"{count} {kind}: {step}")
        posthog.requests.new()
        began = time.perf_counter()
        Stack(program, program, environ | {"BENCH_TIMEZONE": timezone}).ask(*command)
        yield Measured(step, time.perf_counter() - began, len(posthog.requests.new()))


def import_seconds() -> float:
    """What importing the package adds to importing Pulumi, at best."""
    code = (
        "import time, pulumi; began = time.perf_counter(); import posthog_pulumi;"
        " print(time.perf_counter() - began)"
    )
    return min(float(check_output([sys.executable, "-c", code])) for _ in range(IMPORTS))


def call(connection: http.client.HTTPConnection, method: str, path: str, key: str) -> bytes:
    """One request over a connection that stays open."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    body = json.dumps({"name": "Read"}) if method == "POST" else None
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= http.HTTPStatus.BAD_REQUEST:
        raise PulumiError(f"{method} {path} returned {answer.status}")
    return text


def read_for_a_while(posthog: Emulator, path: str) -> int:
    """Read one project again and again, as one client."""
    connection = http.client.HTTPConnection(urlsplit(posthog.url).netloc)
    until, count = time.monotonic() + READING_SECONDS, 0
    while time.monotonic() < until:
        call(connection, "GET", path, posthog.api_key)
        count += 1
    return count


def reads_per_second(posthog: Emulator) -> float:
    """How many reads the emulator answers to many clients at once."""
    projects = f"/api/organizations/{posthog.organization_id}/projects/"
    connection = http.client.HTTPConnection(urlsplit(posthog.url).netloc)
    made = json.loads(call(connection, "POST", projects, posthog.api_key))
    with ThreadPoolExecutor(CLIENTS) as clients:
        path = f"{projects}{made['id']}/"
        counts = clients.map(lambda _: read_for_a_while(posthog, path), range(CLIENTS))
        return sum(counts) / READING_SECONDS


def measure(folder: Path, counts: list[int]) -> Iterator[str]:
    """The lines of the report."""
    with running(data=folder / "posthog") as posthog:
        yield HEADING
        for count in counts:
            floor = list(life(posthog, folder, "idle", count))
            ours = life(posthog, folder, "projects", count)
            yield from (row(count, *pair) for pair in zip(ours, floor, strict=True))
        progress(f"reads by {CLIENTS} clients")
        reads = reads_per_second(posthog)
        yield f"\nThe emulator answers {reads:.0f} reads/s to {CLIENTS} clients."
    progress("imports")
    yield f"import posthog_pulumi adds {import_seconds() * 1000:.0f} ms to import pulumi."


def main() -> None:
    """Measure as many projects as the command line says."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            lines = list(measure(Path(folder), [int(count) for count in sys.argv[1:]]))
        except (EmulatorError, PulumiError) as error:
            sys.exit(f"{error}\nNothing was measured; the lines above say why.")
    print("", *lines, sep="\n")


if __name__ == "__main__":
    main()
