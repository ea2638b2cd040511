"""Try the emulator with what PostHog itself publishes: ``make conformance``.

PostHog's Python SDK, as locked and the newest. And the acceptance tests for projects of PostHog's
Terraform provider, if ``TERRAFORM`` names Terraform and ``ACCEPTANCE`` these tests, built by
``go test -c ./testacc`` in the provider's repository.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess, run
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx

from posthog_pulumi.emulator import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from posthog_pulumi.emulator import Account
    from posthog_pulumi.emulator.launcher import ServerName

ROOT = Path(__file__).resolve().parents[1]
SDK_TESTS = "tests/emulator/test_sdk.py"
FEATURE_FLAGS = "TestProject_UseProjectIDForResources"
"""The one test that needs what the emulator leaves out."""
SELECTED = ("-test.v", "-test.run=^TestProject(Settings)?_", f"-test.skip={FEATURE_FLAGS}")
SERVERS: tuple[ServerName, ...] = ("current", "docs-2025")
KEYS = {
    "a key for everything": ("*",),
    "a scoped key": ("organization:read", "project:read", "project:write"),
}


@dataclass(frozen=True)
class Trial:
    """What was tried, what came out, and what was printed."""

    name: str
    result: str
    passed: bool
    output: str


def main() -> int:
    """Try everything; the exit code is 1 if anything failed."""
    named = [os.environ.get(name) for name in ("TERRAFORM", "ACCEPTANCE")]
    failed = _shown(sdks())
    if all(named):
        failed += _shown(acceptances(*(str(Path(name or "").resolve()) for name in named)))
    else:
        print("not tried  PostHog's Terraform provider: set TERRAFORM and ACCEPTANCE")
    return 1 if failed else 0


def sdks() -> Iterator[Trial]:
    """The emulator's tests of PostHog's Python SDK, with the locked one and the newest."""
    with TemporaryDirectory() as newest:
        yield _sdk("PostHog's SDK as locked", os.environ)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", newest, "posthog"]
        run(pip, check=True)
        yield _sdk("the newest SDK of PostHog", {**os.environ, "PYTHONPATH": newest})


def _sdk(name: str, environ: Mapping[str, str]) -> Trial:
    done = _run([sys.executable, "-m", "pytest", "-q", SDK_TESTS], environ, ROOT)
    last = done.stdout.strip().rpartition("\n")[2]
    return Trial(name, last, not done.returncode, done.stdout)


def acceptances(terraform: str, program: str) -> Iterator[Trial]:
    """The acceptance tests on each server, with each kind of key."""
    for server in SERVERS:
        with running(server) as posthog:
            for key, scopes in KEYS.items():
                account = posthog.new_tenant(scopes=scopes)
                done = _accepted(terraform, program, account)
                yield verdict(f"Terraform provider, {server}, {key}", done)


def _accepted(terraform: str, program: str, account: Account) -> CompletedProcess[str]:
    with TemporaryDirectory() as empty:
        environ = {
            **account.environ,
            "POSTHOG_PROJECT_ID": _project(account),
            "TF_ACC": "1",
            "TF_ACC_TERRAFORM_PATH": terraform,
            "TF_CLI_CONFIG_FILE": os.devnull,
            "CHECKPOINT_DISABLE": "1",
            "HOME": empty,
            "PATH": os.environ["PATH"],
        }
        return _run([program, *SELECTED], environ, Path(empty))


def _project(account: Account) -> str:
    """The id of a new project, whose settings the tests change."""
    url = f"{account.url}/api/organizations/{account.organization_id}/projects/"
    bearer = {"Authorization": f"Bearer {account.api_key}"}
    response = httpx.post(url, json={"name": "Acceptance"}, headers=bearer)
    return str(response.raise_for_status().json()["id"])


def verdict(name: str, done: CompletedProcess[str]) -> Trial:
    """What Go's test runner printed; a skipped test has shown nothing, so it counts as failed."""
    results = Counter(re.findall(r"^--- (PASS|FAIL|SKIP): ", done.stdout, re.MULTILINE))
    words = {"PASS": "passed", "FAIL": "failed", "SKIP": "skipped"}
    counted = ", ".join(f"{results[key]} {word}" for key, word in words.items() if results[key])
    passed = not done.returncode and set(results) == {"PASS"}
    return Trial(name, counted or "no test ran", passed, done.stdout)


def _run(command: list[str], environ: Mapping[str, str], folder: Path) -> CompletedProcess[str]:
    return run(command, env=environ, cwd=folder, stdout=PIPE, stderr=STDOUT, text=True, check=False)


def _shown(trials: Iterator[Trial]) -> int:
    """Print each as it ends, and all the output of those that failed; their number."""
    failed = 0
    for trial in trials:
        print(
            f"{'passed' if trial.passed else 'FAILED':9}  {trial.name}: {trial.result}", flush=True
        )
        if not trial.passed:
            failed += 1
            print(trial.output)
    return failed


if __name__ == "__main__":
    sys.exit(main())
