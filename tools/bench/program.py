"""The Pulumi programs that are measured, as the environment asks for them."""

from __future__ import annotations

import os

KIND, COUNT, TIMEZONE, QUARTER = "BENCH_KIND", "BENCH_COUNT", "BENCH_TIMEZONE", "BENCH_QUARTER"
GUARDED = "BENCH_GUARDED"

TEXT = "from tools.bench import program\n\nprogram.declare()\n"


def declare() -> None:
    """Declare the resources; with a quarter, each has a secret token that rotates by it."""
    {"projects": _projects, "native": _native, "idle": _idle}[os.environ[KIND]](
        int(os.environ[COUNT]), os.environ[TIMEZONE], os.environ[QUARTER]
    )


def _projects(count: int, timezone: str, quarter: str) -> None:
    from posthog_pulumi import PostHogProject  # noqa: PLC0415  # the floor does without it

    for number in range(count):
        PostHogProject(
            f"bench-{number}",
            name=f"Bench {number}",
            timezone=timezone,
            session_recording_opt_in=True,
            force_destroy=GUARDED not in os.environ or None,
            rotate_secret_token_when_changed={"quarter": quarter} if quarter else None,
        )


def _native(count: int, timezone: str, quarter: str) -> None:
    from pulumi import CustomResource, ResourceOptions  # noqa: PLC0415  # as late as the other

    for number in range(count):
        settings = {"timezone": timezone, "session_recording_opt_in": True, "force_destroy": True}
        given = {"name": f"Bench {number}", **settings}
        project = CustomResource("posthog:index:Project", f"bench-{number}", given)
        if quarter:
            CustomResource(
                "posthog:index:ProjectSecretToken",
                f"bench-{number}-secret-token",
                {"project_id": project.id, "rotate_when_changed": {"quarter": quarter}},
                ResourceOptions(parent=project, deleted_with=project),
            )


def _idle(count: int, timezone: str, quarter: str) -> None:
    from pulumi import ResourceOptions  # noqa: PLC0415  # as late as the other

    from tools.bench.idle import TRIGGER, Idle, IdleProject, IdleToken  # noqa: PLC0415  # the same

    for number in range(count):
        given = {"name": f"Bench {number}", "timezone": timezone}
        project = Idle(f"bench-{number}", IdleProject(), given)
        if quarter:
            Idle(
                f"bench-{number}-secret-token",
                IdleToken(),
                {"project_id": project.id, TRIGGER: {"quarter": quarter}},
                ResourceOptions(parent=project, deleted_with=project),
            )
