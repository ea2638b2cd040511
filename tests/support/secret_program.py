"""A program with a secret wherever one can enter, and a second terminal that runs it from a folder.

As a module of its own it runs in the CLI's own process, without the test.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pulumi
from pulumi import Output, ResourceOptions
from pulumi import automation as auto

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    PostHogProjectSecretApiKey,
    PostHogProvider,
    get_project_output,
)
from support.cli_engine import NAME, Stack
from support.secret_scan import mark

PLACES: Final = (
    "description",
    "conversations",
    "modifiers",
    "extra",
    "survey",
    "webhook",
    "api trigger",
    "token trigger",
    "key trigger",
    "metadata",
)
MARKS: Final = {place: mark(place) for place in PLACES}
"""What the program declares as secrets; each trigger is another one in each quarter."""

QUARTER: Final = "SECRETS_QUARTER"
"""Variable with the quarter; another one changes settings and fires all triggers."""
OLD: Final = {
    name: f"SECRETS_2025_{name}"
    for name in (
        "POSTHOG_HOST",
        "POSTHOG_API_KEY",
        "POSTHOG_SESSION_ID",
        "POSTHOG_ORGANIZATION_ID",
    )
}
"""Variables with the account on the server of mid-2025, which the explicit provider uses."""


def declare() -> None:
    """Declare one resource of each kind, and look a project up."""
    quarter = os.environ[QUARTER]
    web = PostHogProject("web", name="Website", **_settings(quarter), **_triggers(quarter))
    PostHogProjectSecretApiKey(
        "key",
        project_id=web.id,
        label="flags",
        scopes=["feature_flag:read"],
        rotate_when_changed=_secret("key trigger", quarter),
    )
    PostHogProductIntent(
        "intent",
        project_id=web.id,
        product_type="surveys",
        metadata=_secret("metadata", quarter),
    )
    provider = PostHogProvider(
        "mid-2025",
        host=os.environ[OLD["POSTHOG_HOST"]],
        api_key=os.environ[OLD["POSTHOG_API_KEY"]],
        session_id=os.environ[OLD["POSTHOG_SESSION_ID"]],
        organization_id=os.environ[OLD["POSTHOG_ORGANIZATION_ID"]],
    )
    PostHogProject(
        "old",
        ResourceOptions(provider=provider),
        slack_incoming_webhook=MARKS["webhook"] + quarter,  # in clear, as most programs would
    )
    pulumi.export("tokens", [web.api_token, web.secret_api_token])
    pulumi.export("found", get_project_output(id=web.id).apply(lambda found: found.settings))


def _settings(quarter: str) -> dict[str, Any]:
    return {
        "product_description": Output.secret(MARKS["description"] + quarter),
        "conversations_settings": {"widget_color": MARKS["conversations"] + quarter},
        "modifiers": Output.secret({"personsJoinMode": MARKS["modifiers"] + quarter}),
        "extra_settings": {"deep": {"list": [Output.secret(MARKS["extra"] + quarter), 2]}},
        "survey_config": Output.secret({"appearance": {"color": MARKS["survey"] + quarter}}),
    }


def _triggers(quarter: str) -> dict[str, Any]:
    return {
        "rotate_api_token_when_changed": _secret("api trigger", quarter),
        "rotate_secret_token_when_changed": _secret("token trigger", quarter),
    }


def _secret(place: str, quarter: str) -> Output[dict[str, str]]:
    return Output.secret({"why": MARKS[place] + quarter})


class Terminal:
    """Runs the program from a folder, as users do, and keeps all that is printed.

    Pulumi's own log, at its highest verbosity, holds every property in clear: Pulumi says so. Of it
    only the lines are kept with which the engine passes on what our process wrote.
    """

    def __init__(self, stack: Stack) -> None:
        self.folder = Path(stack.environ["PULUMI_HOME"]).parent
        self.texts: dict[str, str] = {}
        """What each command printed, and what it left in its events and its plan."""
        program = "from support.secret_program import declare\n\ndeclare()\n"
        (self.folder / "__main__.py").write_text(program, encoding="utf-8")
        python = Path(sys.executable).parent  # the language host runs the first one on PATH
        stack.environ["PATH"] = os.pathsep.join([str(python), os.environ["PATH"]])
        stack.environ["PULUMI_EXPERIMENTAL"] = "true"  # for plans
        stack.environ["PULUMI_DEBUG_COMMANDS"] = "true"  # for events
        self._environ = stack.environ

    def configure(self, **secrets: str) -> None:
        """Set secrets of the stack's configuration."""
        given = [f"--secret=posthog:{key}={value}" for key, value in secrets.items()]
        self._run("config", "set-all", *given)

    def run(self, title: str, command: str, *options: str) -> None:
        """Run a command that works on the program's resources."""
        events = self.folder / f"{title}.events"
        loud = ("-v=9", "--logtostderr", f"--event-log={events}")
        printed = self._run(command, *options, *loud)
        self.texts[title] = "\n".join(filter(_is_not_pulumis, printed.splitlines()))
        self.texts[f"{title}, events"] = events.read_text(encoding="utf-8")

    def export(self) -> str:
        """The state as Pulumi hands it out."""
        return self._run("stack", "export")

    def revealed(self) -> str:
        """The same with its secrets in clear."""
        return self._run("stack", "export", "--show-secrets")

    def files(self) -> dict[str, str]:
        """Everything that the backend keeps on disk: the state, its history and its backups."""
        found = sorted((self.folder / "state").rglob("*.json*"))
        return {str(path.relative_to(self.folder)): path.read_text("utf-8") for path in found}

    def _run(self, command: str, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603  # the CLI that the tests got
            ["pulumi", command, *arguments, "--stack", NAME, "--non-interactive"],  # noqa: S607
            cwd=self.folder,
            env={**os.environ, **self._environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise auto.CommandError(auto.CommandResult(done.stdout[-3000:], "", done.returncode))
        return done.stdout


def _is_not_pulumis(line: str) -> bool:
    """Whether a line is more than Pulumi's own log: shown to users, or passed on from a process."""
    is_log = line.startswith('{"time":') or (line[:1] in set("IWEF") and line[1:5].isdigit())
    return not is_log or "eventSink::" in line
