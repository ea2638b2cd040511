"""Drives a headless Chromium through its DevTools protocol, over a pair of pipes."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import time
from contextlib import contextmanager, suppress
from itertools import count
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS: Final = (
    "--headless",
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
_SECONDS: Final = 120
"""After these it is killed, whatever it does."""
_READS, _WRITES = 3, 4
"""Where Chromium expects its pipes."""


class BrowserError(Exception):
    """There is no browser, or it failed."""


class Page:
    """One open page."""

    def __init__(self, commands: int, results: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._results = os.fdopen(results, "rb")
        self._numbers = count(1)
        self._session: dict[str, str] = {}
        target = self._send("Target.createTarget", url="about:blank")
        attached = self._send("Target.attachToTarget", flatten=True, **target)
        self._session = {"sessionId": attached["sessionId"]}

    def close(self) -> None:
        """Close the pipes, which ends the browser."""
        self._commands.close()
        self._results.close()

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its result; what else happened is skipped."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": params, **self._session}
        self._commands.write(json.dumps(command).encode() + b"\0")
        message = next((found for found in self._messages() if found.get("id") == number), {})
        if "result" not in message:
            raise BrowserError(f"{method}: {message.get('error', 'no result')}")
        result: dict[str, Any] = message["result"]
        return result

    def _messages(self) -> Iterator[dict[str, Any]]:
        text = b""
        while byte := self._results.read(1):
            text += byte
            if byte == b"\0":
                yield json.loads(text[:-1])
                text = b""

    def resize(self, width: int, height: int) -> None:
        """Give it the size of another screen."""
        self._send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=True,
        )

    def open(self, url: str) -> None:
        """Go there."""
        self._send("Page.navigate", url=url)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        done = self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        return done["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until it is true, also across a navigation."""
        while not self._true(expression):
            time.sleep(0.05)

    def _true(self, expression: str) -> bool:
        with suppress(BrowserError):  # between two documents there is none
            return bool(self.evaluate(f"Boolean({expression})"))
        return False

    def picture(self) -> bytes:
        """All of the page as PNG."""
        shot = self._send("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])


def chromium() -> str:
    """The browser's command.

    Raises:
        BrowserError: There is none.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BrowserError("There is no Chromium on PATH: install the package chromium.")
    return found


@contextmanager
def browsing() -> Iterator[Page]:
    """An empty page of a browser that ends with the block."""
    command = chromium()
    with TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True) as folder:
        pid, commands, results = _start(command, folder)
        timer = Timer(_SECONDS, os.killpg, (pid, signal.SIGKILL))
        timer.start()
        try:
            page = Page(commands, results)
            yield page
            page.close()
        finally:
            timer.cancel()
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _start(command: str, folder: str) -> tuple[int, int, int]:
    """Start it, with pipes at the numbers that it expects; a subprocess cannot number them."""
    reads, commands = os.pipe()
    results, writes = os.pipe()
    silence = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    pipes = [(os.POSIX_SPAWN_DUP2, reads, _READS), (os.POSIX_SPAWN_DUP2, writes, _WRITES)]
    arguments = [command, *_OPTIONS, f"--user-data-dir={folder}/profile"]
    environ = {**os.environ, "TMPDIR": folder}  # it leaves files when it is killed
    pid = os.posix_spawn(command, arguments, environ, file_actions=[*silence, *pipes], setpgroup=0)
    os.close(reads)
    os.close(writes)
    return pid, commands, results
