"""A project for each tenant: what `pulumi up` does, from a script that shows its progress."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pulumi
from pulumi import automation

from posthog_pulumi import PostHogProject

HERE = Path(__file__).parent


def stack(tenant: str) -> automation.Stack:
    """The tenant's stack, made if there is none."""

    def program() -> None:
        project = PostHogProject("project", name=tenant)
        pulumi.export("project_id", project.id)
        pulumi.export("api_token", project.api_token)

    options = automation.LocalWorkspaceOptions(work_dir=str(HERE))
    return automation.create_or_select_stack(
        tenant, project_name="posthog-tenants", program=program, opts=options
    )


def progress(tenant: str) -> Callable[[automation.EngineEvent], None]:
    """Print each step on a resource when it is done."""

    def show(event: automation.EngineEvent) -> None:
        done = event.res_outputs_event
        if done and not done.metadata.type.startswith("pulumi:"):
            name = done.metadata.urn.split("::")[-1]
            print(f"{tenant}: {done.metadata.op.value} {name}", flush=True)

    return show


def up(tenant: str) -> None:
    """Make the tenant's project, or bring it to what the program says."""
    done = stack(tenant).up(on_event=progress(tenant))
    print(f"{tenant}: project {done.outputs['project_id'].value}")


def destroy(tenant: str) -> None:
    """Delete the tenant's project, then the stack."""
    ending = stack(tenant)
    ending.destroy(on_event=progress(tenant))
    ending.workspace.remove_stack(tenant)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tenants", nargs="+", help="the tenants, each with a stack of that name")
    parser.add_argument("--destroy", action="store_true", help="delete their projects")
    arguments = parser.parse_args()
    step = destroy if arguments.destroy else up
    for tenant in arguments.tenants:
        step(tenant)


if __name__ == "__main__":
    main()
