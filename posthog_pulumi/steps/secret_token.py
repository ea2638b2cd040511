"""The steps of ``PostHogProjectSecretToken``."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from posthog_pulumi.lifecycle import secret_token
from posthog_pulumi.models.secret_token import ProjectSecretTokenInputs, ProjectSecretTokenState
from posthog_pulumi.plan.rotation import reasons_to_replace
from posthog_pulumi.steps import border, rotation
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown


class SecretTokenSteps(Configured):
    """Rotated by replacement, create before delete, so that both tokens live meanwhile."""

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Everything that can be known early, with no request."""
        self.warn_if_no_session("rotate_secret_token")
        return rotation.stamped(border.check(self.settings, ProjectSecretTokenInputs, news))

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Replace to rotate; a token that PostHog has superseded is adopted in place."""
        known, unknown = split_unknown(own(news))
        state = _state(olds)
        wanted = rotation.wanted_as_known(ProjectSecretTokenInputs, state, known, unknown)
        reasons = reasons_to_replace(state, wanted, state.rotated_at)
        if reasons and "project_id" not in reasons:
            token = state.token.get_secret_value()
            self.connection().replaced_tokens[state.project_id] = token
        recorded = state.model_dump(include=set(ProjectSecretTokenInputs.model_fields))
        changed = state.superseded or rotation.differ(recorded, wanted.model_dump())
        return rotation.answer(reasons, state, unknown, changed=changed)

    def create(self, props: Props) -> CreateResult:
        """``PATCH …/rotate_secret_token/``."""
        wanted = ProjectSecretTokenInputs.model_validate(own(props))
        id_, state = secret_token.create(self.connection(), wanted)
        return CreateResult(id_, _outputs(state))

    def read(self, id_: str, props: Props) -> ReadResult:
        """``GET`` of the project."""
        state = secret_token.read(self.connection(), _state(props))
        return ReadResult(id_, _outputs(state)) if state else ReadResult("", {})

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """No request, or a ``GET`` to adopt the current token."""
        wanted = ProjectSecretTokenInputs.model_validate(own(news))
        return UpdateResult(_outputs(secret_token.update(self.connection(), _state(olds), wanted)))

    def delete(self, _id: str, props: Props) -> None:
        """``PATCH …/delete_secret_token_backup/``, after a rotation if the token is current."""
        secret_token.delete(self.connection(), _state(props))


def _state(props: Props) -> ProjectSecretTokenState:
    return ProjectSecretTokenState.model_validate(own(props))


def _outputs(state: ProjectSecretTokenState) -> Props:
    return border.secret(state.outputs(), ["token"])
