"""The state with its secrets in clear, for what no command tells or does."""

from pathlib import Path
from typing import Any

from pulumi import automation as auto

from support.cli_engine import NAME, Stack


def selected(stack: Stack) -> auto.Stack:
    """The stack as another terminal of the same user sees it."""
    options = auto.LocalWorkspaceOptions(env_vars=stack.environ)
    folder = Path(stack.environ["PULUMI_HOME"]).parent
    return auto.select_stack(NAME, work_dir=str(folder), opts=options)


def entries(deployment: auto.Deployment, name: str) -> list[dict[str, Any]]:
    """The resource of that name, and the old half of its unfinished replacement."""
    found = (deployment.deployment or {}).get("resources", [])
    return [entry for entry in found if entry["urn"].endswith(f"::{name}")]


def tokens(stack: Stack, name: str, output: str = "token") -> dict[bool, str]:
    """The value of a secret output, by whether it is the old half of a replacement."""
    found = entries(selected(stack).export_stack(), name)
    return {entry.get("delete", False): _plain(entry["outputs"][output]) for entry in found}


def put(stack: Stack, name: str, *, inputs: dict[str, Any], outputs: dict[str, Any]) -> None:
    """Write other values into the recorded inputs and outputs of a resource."""
    terminal = selected(stack)
    deployment = terminal.export_stack()
    entry = entries(deployment, name)[0]
    entry["inputs"].update(inputs)
    entry["outputs"].update(outputs)
    terminal.import_stack(deployment)


def _plain(secret: Any) -> str:
    return str(secret["plaintext"]).strip('"')
