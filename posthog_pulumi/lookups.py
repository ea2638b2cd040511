"""Look-ups: plain functions that run in the program, in a preview too.

What they find has typed attributes, and is exported as an object. In the plain forms every token is
a secret Output, ready for another resource's arguments; outside of a program, such as in a script,
a ``SecretStr``. The ``_output`` forms take Outputs and give an Output, which is a secret as a whole
where it holds a token.

All ask with the configuration of ``provider``, or of the provider that ``opts`` name or their
parent has, otherwise with the stack's configuration and the environment. Under Pulumi's mocks they
call the mocks and send nothing.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pulumi import Input, InvokeOptions, Output

from posthog_pulumi.resources import look_up
from posthog_pulumi.resources.explicit_provider import PostHogProvider
from posthog_pulumi.resources.results import (
    ActivityResult,
    ListedProjectResult,
    OrganizationResult,
    ProjectResult,
)


def get_project(
    id: str | None = None,  # noqa: A002  # Pulumi's name for it in every `get`
    *,
    name: str | None = None,
    organization_id: str | None = None,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> ProjectResult[Output[str]]:
    """One project, by its number or its exact name (``GET …/projects/{id}/``).

    Raises:
        pulumi.RunError: There is none, or several have the name.
    """
    given = {"id": id, "name": name, "organization_id": organization_id}
    return ProjectResult(look_up.plain("get_project", given, _at(provider, opts)))


def get_project_output(
    id: Input[str] | None = None,  # noqa: A002  # the same
    *,
    name: Input[str] | None = None,
    organization_id: Input[str] | None = None,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> Output[ProjectResult[str]]:
    """The same as a secret Output, tokens in clear inside; known in the preview of an update."""
    given = {"id": id, "name": name, "organization_id": organization_id}
    found = look_up.output("get_project", given, _at(provider, opts))
    return Output.secret(found.apply(ProjectResult))


def get_projects(
    organization_id: str | None = None,
    *,
    search: str = "",
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> list[ListedProjectResult[Output[str]]]:
    """All projects of an organization (``GET …/projects/``, every page).

    Args:
        organization_id: UUID, slug or ``@current``.
        search: A phrase of the name; servers before 2026 ignore it.
        provider: Whose configuration to ask with.
        opts: Pulumi's options, which may name the provider, or a parent that has it.
    """
    given = {"organization_id": organization_id, "search": search}
    found = look_up.plain("get_projects", given, _at(provider, opts))
    return [ListedProjectResult(item) for item in found]


def get_projects_output(
    organization_id: Input[str] | None = None,
    *,
    search: Input[str] = "",
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> Output[list[ListedProjectResult[str]]]:
    """The same as a secret Output, tokens in clear inside."""
    given = {"organization_id": organization_id, "search": search}
    found = look_up.output("get_projects", given, _at(provider, opts))
    return Output.secret(found.apply(lambda items: [*map(ListedProjectResult, items)]))


def get_organization(
    organization_id: str | None = None,
    *,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> OrganizationResult:
    """An organization, by UUID, slug or ``@current`` (``GET /api/organizations/{id}/``)."""
    given = {"organization_id": organization_id}
    return OrganizationResult(look_up.plain("get_organization", given, _at(provider, opts)))


def get_organization_output(
    organization_id: Input[str] | None = None,
    *,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> Output[OrganizationResult]:
    """The same as an Output."""
    given = {"organization_id": organization_id}
    found = look_up.output("get_organization", given, _at(provider, opts))
    return found.apply(OrganizationResult)


def get_project_activity(
    project_id: str,
    organization_id: str | None = None,
    *,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> Iterator[ActivityResult]:
    """A project's activity log, newest first (``GET …/activity/``; session only).

    Pages are fetched as they are reached, so stop early in a long log.
    """
    given = {"project_id": project_id, "organization_id": organization_id}
    return map(ActivityResult, look_up.entries("get_project_activity", given, _at(provider, opts)))


def get_project_activity_output(
    project_id: Input[str],
    organization_id: Input[str] | None = None,
    *,
    limit: Input[int] = 100,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> Output[list[ActivityResult]]:
    """The newest ``limit`` entries as a secret Output, since the log shows API tokens in clear."""
    given = {"project_id": project_id, "organization_id": organization_id}

    def newest(count: int) -> Input[list[Any]]:
        return look_up.output(
            "get_project_activity",
            given,
            _at(provider, opts),
            lambda found: [*islice(found, int(count))],
        )

    found = Output.from_input(limit).apply(newest)
    return Output.secret(found.apply(lambda entries: [*map(ActivityResult, entries)]))


def is_generating_demo_data(
    project_id: str,
    organization_id: str | None = None,
    *,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> bool:
    """Whether demo data is being generated (``GET …/is_generating_demo_data/``; session only)."""
    given = {"project_id": project_id, "organization_id": organization_id}
    return bool(look_up.plain("is_generating_demo_data", given, _at(provider, opts)))


def is_generating_demo_data_output(
    project_id: Input[str],
    organization_id: Input[str] | None = None,
    *,
    provider: PostHogProvider | None = None,
    opts: InvokeOptions | None = None,
) -> Output[bool]:
    """The same as an Output."""
    given = {"project_id": project_id, "organization_id": organization_id}
    return look_up.output("is_generating_demo_data", given, _at(provider, opts)).apply(bool)


def _at(provider: PostHogProvider | None, opts: InvokeOptions | None) -> InvokeOptions:
    """One set of options; a provider that is given directly comes before theirs."""
    return InvokeOptions.merge(opts, InvokeOptions(provider=provider))
