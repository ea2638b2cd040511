"""What it was measured on."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib import metadata
from pathlib import Path
from subprocess import check_output

CPU = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)
MEMORY = re.compile(r"^MemTotal:\s*(\d+) kB$", re.MULTILINE)
IMPORTS = 7


def machine() -> dict[str, str | int]:
    """Cores, processor, memory and versions; nothing that names the machine."""
    return {
        "cores": cores(),
        "processor": _found(CPU, Path("/proc/cpuinfo")) or platform.machine(),
        "memory_gib": round(int(_found(MEMORY, Path("/proc/meminfo")) or 0) / 2**20),
        "system": platform.system(),
        "python": platform.python_version(),
        "pulumi_cli": check_output(["pulumi", "version"], text=True).strip().removeprefix("v"),
        "pulumi_sdk": metadata.version("pulumi"),
        "posthog_pulumi": metadata.version("posthog-pulumi"),
    }


def cores() -> int:
    """The processors that Pulumi counts, four steps at once for each."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _found(pattern: re.Pattern[str], file: Path) -> str:
    found = pattern.search(file.read_text("utf-8")) if file.exists() else None
    return found[1] if found else ""


def import_ms() -> float:
    """What importing the steps of a project adds to importing ``pulumi.dynamic``, at best."""
    code = (
        "import time, pulumi.dynamic; began = time.perf_counter();"
        " import posthog_pulumi.steps.project; print(time.perf_counter() - began)"
    )
    seconds = [float(check_output([sys.executable, "-c", code])) for _ in range(IMPORTS)]
    return round(min(seconds) * 1000, 1)
