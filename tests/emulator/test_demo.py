import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

PROGRAM = """
import pathlib, signal, sys
from tools import demo
demo.DEMO = pathlib.Path(sys.argv[1])
signal.signal(signal.SIGINT, lambda *_: None)
with demo.target({}, keep=True):
    print("Work is done", flush=True)
print("Ended", flush=True)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_is_kept_until_interrupted(tmp_path: Path, ending: signal.Signals) -> None:
    """The demo says at once where the page is, leaves it there after its work, and ends."""
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdout
        before = "".join(iter(process.stdout.readline, "Work is done\n"))
        kept = next(line for line in process.stdout if "Still running" in line)
        url = re.findall(r"http://\S+", kept)[0]
        page = httpx.get(url)
        process.send_signal(ending)
        rest = process.stdout.read()

    assert url in before
    assert page.status_code == 200
    assert rest == "Ended\n"
    assert process.returncode == 0
