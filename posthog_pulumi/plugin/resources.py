"""What a native front adds to the steps of each resource."""

import base64
import pickle
from copy import copy
from typing import ClassVar, Final, Self

from pulumi.dynamic import CreateResult

from posthog_pulumi import lifecycle
from posthog_pulumi.adopt.projects import declared
from posthog_pulumi.errors import RefusedError, concerning
from posthog_pulumi.models.project import ProjectInputs, ProjectState, RemoteProject
from posthog_pulumi.plan.project import may_move, resets_api_token
from posthog_pulumi.plugin.wire import IncompleteError
from posthog_pulumi.properties import ARMED, PROJECT_FACTS, TOKENS
from posthog_pulumi.provider import (
    PostHogResourceProvider,
    ProductIntentProvider,
    ProjectProvider,
    SecretApiKeyProvider,
    SecretTokenProvider,
)
from posthog_pulumi.steps import product_intent, project, secret_token
from posthog_pulumi.steps.border import Configured, Props, own, split_unknown
from posthog_pulumi.steps.product_intent import ProductIntentSteps
from posthog_pulumi.steps.project import ProjectSteps
from posthog_pulumi.steps.secret_api_key import SecretApiKeySteps
from posthog_pulumi.steps.secret_token import SecretTokenSteps

Taken = tuple[str, Props, Props]
"""Id, inputs and outputs."""

_API_TRIGGER: Final = "rotate_api_token_when_changed"


class Native(Configured):
    """What a native front asks for besides the steps."""

    dynamic: ClassVar[type[PostHogResourceProvider]]
    """Its dynamic provider."""
    computed: ClassVar[tuple[str, ...]]
    """Outputs that PostHog gives, which a preview of a create does not know."""
    secrets: ClassVar[tuple[str, ...]] = ()
    """Outputs that are secrets."""
    place: ClassVar[str]
    """The form of an id that can be imported."""

    def within(self, seconds: float) -> Self:
        """The same for one call of the engine.

        Args:
            seconds: The time that ``custom_timeouts`` give it, in seconds; 0 if there are none.
        """
        steps = copy(self)
        steps.seconds = seconds or None
        return steps

    def kept(self, outputs: Props) -> Props:
        """What the engine stores: the outputs, and what Pulumi's dynamic providers look for.

        So that a stack can move to the dynamic resources, whoever made what is in it.
        """
        pickled = pickle.dumps(self.dynamic(), protocol=4)
        return {**outputs, "__provider": base64.b64encode(pickled).decode()}

    def unknown_after(self, _olds: Props, _news: Props) -> set[str]:
        """The outputs that an update changes in a way nobody knows before."""
        return set()

    def take_over(self, id_: str) -> Taken:
        """What an import records of what exists: no request but reads."""
        raise RefusedError(f"{id_!r} cannot be imported.", advice=self.place)

    def found(self, organization_id: str, project_id: str) -> RemoteProject:
        """The project of an id that is imported; the organization may be left out."""
        with concerning(f"project {project_id or '?'} was not imported"):
            if not (project_id.isascii() and project_id.isdigit()):
                raise RefusedError("that is no project's id.", advice=self.place)
            on = self.connection()
            there = lifecycle.organization.addressable(on, organization_id or None)
            live = lifecycle.organization.located(on, there, project_id)
            lifecycle.organization.refuse_pending_deletion(live)
        on.memory.projects.add(live.id)
        return live


class NativeProject(Native, ProjectSteps):
    """``posthog:index:Project``."""

    dynamic = ProjectProvider
    computed = (*PROJECT_FACTS, *TOKENS)
    secrets = project.PROJECT_SECRETS
    place = "Import a project by ORGANIZATION/PROJECT, or by its number alone."

    def create(self, props: Props) -> CreateResult:
        """Create it.

        Raises:
            IncompleteError: It was created, but not all of it could be set.
        """
        reasons: list[str] = []
        wanted = ProjectInputs.model_validate(own(props))
        id_, state = lifecycle.create.create(self.connection(), wanted, reasons.append)
        if reasons:
            raise IncompleteError(id_, self.kept(project.outputs_of(state)), reasons)
        return CreateResult(id_, project.outputs_of(state))

    def unknown_after(self, olds: Props, news: Props) -> set[str]:
        """The API token if it is reset, the organization if the project moves."""
        state = ProjectState.from_outputs(own(olds))
        known, unknown = split_unknown(own(news))
        wanted = ProjectInputs.model_validate({"name": "?", **known})
        armed = _API_TRIGGER in state.options
        resets = armed if _API_TRIGGER in unknown else resets_api_token(state, wanted)
        moves = "organization_id" in unknown or may_move(state, wanted)
        return {name for name, it in (("api_token", resets), ("organization", moves)) if it}

    def take_over(self, id_: str) -> Taken:
        """The project, declared by those of its settings that say something."""
        organization_id, _, project_id = id_.rpartition("/")
        live = self.found(organization_id, project_id)
        settings, _ = declared(live.settings)
        return project_id, *project.recorded(self.config, live, settings)


class NativeSecretToken(Native, SecretTokenSteps):
    """``posthog:index:ProjectSecretToken``."""

    dynamic = SecretTokenProvider
    computed = ("organization", "token", "rotated_at", "superseded")
    secrets = ("token", ARMED)
    place = "Import a project's secret token by ORGANIZATION/PROJECT, or by the project alone."

    def take_over(self, id_: str) -> Taken:
        """The token that the project has, with nothing rotated."""
        organization_id, _, project_id = id_.rpartition("/")
        live = self.found(organization_id, project_id)
        if live.secret_api_token is None:
            raise RefusedError(
                f"project {project_id} has no secret token to import.",
                advice="Declare one without an import, which makes it.",
            )
        return secret_token.recorded(self.config, live, {"project_id": project_id})


class NativeSecretApiKey(Native, SecretApiKeySteps):
    """``posthog:index:ProjectSecretApiKey``."""

    dynamic = SecretApiKeyProvider
    computed = ("value", "mask_value", "label_in_posthog", "created_at", "superseded")
    secrets = ("value",)
    place = (
        "PostHog shows the value of a secret API key only once: declare another, move to it, then"
        " delete the old one in PostHog."
    )


class NativeProductIntent(Native, ProductIntentSteps):
    """``posthog:index:ProductIntent``."""

    dynamic = ProductIntentProvider
    computed = ("organization", "declared_at")
    place = "Import a product intent by PROJECT/PRODUCT_TYPE."

    def take_over(self, id_: str) -> Taken:
        """The intent that PostHog has."""
        *organization, project_id, product_type = ["", *id_.split("/")][-3:]
        live = self.found("".join(organization), project_id)
        if product_type not in {intent.product_type for intent in live.product_intents}:
            raise RefusedError(f"project {project_id} has no product intent {product_type!r}.")
        wanted = {"project_id": project_id, "product_type": product_type}
        return product_intent.recorded(self.config, live, wanted)


PROJECT: Final = "posthog:index:Project"
RESOURCES: Final[dict[str, type[Native]]] = {
    PROJECT: NativeProject,
    "posthog:index:ProjectSecretToken": NativeSecretToken,
    "posthog:index:ProjectSecretApiKey": NativeSecretApiKey,
    "posthog:index:ProductIntent": NativeProductIntent,
}
"""Each resource by the type that programs name."""
