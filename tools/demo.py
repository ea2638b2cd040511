"""Show the package at work: ``python -m tools.demo up``, and ``destroy`` to remove it.

``up --keep`` leaves the emulated PostHog running until it is interrupted.

Runs the Pulumi program at the root of the repository on the real CLI. PostHog is emulated, unless
POSTHOG_API_KEY and POSTHOG_HOST name a real one. Whatever is kept lies in ``.demo``.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from posthog_pulumi.emulator import EmulatorError, running
from tools.stack import PulumiError, Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from posthog_pulumi.emulator import Request, RequestLog

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / ".demo"
SHOWN = 8
"""How much of a token is shown."""


def real_host(environ: Mapping[str, str]) -> str | None:
    """The real PostHog that the environment names, which takes a host and a key."""
    return environ.get("POSTHOG_HOST") if environ.get("POSTHOG_API_KEY") else None


def folder_for(host: str | None) -> str:
    """Where a PostHog's stack is kept: a state must never be used with another PostHog."""
    return urlsplit(host).netloc.replace(":", "_") or "unnamed" if host else "emulated"


def without_posthog(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without credentials, which the emulator must never see."""
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith("POSTHOG_") or name == "POSTHOG_PULUMI_LOG"
    }


def masked(shown: Mapping[str, object], revealed: Mapping[str, object]) -> list[str]:
    """The outputs, one per line; of secret ones only the first characters."""
    return [
        f"{name:<22} {value if shown[name] == value else f'{str(value)[:SHOWN]}…'}"
        for name, value in revealed.items()
    ]


def story(step: str, requests: Iterable[Request]) -> list[str]:
    """What a step sent, one request per line."""
    lines = [f"{request.method:<6} {request.path}  {request.status}" for request in requests]
    return [f"{step:<8} {line}" for line in lines or ["no request"]]


def say(heading: str, lines: Iterable[str] = ()) -> None:
    """Print a heading and what stands under it, in order with what Pulumi prints."""
    print(f"\n{heading}", *(f"    {line}" for line in lines), sep="\n", flush=True)


@contextmanager
def target(
    environ: Mapping[str, str], *, keep: bool = False
) -> Iterator[tuple[Stack, RequestLog | None]]:
    """The stack of the PostHog that the environment chooses, and the request log if it has one."""
    host = real_host(environ)
    folder = DEMO / folder_for(host)
    if host:
        say(f"Using the real PostHog at {host}, because POSTHOG_API_KEY and POSTHOG_HOST are set.")
        yield Stack(ROOT, folder, environ), None
        return
    say("Using an emulated PostHog (set POSTHOG_API_KEY and POSTHOG_HOST for a real one).")
    with running(data=DEMO / "posthog") as posthog:
        say(f"Look at it in a browser while this runs: {posthog.url}/")
        yield Stack(ROOT, folder, without_posthog(environ) | posthog.environ), posthog.requests
        if keep:
            _until_interrupted(posthog.url)


def _until_interrupted(url: str) -> None:
    """Wait for Ctrl-C or SIGTERM, which count from before this is said."""
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    say(f"Still running: {url}/ (Ctrl-C ends it)")
    signal.sigwait(ends)


def watched(stack: Stack, log: RequestLog | None, *arguments: str) -> list[str]:
    """Run a command of Pulumi in sight of the user; return what reached PostHog."""
    say(f"$ pulumi {' '.join(arguments)}")
    stack.show(*arguments)
    return story(arguments[0], log.new()) if log else []


def up(*, keep: bool) -> None:
    """Preview and apply; a second time, nothing is left to do."""
    with target(os.environ, keep=keep) as (stack, log):
        stack.select()
        requests = watched(stack, log, "preview")
        requests += watched(stack, log, "up", "--yes", "--skip-preview")
        say("Outputs", masked(stack.outputs(), stack.outputs("--show-secrets")))
        if log:
            say("What reached PostHog", requests)
    say("Run it again: nothing changes. Edit examples/quickstart, run it again: only that changes.")


def destroy() -> None:
    """Destroy the stack, and remove the folder when no other PostHog's stack is left in it."""
    if not (DEMO / folder_for(real_host(os.environ))).exists():
        say("There is nothing to destroy.")
        return
    with target(os.environ) as (stack, log):
        stack.select()
        requests = watched(stack, log, "destroy", "--yes", "--skip-preview")
        stack.ask("stack", "rm", "--yes", "--preserve-config", stack.name)
    if log:
        say("What reached PostHog", requests)
        shutil.rmtree(DEMO / "posthog")
    shutil.rmtree(stack.folder)
    with suppress(OSError):  # another PostHog's stack is in it
        DEMO.rmdir()
        (ROOT / "Pulumi.demo.yaml").unlink(missing_ok=True)


def main() -> None:
    """Do what the command line names; Ctrl-C is Pulumi's to handle, so that it ends in order."""
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    commands: dict[str, Callable[[], None]] = {
        "up": partial(up, keep="--keep" in sys.argv),
        "destroy": destroy,
    }
    try:
        commands[sys.argv[1]]()
    except EmulatorError as error:
        sys.exit(str(error))
    except PulumiError as error:
        sys.exit(f"{error}\nPulumi stopped; its lines above say why.".strip())


if __name__ == "__main__":
    main()
