"""The steps of ``PostHogProject``."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from posthog_pulumi import lifecycle
from posthog_pulumi.config import Config
from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.models.project import ProjectInputs, ProjectState, RemoteProject
from posthog_pulumi.models.settings import SENSITIVE
from posthog_pulumi.plan.project import diff, may_move, resets_api_token
from posthog_pulumi.properties import TOKENS
from posthog_pulumi.steps import border
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown, warn_once

PROJECT_SECRETS = (*TOKENS, *SENSITIVE)


class ProjectSteps(Configured):
    """``PostHogProject``: never replaced, since that would delete its data."""

    arguments = ProjectInputs

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Everything that can be known early, with no request."""
        return _checked(self.declared, news)

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare with the recorded outputs, with no request; what is unknown counts as changed."""
        known, unknown = split_unknown(own(news))
        if unknown:
            return border.changes(changed=True)
        wanted = ProjectInputs.model_validate(known)
        state = ProjectState.from_outputs(own(olds))
        self._warn(state, wanted)
        return border.changes(changed=bool(diff(state, wanted)))

    def _warn(self, state: ProjectState, wanted: ProjectInputs) -> None:
        """Say what the preview of an update does not show."""
        subject = f"project {wanted.name!r}"
        if resets_api_token(state, wanted):
            warn_once(f"{subject}: its API token is reset, and the old one stops at once")
            self.warn_if_no_session("reset_token", subject)
        if may_move(state, wanted):
            self.warn_if_no_session("change_organization", subject)

    def create(self, props: Props) -> CreateResult:
        """``POST``, and a ``PATCH`` where the server overrides what was sent."""
        wanted = ProjectInputs.model_validate(own(props))
        id_, state = lifecycle.create.create(self.connection(), wanted)
        return CreateResult(id_, outputs_of(state))

    def read(self, id_: str, props: Props) -> ReadResult:
        """``GET``, for a refresh or for ``.get()``, to which a project that is gone is an error.

        Only a refresh is given outputs, and only outputs hold the ``uuid``.
        """
        recorded = own(props)
        if "uuid" not in recorded:
            return ReadResult(
                id_, outputs_of(lifecycle.project.get(self.connection(), id_, recorded))
            )
        state = lifecycle.project.read(self.connection(), id_, ProjectState.from_outputs(recorded))
        if state is None:
            return ReadResult("", {})
        return ReadResult(id_, outputs_of(state), border.secret(state.inputs(), SENSITIVE))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """``PATCH`` of what changed."""
        state = ProjectState.from_outputs(own(olds))
        wanted = ProjectInputs.model_validate(own(news))
        updated = lifecycle.project.update(self.connection(), id_, state, wanted)
        return UpdateResult(outputs_of(updated))

    def delete(self, id_: str, props: Props) -> None:
        """``DELETE``, unless it would lose data that the program did not give up."""
        lifecycle.project.delete(self.connection(), id_, ProjectState.from_outputs(own(props)))


def recorded(config: Config, project: RemoteProject, arguments: Props) -> tuple[Props, Props]:
    """What check and create record of these arguments, for a project that exists: no request."""
    inputs = border.accepted(_checked(config, arguments))
    wanted = ProjectInputs.model_validate(arguments)
    return inputs, outputs_of(ProjectState.of(project, wanted.options(), wanted.declared()))


def _checked(settings: Config | ConfigurationError, news: Props) -> CheckResult:
    result = border.check(settings, ProjectInputs, news)
    return CheckResult(border.secret(result.inputs, SENSITIVE), result.failures)


def outputs_of(state: ProjectState) -> Props:
    """What the engine stores of a project, its secrets marked."""
    return border.secret(state.outputs(), PROJECT_SECRETS)
