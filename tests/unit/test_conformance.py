import os
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tools import conformance

PASSED = "=== RUN   TestProject_Basic\n--- PASS: TestProject_Basic (1.20s)\nPASS\n"


def ended(code: int, output: str) -> CompletedProcess[str]:
    """A test runner that has ended."""
    return CompletedProcess(["acceptance"], code, output)


def test_tests_that_passed_are_counted() -> None:
    """Go's test runner prints one line for each."""
    trial = conformance.verdict("provider", ended(0, PASSED * 2))

    assert (trial.passed, trial.result) == (True, "2 passed")


@pytest.mark.parametrize(
    ("code", "output", "result"),
    [
        (1, PASSED + "--- FAIL: TestProject_Import (0.10s)\n", "1 passed, 1 failed"),
        (0, PASSED + "--- SKIP: TestProject_OrganizationSlug (0.00s)\n", "1 passed, 1 skipped"),
        (2, "panic: no such file\n", "no test ran"),
        (2, PASSED + "panic: no such file\n", "1 passed"),
    ],
)
def test_all_must_pass(code: int, output: str, result: str) -> None:
    """A skipped test has shown nothing; neither has no test at all, or a crash after some."""
    trial = conformance.verdict("provider", ended(code, output))

    assert (trial.passed, trial.result) == (False, result)


def test_the_provider_is_tried_on_each_server_with_each_key(tmp_path: Path) -> None:
    """Its tests get an address, a key, a project of their own, and the Terraform that was named."""
    program = tmp_path / "acceptance"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, urllib.request\n"
        "asked = '{POSTHOG_HOST}/api/projects/{POSTHOG_PROJECT_ID}/'.format_map(os.environ)\n"
        "bearer = {'Authorization': 'Bearer ' + os.environ['POSTHOG_API_KEY']}\n"
        "urllib.request.urlopen(urllib.request.Request(asked, headers=bearer))\n"
        "print('--- PASS: ' + os.environ['TF_ACC_TERRAFORM_PATH'] + ' (0.00s)')\n"
    )
    program.chmod(0o700)
    trials = list(conformance.acceptances("terraform", os.fspath(program)))

    assert [(trial.name, trial.result) for trial in trials] == [
        ("Terraform provider, current, a key for everything", "1 passed"),
        ("Terraform provider, current, a scoped key", "1 passed"),
        ("Terraform provider, docs-2025, a key for everything", "1 passed"),
        ("Terraform provider, docs-2025, a scoped key", "1 passed"),
    ]
