"""Making a project, and never a second one when PostHog's response is lost or late."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from posthog_pulumi.errors import (
    AmbiguousProjectError,
    ConflictError,
    NotFoundError,
    PostHogError,
    SettingIgnoredError,
    concerning,
)
from posthog_pulumi.lifecycle.connection import Connection
from posthog_pulumi.lifecycle.demo import wait_for_demo_data
from posthog_pulumi.lifecycle.once import once
from posthog_pulumi.lifecycle.organization import addressable
from posthog_pulumi.lifecycle.settings import bring, ignored_text
from posthog_pulumi.models.project import ProjectInputs, ProjectState, RemoteProject
from posthog_pulumi.plan import project as plan
from posthog_pulumi.plan.create import Whose, whose
from posthog_pulumi.properties import for_project

_LOGGER: Final = logging.getLogger(__name__)

_WHICH: Final = (
    "Take over the right one with `posthog-pulumi import --project ID`, or delete what is not"
    " needed in PostHog and run `pulumi up` when that name is free."
)


def _warn(text: str) -> None:
    _LOGGER.warning("%s", text)


def create(
    on: Connection, wanted: ProjectInputs, incomplete: Callable[[str], None] = _warn
) -> tuple[str, ProjectState]:
    """Make the project; its id and state.

    Once it exists it must be recorded, so whatever fails after that is told to ``incomplete``: the
    state then holds PostHog's values, and the next preview shows what is left to do.

    Raises:
        AmbiguousProjectError: Whether, and as which project, it was made is not known.
        PostHogError: It was not made, as far as can be seen.
    """
    body = plan.create_body(wanted)
    with concerning(f"project {wanted.name!r} was not created"), on.memory.name(wanted.name):
        made = make(on, addressable(on, wanted.organization_id), body)
        on.memory.projects.add(made.id)
    name, project = f"project {wanted.name!r} ({made.id})", made
    try:
        missing = plan.not_applied(made.settings, wanted.declared())
        where = made.organization, str(made.id)
        project = bring(on, *where, made.settings, missing) or made
        if ignored := plan.not_applied(project.settings, wanted.declared()):
            incomplete(f"{name}: {ignored_text(project, ignored)} {SettingIgnoredError.advice}")
    except Exception as error:  # noqa: BLE001  # even a bug must not make an orphan of the project
        incomplete(f"{name} was created, but not all of it was set: {_text(error)}")
        project = _as_it_is(on, made)
    try:
        if wanted.is_demo and wanted.wait_for_demo_data:
            wait_for_demo_data(on, project)
    except Exception as error:  # noqa: BLE001  # the same
        text = "%s was created, but its demo data was not waited for: %s"
        _LOGGER.warning(text, name, _text(error))
    return str(made.id), ProjectState.of(project, wanted.options(), wanted.declared())


def _as_it_is(on: Connection, made: RemoteProject) -> RemoteProject:
    try:
        return on.client.projects.retrieve(made.organization, str(made.id))
    except Exception:  # noqa: BLE001  # the same
        return made


def _text(error: Exception) -> str:
    """The error's, or where it is a bug its kind alone, since its text may hold a secret."""
    if isinstance(error, PostHogError):
        return str(error)
    return (
        f"a {type(error).__name__}, which is a bug in posthog_pulumi: report it. Run `pulumi"
        " refresh` and then `pulumi up`."
    )


def make(on: Connection, organization_id: str, body: Mapping[str, Any]) -> RemoteProject:
    """Send the request; where its response is lost, look for the project before anything else."""
    search = _Search(on, organization_id, body)
    advice = (
        f"A project called {body['name']!r} may exist, or come to exist, that was created at"
        f" {datetime.now(UTC):%H:%M} UTC or later: look for it in PostHog in a minute, and take it"
        " over with `posthog-pulumi import --project ID`, or delete it, before you run `pulumi up`"
        " again, which would make another."
    )
    return once(on, search.create, search.look, advice)


class _Search:
    """The request, and the search for the project that it made."""

    def __init__(self, on: Connection, organization_id: str, body: Mapping[str, Any]) -> None:
        self._on = on
        self._organization_id = organization_id
        self._body = body
        self._began = on.clock()
        self._sent = 0

    def create(self) -> RemoteProject:
        """``POST``; a name that is taken on the second try may be taken by the first."""
        self._sent += 1
        try:
            return self._on.client.projects.create(self._organization_id, self._body)
        except ConflictError as error:
            ours = self.look() if self._sent > 1 else None
            if ours is None:
                self._name_the_other(error)
                raise
            return ours

    def look(self) -> RemoteProject | None:
        """The project that the request made, or None if nothing shows.

        Raises:
            AmbiguousProjectError: Whether a project of that name is the one is not known.
        """
        found = [(project, self._whose(project)) for project in self._of_that_name()]
        ours = [project for project, verdict in found if verdict is Whose.OURS]
        doubtful = [project for project, verdict in found if verdict is Whose.UNKNOWN]
        if doubtful or len(ours) > 1:
            ids = [str(project.id) for project in (*ours, *doubtful)]
            raise AmbiguousProjectError(
                f"PostHog's response was lost, and whether project {' or '.join(ids)} is the one"
                " that was made does not show in its settings and age.",
                advice=for_project(_WHICH, ids[0]) if len(ids) == 1 else _WHICH,
            )
        return ours[0] if ours else None

    def _whose(self, project: RemoteProject) -> Whose:
        began = self._on.server_clock.at(self._began)
        now = self._on.server_clock.at(self._on.clock())
        return whose(
            datetime.fromisoformat(project.created_at).timestamp(),
            began.earliest if began else None,
            now.latest if now else None,
            equal=not plan.not_applied(project.settings, self._body),
        )

    def _of_that_name(self) -> list[RemoteProject]:
        projects, known = self._on.client.projects, self._on.memory.projects
        listed = self._on.memory.list_of(self._organization_id).look(
            lambda: list(projects.list(self._organization_id))
        )
        found = []
        for item in listed:
            if item.name == self._body["name"] and item.id not in known:
                try:
                    found.append(projects.retrieve(self._organization_id, str(item.id)))
                except NotFoundError:
                    continue
        return [project for project in found if not project.is_pending_deletion]

    def _name_the_other(self, error: ConflictError) -> None:
        """Say which project has the name, if that can be seen."""
        name = self._body["name"].casefold()
        try:
            listed = self._on.client.projects.list(self._organization_id)
            ids = [str(item.id) for item in listed if item.name.casefold() == name]
        except PostHogError:
            return
        if ids:
            advice = for_project(error.advice, ids[0])
            error.advice = f"It is project {', '.join(ids)}. {advice}"
