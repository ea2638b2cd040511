"""The steps of ``PostHogProjectSecretToken``."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from posthog_pulumi import lifecycle
from posthog_pulumi.config import Config
from posthog_pulumi.errors import ConfigurationError, RefusedError
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs, ProjectSecretTokenState
from posthog_pulumi.plan.rotation import hidden_reason, reasons_to_replace
from posthog_pulumi.properties import ARMED
from posthog_pulumi.steps import border, rotation
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown, warn_once


class SecretTokenSteps(Configured):
    """Rotated by replacement, create before delete, so that both tokens live meanwhile."""

    arguments = ProjectSecretTokenInputs

    def check(self, olds: Props, news: Props) -> CheckResult:
        """Everything that can be known early, with no request."""
        result = _checked(self.declared, news)
        if not own(olds) and not result.failures:  # a create, or that of a replacement
            self.warn_if_no_session("rotate_secret_token", _name(result.inputs))
        return result

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Replace to rotate, and to take over the token that PostHog has since."""
        known, unknown = split_unknown(own(news))
        state = _state(olds)
        wanted = rotation.wanted_as_known(ProjectSecretTokenInputs, state, known, unknown)
        reasons = reasons_to_replace(state, wanted, state.rotated_at)
        if state.superseded:
            reasons.append("token")
        if rotation.is_of_this_run(wanted):
            self._remember(state, wanted, reasons)
        recorded = state.model_dump(include=set(ProjectSecretTokenInputs.model_fields))
        changed = rotation.differ(recorded, wanted.model_dump())
        return rotation.diff_result(reasons, state, wanted, unknown, changed=changed)

    def _remember(
        self, state: ProjectSecretTokenState, wanted: ProjectSecretTokenInputs, reasons: list[str]
    ) -> None:
        """Let ``create`` and ``delete`` of this run know of this half."""
        if "project_id" in reasons:  # it goes like the resource itself
            return
        known = self.memory().rotation(state.project_id)
        if not reasons:
            known.hold(state)
            return
        if bool(wanted.keep_previous) != bool(state.keep_previous):
            raise RefusedError(
                f"the secret token of project {state.project_id}: keep_previous changes in the same"
                " `up` as the token.",
                advice="Run `pulumi up` with the trigger as it was, so that keep_previous alone"
                " changes; then rotate.",
            )
        known.replaced = state
        if hidden := hidden_reason(state, wanted, reasons):
            warn_once(f"the secret token of project {state.project_id} is replaced: {hidden}")

    def create(self, props: Props) -> CreateResult:
        """``PATCH …/rotate_secret_token/``, or none to take over the token that is there."""
        wanted = ProjectSecretTokenInputs.model_validate(own(props))
        id_, state = lifecycle.secret_token.create(self.connection(), wanted)
        return CreateResult(id_, _outputs(state))

    def read(self, id_: str, props: Props) -> ReadResult:
        """``GET`` of the project."""
        border.refuse_get(
            props,
            "token",
            f"the secret token with the id {id_!r} cannot be looked up",
            "Declare it without an id, which takes over the token that is there; or read"
            " get_project_output(id=…).secret_api_token.",
        )
        state = lifecycle.secret_token.read(self.connection(), _state(props))
        return ReadResult(id_, _outputs(state)) if state else ReadResult("", {})

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """No request."""
        wanted = ProjectSecretTokenInputs.model_validate(own(news))
        return UpdateResult(
            _outputs(lifecycle.secret_token.update(self.connection(), _state(olds), wanted))
        )

    def delete(self, _id: str, props: Props) -> None:
        """``PATCH …/delete_secret_token_backup/``, after a rotation if the token is current."""
        lifecycle.secret_token.delete(self.connection(), _state(props))


def recorded(config: Config, project: RemoteProject, arguments: Props) -> tuple[str, Props, Props]:
    """What check and create record where they take over the project's token: no request."""
    inputs = border.accepted(_checked(config, arguments))
    wanted = ProjectSecretTokenInputs.model_validate(inputs)
    id_, state = lifecycle.secret_token.take_over(wanted, project)
    return id_, inputs, _outputs(state)


def _checked(settings: Config | ConfigurationError, news: Props) -> CheckResult:
    return rotation.stamped(border.check(settings, ProjectSecretTokenInputs, news))


def _state(props: Props) -> ProjectSecretTokenState:
    return ProjectSecretTokenState.model_validate(own(props))


def _outputs(state: ProjectSecretTokenState) -> Props:
    return border.secret(state.outputs(), ["token", ARMED])


def _name(inputs: Props) -> str:
    project_id = own(inputs).get("project_id")
    return f"project {project_id}" if isinstance(project_id, str) else "a new project"
