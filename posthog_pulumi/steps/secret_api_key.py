"""The steps of ``PostHogProjectSecretApiKey``."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from posthog_pulumi import lifecycle
from posthog_pulumi.models.secret_api_key import (
    ProjectSecretApiKeyInputs,
    ProjectSecretApiKeyState,
)
from posthog_pulumi.plan.rotation import reasons_to_replace
from posthog_pulumi.steps import border, rotation
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown


class SecretApiKeySteps(Configured):
    """Rotated by replacement, create before delete, so that both keys live meanwhile."""

    arguments = ProjectSecretApiKeyInputs

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Everything that can be known early, with no request."""
        return rotation.stamped(border.check(self.declared, ProjectSecretApiKeyInputs, news))

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Replace to rotate, and where somebody rolled the key so that our value is dead."""
        known, unknown = split_unknown(own(news))
        state = _state(olds)
        wanted = rotation.wanted_as_known(ProjectSecretApiKeyInputs, state, known, unknown)
        reasons = reasons_to_replace(state, wanted, state.created_at)
        if state.superseded:
            reasons.append("value")
        recorded = state.model_dump(include=set(ProjectSecretApiKeyInputs.model_fields))
        changed = rotation.differ(recorded, wanted.model_dump())
        return rotation.diff_result(reasons, state, wanted, unknown, changed=changed)

    def create(self, props: Props) -> CreateResult:
        """``POST``."""
        wanted = ProjectSecretApiKeyInputs.model_validate(own(props))
        id_, state = lifecycle.secret_api_key.create(self.connection(), wanted)
        return CreateResult(id_, _outputs(state))

    def read(self, id_: str, props: Props) -> ReadResult:
        """``GET``."""
        border.refuse_get(
            props,
            "value",
            f"the secret API key with the id {id_!r} cannot be looked up, since PostHog shows its"
            " value only once",
            "Use the output of the stack that made it, or declare another key.",
        )
        state = lifecycle.secret_api_key.read(self.connection(), id_, _state(props))
        return ReadResult(id_, _outputs(state)) if state else ReadResult("", {})

    def update(self, id_: str, olds: Props, news: Props) -> UpdateResult:
        """``PATCH`` of label and scopes."""
        wanted = ProjectSecretApiKeyInputs.model_validate(own(news))
        state = lifecycle.secret_api_key.update(self.connection(), id_, _state(olds), wanted)
        return UpdateResult(_outputs(state))

    def delete(self, id_: str, props: Props) -> None:
        """``DELETE``."""
        lifecycle.secret_api_key.delete(self.connection(), id_, _state(props))


def _state(props: Props) -> ProjectSecretApiKeyState:
    return ProjectSecretApiKeyState.model_validate(own(props))


def _outputs(state: ProjectSecretApiKeyState) -> Props:
    return border.secret(state.outputs(), ["value"])
