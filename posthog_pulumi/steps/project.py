"""The steps of ``PostHogProject``."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from posthog_pulumi.lifecycle import project
from posthog_pulumi.models.project import ProjectInputs, ProjectState
from posthog_pulumi.models.settings import SENSITIVE
from posthog_pulumi.plan.project import diff
from posthog_pulumi.properties import TOKENS
from posthog_pulumi.steps import border
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown

PROJECT_SECRETS = (*TOKENS, *SENSITIVE)


class ProjectSteps(Configured):
    """``PostHogProject``: never replaced, since that would delete its data."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Everything that can be known early, with no request."""
        if "rotate_api_token_when_changed" in own(news):
            self.warn_if_no_session("reset_token")
        result = border.check(self.settings, ProjectInputs, news)
        return CheckResult(border.secret(result.inputs, SENSITIVE), result.failures)

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Compare with the recorded outputs, with no request; what is unknown counts as changed."""
        known, unknown = split_unknown(own(news))
        if unknown:
            return border.changes(changed=True)
        wanted = ProjectInputs.model_validate(known)
        return border.changes(changed=bool(diff(ProjectState.from_outputs(own(olds)), wanted)))

    def create(self, props: Props) -> CreateResult:
        """``POST``, and a ``PATCH`` where the server overrides what was sent."""
        wanted = ProjectInputs.model_validate(own(props))
        id_, state = project.create(self.connection(), wanted)
        return CreateResult(id_, _outputs(state))

    def read(self, id_: str, props: Props) -> ReadResult:
        """``GET``, for a refresh or for ``.get()``, to which a project that is gone is an error.

        Only a refresh is given outputs, and only outputs hold the ``uuid``.
        """
        recorded = own(props)
        if "uuid" not in recorded:
            return ReadResult(id_, _outputs(project.get(self.connection(), id_, recorded)))
        state = project.read(self.connection(), id_, ProjectState.from_outputs(recorded))
        if state is None:
            return ReadResult("", {})
        return ReadResult(id_, _outputs(state), border.secret(state.inputs(), SENSITIVE))

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """``PATCH`` of what changed."""
        state = ProjectState.from_outputs(own(olds))
        wanted = ProjectInputs.model_validate(own(news))
        updated = project.update(self.connection(), id_, state, wanted)
        return UpdateResult(_outputs(updated))

    def delete(self, id_: str, props: Props) -> None:
        """``DELETE``, unless it would lose data that the program did not give up."""
        project.delete(self.connection(), id_, ProjectState.from_outputs(own(props)))


def _outputs(state: ProjectState) -> Props:
    return border.secret(state.outputs(), PROJECT_SECRETS)
