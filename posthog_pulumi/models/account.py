"""What PostHog tells a credential about itself and about its organizations."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, Field

from posthog_pulumi.models.arguments import REMOTE_CONFIG
from posthog_pulumi.models.lookups import Organization

_PROJECTS: Final = "organizations_projects"
"""The feature of a plan that says how many projects it has."""


class PersonalApiKey(BaseModel):
    """The personal API key of a request."""

    model_config = REMOTE_CONFIG

    label: str = ""
    scopes: list[str] | None
    """None or none of them: a legacy key, from before keys had scopes."""
    scoped_teams: list[int] | None = None
    """The projects that the key is limited to, if it is."""
    scoped_organizations: list[str] | None = None

    @property
    def is_legacy(self) -> bool:
        """Whether it is from before keys had scopes."""
        return not self.scopes

    def grants(self, scope: str) -> bool:
        """Whether its scopes cover this one; to write includes to read."""
        wider = scope.replace(":read", ":write")
        return not {"*", scope, wider}.isdisjoint(self.scopes or [])


class User(BaseModel):
    """Who a credential belongs to."""

    model_config = REMOTE_CONFIG

    email: str


class Membership(Organization):
    """An organization of the credential's owner, with what its plan includes."""

    features: Sequence[Mapping[str, Any]] | None = Field(None, alias="available_product_features")

    @property
    def project_limit(self) -> int | None:
        """How many projects the plan has; None if that is unlimited, or not said."""
        if self.features is None:
            return None
        found = [item for item in self.features if item.get("key") == _PROJECTS]
        limit = found[0].get("limit") if found else 1
        return limit if isinstance(limit, int) else None
