"""The dynamic providers, which Pulumi pickles by module and class name into every state.

``destroy`` unpickles them years later, so these names never change, and the classes hold nothing
when pickled. A program only pickles them; what they do is imported in the provider's process.
"""

from pkgutil import resolve_name
from typing import Any, ClassVar, Protocol

from pulumi.dynamic import (
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

Props = dict[str, Any]


class Steps(Protocol):
    """The engine's steps, with its arguments."""

    def check(self, olds: Props, news: Props, /) -> CheckResult: ...  # noqa: D102
    def diff(self, id_: str, olds: Props, news: Props, /) -> DiffResult: ...  # noqa: D102
    def create(self, props: Props, /) -> CreateResult: ...  # noqa: D102
    def read(self, id_: str, props: Props, /) -> ReadResult: ...  # noqa: D102
    def update(self, id_: str, olds: Props, news: Props, /) -> UpdateResult: ...  # noqa: D102
    def delete(self, id_: str, props: Props, /) -> None: ...  # noqa: D102


class PostHogResourceProvider(ResourceProvider):
    """Passes each of the engine's steps to the class that ``steps`` names."""

    serialize_as_secret_always = False
    steps: ClassVar[str]
    _steps: Steps

    def configure(self, req: ConfigureRequest) -> None:
        """Import and configure the steps; the engine calls this once before all others."""
        self._steps = resolve_name(self.steps)(req)

    def check(self, _olds: Props, news: Props) -> CheckResult:
        """Validate and normalise the arguments, with no request."""
        return self._steps.check(_olds, news)

    def diff(self, _id: str, _olds: Props, _news: Props) -> DiffResult:
        """Compare with what is recorded, with no request."""
        return self._steps.diff(_id, _olds, _news)

    def create(self, props: Props) -> CreateResult:
        """Create it."""
        return self._steps.create(props)

    def read(self, id_: str, props: Props) -> ReadResult:
        """Read it, for a refresh or for ``.get()``."""
        return self._steps.read(id_, props)

    def update(self, _id: str, _olds: Props, _news: Props) -> UpdateResult:
        """Update it in place."""
        return self._steps.update(_id, _olds, _news)

    def delete(self, _id: str, _props: Props) -> None:
        """Delete it."""
        self._steps.delete(_id, _props)


class ProjectProvider(PostHogResourceProvider):
    """Provider of ``PostHogProject``."""

    steps = "posthog_pulumi.steps.project:ProjectSteps"


class SecretTokenProvider(PostHogResourceProvider):
    """Provider of ``PostHogProjectSecretToken``."""

    steps = "posthog_pulumi.steps.secret_token:SecretTokenSteps"


class SecretApiKeyProvider(PostHogResourceProvider):
    """Provider of ``PostHogProjectSecretApiKey``."""

    steps = "posthog_pulumi.steps.secret_api_key:SecretApiKeySteps"


class ProductIntentProvider(PostHogResourceProvider):
    """Provider of ``PostHogProductIntent``."""

    steps = "posthog_pulumi.steps.product_intent:ProductIntentSteps"
