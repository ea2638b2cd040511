"""The steps of ``PostHogProductIntent``."""

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult

from posthog_pulumi import lifecycle
from posthog_pulumi.config import Config
from posthog_pulumi.models.product_intent import ProductIntentInputs, ProductIntentState
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.plan.product_intent import changed, reasons_to_replace
from posthog_pulumi.steps import border
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown


class ProductIntentSteps(Configured):
    """Declared again when it changes; there is nothing to call when it goes."""

    arguments = ProductIntentInputs

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Everything that can be known early, with no request."""
        return border.check(self.declared, ProductIntentInputs, news)

    def diff(self, _id: str, olds: Props, news: Props) -> DiffResult:
        """Another project or product is another intent."""
        known, unknown = split_unknown(own(news))
        reasons = reasons_to_replace(_state(olds), known, unknown)
        differs = bool(unknown) or changed(_state(olds), known)
        return DiffResult(changes=bool(reasons) or differs, replaces=reasons)

    def create(self, props: Props) -> CreateResult:
        """``PATCH …/add_product_intent/``, and ``…/complete_product_onboarding/`` if declared."""
        wanted = ProductIntentInputs.model_validate(own(props))
        id_, state = lifecycle.product_intent.create(self.connection(), wanted)
        return CreateResult(id_, state.outputs())

    def read(self, id_: str, props: Props) -> ReadResult:
        """``GET`` of the project."""
        border.refuse_get(
            props,
            "declared_at",
            f"the product intent with the id {id_!r} cannot be looked up",
            "Declare it without an id, which does no harm where PostHog has it already.",
        )
        state = lifecycle.product_intent.read(self.connection(), _state(props))
        return ReadResult(id_, state.outputs()) if state else ReadResult("", {})

    def update(self, _id: str, olds: Props, news: Props) -> UpdateResult:
        """The same requests as create, where something changed."""
        wanted = ProductIntentInputs.model_validate(own(news))
        state = lifecycle.product_intent.update(self.connection(), _state(olds), wanted)
        return UpdateResult(state.outputs())

    def delete(self, _id: str, _props: Props) -> None:
        """Nothing: PostHog keeps an intent for good, so only the state forgets it."""


def recorded(config: Config, project: RemoteProject, arguments: Props) -> tuple[str, Props, Props]:
    """What check and create record of an intent that PostHog has already: no request."""
    inputs = border.accepted(border.check(config, ProductIntentInputs, arguments))
    wanted = ProductIntentInputs.model_validate(inputs)
    id_, state = lifecycle.product_intent.take_over(wanted, project)
    return id_, inputs, state.outputs()


def _state(props: Props) -> ProductIntentState:
    return ProductIntentState.model_validate(own(props))
