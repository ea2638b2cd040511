"""The examples that feed a project's tokens to another cloud, on Pulumi's mocks."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi.runtime.config import set_all_config
from support.mocked_programs import Run, run

EXAMPLES = Path(__file__).parents[2] / "examples"
CONFIG = {"project:repository": "website", "project:vercelProjectId": "prj_1"}
TOKEN, FIRST, SECOND = "phc_1", "phs_1", "phs_2"


def fed(example: str, key: str) -> Run:
    """What its program registers, with that key in the project."""

    def program() -> dict[str, Any]:
        set_all_config(CONFIG)
        runpy.run_path(str(EXAMPLES / example / "__main__.py"))
        return {}

    secrets = {"api_token": rpc.wrap_rpc_secret(TOKEN), "value": rpc.wrap_rpc_secret(key)}
    return run(program, posthog=secrets)


def both(key: str) -> dict[str, str]:
    """The Secret of Kubernetes."""
    return {"POSTHOG_API_TOKEN": TOKEN, "POSTHOG_FLAGS_KEY": key}


def as_json(key: str) -> str:
    """The secret of AWS."""
    return json.dumps({"api_token": TOKEN, "flags_key": key})


in_each = pytest.mark.parametrize(
    ("example", "resource", "argument", "expected"),
    [
        ("aws_secrets_manager", "version", "secretString", as_json),
        ("github_actions", "flags-key", "value", str),
        ("kubernetes_secret", "posthog", "stringData", both),
        ("vercel", "flags-key", "value", str),
    ],
)


@in_each
def test_a_rotated_key_is_fed(example: str, resource: str, argument: str, expected: Any) -> None:
    """The cloud gets the project's key as a secret, and after a rotation the new one."""
    first = fed(example, FIRST).resources[resource]
    second = fed(example, SECOND).resources[resource]

    assert first.inputs[argument] == expected(FIRST)
    assert second.inputs[argument] == expected(SECOND)
    assert argument in first.secrets


@pytest.mark.parametrize(
    ("example", "argument"), [("github_actions", "value"), ("vercel", "value")]
)
def test_the_api_token_is_fed(example: str, argument: str) -> None:
    """So is the token that sends events, where it has a resource of its own."""
    made = fed(example, FIRST).resources["api-token"]

    assert made.inputs[argument] == TOKEN
    assert argument in made.secrets
