"""Look-ups: plain functions that run in the program, in a preview too.

The plain forms hold tokens as ``SecretStr``. The ``_output`` forms take Outputs and give an Output,
which is a secret as a whole where it holds a token. They use the stack's configuration, then the
environment.
"""

from __future__ import annotations  # a program starts quicker without the models

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi import Input, Output
from pulumi.runtime.config import get_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import SecretStr

    from posthog_pulumi.lifecycle.connection import Connection
    from posthog_pulumi.models.lookups import Activity, ListedProject, Organization
    from posthog_pulumi.models.project import Project


def get_project(
    id: str | int | None = None,  # noqa: A002  # Pulumi's name for it in every `get`
    *,
    name: str | None = None,
    organization_id: str | None = None,
) -> Project[SecretStr]:
    """One project, by its number or its exact name (``GET …/projects/{id}/``).

    Raises:
        pulumi.RunError: There is none, or several have the name.
    """
    from posthog_pulumi.lifecycle import lookups

    with _clean_exit():
        id_ = None if id is None else str(id)
        return lookups.project(_connection(), organization_id, id_=id_, name=name)


def get_project_output(
    id: Input[str | int] | None = None,  # noqa: A002  # the same
    *,
    name: Input[str] | None = None,
    organization_id: Input[str] | None = None,
) -> Output[Project[str]]:
    """The same as a secret Output, tokens in clear inside; known in the preview of an update."""

    def look_up(**given: Any) -> Project[str]:
        from posthog_pulumi.models.project import Project

        return Project[str].model_validate(_in_clear(get_project(**given).model_dump()))

    return _secret(look_up, id=id, name=name, organization_id=organization_id)


def get_projects(
    organization_id: str | None = None, *, search: str = ""
) -> list[ListedProject[SecretStr]]:
    """All projects of an organization (``GET …/projects/``, every page).

    Args:
        organization_id: UUID, slug or ``@current``.
        search: A phrase of the name; servers before 2026 ignore it.
    """
    from posthog_pulumi.lifecycle import lookups

    with _clean_exit():
        return lookups.projects(_connection(), organization_id, search)


def get_projects_output(
    organization_id: Input[str] | None = None, *, search: Input[str] = ""
) -> Output[list[ListedProject[str]]]:
    """The same as a secret Output, tokens in clear inside."""

    def look_up(**given: Any) -> list[ListedProject[str]]:
        from posthog_pulumi.models.lookups import ListedProject

        found = [_in_clear(item.model_dump()) for item in get_projects(**given)]
        return [ListedProject[str].model_validate(item) for item in found]

    return _secret(look_up, organization_id=organization_id, search=search)


def get_organization(organization_id: str | None = None) -> Organization:
    """An organization, by UUID, slug or ``@current`` (``GET /api/organizations/{id}/``)."""
    from posthog_pulumi.lifecycle import lookups

    with _clean_exit():
        return lookups.organization(_connection(), organization_id)


def get_organization_output(organization_id: Input[str] | None = None) -> Output[Organization]:
    """The same as an Output."""
    return _output(get_organization, organization_id=organization_id)


def get_project_activity(
    project_id: str | int, organization_id: str | None = None
) -> Iterator[Activity]:
    """A project's activity log, newest first (``GET …/activity/``; session only).

    Pages are fetched as they are reached, so stop early in a long log.
    """
    from posthog_pulumi.lifecycle import lookups

    with _clean_exit():
        yield from lookups.activity(_connection(), organization_id, str(project_id))


def get_project_activity_output(
    project_id: Input[str | int],
    organization_id: Input[str] | None = None,
    *,
    limit: Input[int] = 100,
) -> Output[list[Activity]]:
    """The newest ``limit`` entries as a secret Output, since the log shows API tokens in clear."""

    def look_up(limit: float, **given: Any) -> list[Activity]:
        found = zip(range(int(limit)), get_project_activity(**given), strict=False)
        return [item for _, item in found]

    return _secret(look_up, project_id=project_id, organization_id=organization_id, limit=limit)


def is_generating_demo_data(project_id: str | int, organization_id: str | None = None) -> bool:
    """Whether demo data is being generated (``GET …/is_generating_demo_data/``; session only)."""
    from posthog_pulumi.lifecycle import lookups

    with _clean_exit():
        on = _connection()
        return lookups.is_generating_demo_data(on, organization_id, str(project_id))


def is_generating_demo_data_output(
    project_id: Input[str | int], organization_id: Input[str] | None = None
) -> Output[bool]:
    """The same as an Output."""
    return _output(is_generating_demo_data, project_id=project_id, organization_id=organization_id)


def _output(look_up: Callable[..., Any], **given: Any) -> Output[Any]:
    return Output.all(**given).apply(lambda known: look_up(**known))


def _secret(look_up: Callable[..., Any], **given: Any) -> Output[Any]:
    return Output.secret(_output(look_up, **given))


def _in_clear(found: dict[str, Any]) -> dict[str, Any]:
    """The tokens as strings, which is what another resource's arguments take."""
    from pydantic import SecretStr

    return {
        key: value.get_secret_value() if isinstance(value, SecretStr) else value
        for key, value in found.items()
    }


def _connection() -> Connection:
    from posthog_pulumi.client import logs
    from posthog_pulumi.config import load
    from posthog_pulumi.lifecycle.connection import connect

    logs.to_stderr(os.environ)
    return connect(load(lambda key: get_config(f"posthog:{key}"), os.environ))


@contextmanager
def _clean_exit() -> Iterator[None]:
    """End the program with our one line, where any other exception shows its traceback."""
    from posthog_pulumi.errors import PostHogError

    try:
        yield
    except PostHogError as error:
        raise pulumi.RunError(str(error)) from None
