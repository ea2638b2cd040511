"""What look-ups return."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

Token = TypeVar("Token")
"""A secret Output in what a plain look-up returns; a string inside of the Output of its twin."""


class Result:
    """Exported as an object, and ``dict(found)`` is one; printed, it shows nothing that is secret.

    No dictionary itself, since of those Pulumi's ``Output.all`` makes plain ones.
    """

    _parts: ClassVar[Mapping[str, "type[Result]"]] = {}
    """Attributes that are results of their own, or lists of them."""
    _shown: ClassVar[tuple[str, ...]] = ("id", "name")

    def __init__(self, found: Mapping[str, Any]) -> None:
        vars(self).update({name: self._typed(name, value) for name, value in found.items()})

    def _typed(self, name: str, value: Any) -> Any:
        part = self._parts.get(name)
        if part and isinstance(value, list):
            return [part(item) for item in value]
        return part(value) if part and isinstance(value, Mapping) else value

    def keys(self) -> Iterable[str]:
        """The names of the attributes, which ``dict(found)`` asks for."""
        return vars(self).keys()

    def __getitem__(self, name: str) -> Any:
        return vars(self)[name]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={self[name]!r}" for name in self._shown if name in self.keys())
        return f"{type(self).__name__}({shown})"


class ProductIntentResult(Result):
    """An intent of a project."""

    _shown = ("product_type",)

    product_type: str
    """Such as ``session_replay``."""
    updated_at: str | None
    """When it was last declared, in RFC 3339."""
    onboarding_completed_at: str | None
    """When its onboarding was done, in RFC 3339."""


class ProjectResult(Result, Generic[Token]):
    """A project with all of its settings (``GET …/projects/{id}/``)."""

    _parts: ClassVar = {"product_intents": ProductIntentResult}

    id: str
    """Its number in PostHog."""
    uuid: str
    """PostHog's UUID of it."""
    organization: str
    """UUID of the organization that it is in."""
    name: str
    """Its name."""
    created_at: str
    """When it was made, in RFC 3339."""
    api_token: Token
    """The token that sends events (``phc_…``), a secret; outside of a program a ``SecretStr``."""
    secret_api_token: Token | None
    """The token for local evaluation (``phs_…``), the same; None until first minted."""
    secret_api_token_backup: Token | None
    """The secret token before the last rotation, the same; None where there is none."""
    ingested_event: bool
    """Whether it has ever taken an event."""
    is_pending_deletion: bool | None
    """Whether PostHog is about to delete it."""
    product_intents: list[ProductIntentResult]
    """What its people said that they would use."""
    settings: dict[str, Any]
    """Those that have a value, by their names as arguments; secret ones are secret Outputs."""


class ListedProjectResult(Result, Generic[Token]):
    """A project as the list shows it (``GET …/projects/``)."""

    id: str
    """Its number in PostHog."""
    uuid: str
    """PostHog's UUID of it."""
    organization: str
    """UUID of the organization that it is in."""
    name: str
    """Its name."""
    api_token: Token
    """The token that sends events (``phc_…``), a secret; outside of a program a ``SecretStr``."""
    ingested_event: bool
    """Whether it has ever taken an event."""
    is_demo: bool
    """Whether it was made with demo data."""
    timezone: str
    """IANA time zone used in its reports."""


class OrganizationResult(Result):
    """An organization (``GET /api/organizations/{id}/``)."""

    id: str
    """Its UUID."""
    name: str
    """Its name."""
    slug: str
    """Its name in addresses."""
    membership_level: int | None
    """The caller's: 1 member, 8 administrator, 15 owner."""


class ActivityUserResult(Result):
    """Who did it."""

    _shown = ("first_name",)

    first_name: str
    """Their first name."""
    email: str
    """Their address."""


class ActivityChangeResult(Result):
    """One field of an activity."""

    _shown = ("field", "action")

    field: str | None
    """What changed."""
    action: str | None
    """How, such as ``changed``."""
    before: Any
    """What it was; a token as in :class:`ProjectResult`."""
    after: Any
    """What it became, the same."""


class ActivityDetailResult(Result):
    """What an activity was about."""

    _parts: ClassVar = {"changes": ActivityChangeResult}
    _shown = ("name", "changes")

    name: str | None
    """The name of what it was about."""
    changes: list[ActivityChangeResult] | None
    """Its fields that changed."""


class ActivityResult(Result):
    """An entry of a project's activity log (``GET …/activity/``)."""

    _parts: ClassVar = {"user": ActivityUserResult, "detail": ActivityDetailResult}
    _shown = ("id", "activity", "scope", "created_at", "detail")

    id: str
    """PostHog's id of the entry."""
    activity: str
    """What was done, such as ``updated``."""
    scope: str
    """To what kind of thing, such as ``Team``."""
    created_at: str
    """When, in RFC 3339."""
    user: ActivityUserResult | None
    """Who did it."""
    detail: ActivityDetailResult
    """What it was about."""
