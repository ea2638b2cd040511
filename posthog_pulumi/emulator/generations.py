"""Two generations of PostHog's server, of mid-2025 and of September 2026, and their differences.

How one setting differs stands beside that setting, in `settings/`.
"""

from dataclasses import dataclass, replace
from typing import Any

_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BASE57 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class Server:
    """What one generation of the server does; each field is one difference."""

    name: str

    unique_names: bool
    """A second project of one name in an organization is refused with 409."""
    rename_moves_updated_at: bool
    deletes_later: bool
    """DELETE marks the project; it is gone only some time afterwards."""
    hard_cap: int | None
    """Projects that even an unlimited organization may have."""
    has_search: bool
    has_project_id: bool
    """Bodies repeat `id` as `project_id`."""
    lists_computed_extras: bool
    """Full bodies carry `is_pending_deletion`, `user_access_level` and the like."""

    legacy_keys_may_do_all: bool
    """A key without scopes passes every scope check; otherwise it has no access at all."""
    config_patch_needs_only_read: bool
    """PATCH of nothing but configuration needs only `project:read` of a key."""
    settings_are_admin_only: bool
    """A plain member may change only the settings listed for members."""
    intent_scope: str
    challenges: bool
    """401 responses carry `WWW-Authenticate`."""
    caps_level_at_admin: bool
    """An owner's `effective_membership_level` is shown as 8."""

    key_refusal: str
    organization_level_refusal: str
    plan_limit_refusal: str

    token_alphabet: str
    token_length: int
    secret_length: int
    fresh_live_events_token: bool
    """`live_events_token` is new in every response, instead of kept for a day."""
    first_mint_can_be_refused: bool

    anonymize_ips_at_create: bool
    """Create takes the sent value, instead of the organization's default."""
    cohort_test_filters: bool
    """Generated `test_account_filters` name a cohort, instead of hosts."""
    extra_settings: dict[str, Any] | None
    drops_null_items: bool
    checks_structures: bool
    """JSON settings have a schema: filters, path rules, modifiers, the linked flag's id."""
    merges_modifiers: bool
    access_control_writable: bool
    checks_intents: bool
    """`product_type` and `intent_context` must be known values."""
    counts_intents_as_team: bool
    """Product-intent responses are the old environment body, with its own extra keys."""
    cancels_deletion: bool
    moves_users_along: bool
    """Moving a project moves the current organization of those whose current project it is."""
    has_secret_keys: bool
    deprecates_environments: bool
    shows_older_environment: bool = False
    """Settings are those of an environment, of which the server of 2025 had more than of projects;
    this one is a difference of addresses."""

    @property
    def of_environments(self) -> "Server":
        """The server as the addresses of environments show it."""
        return replace(self, shows_older_environment=not self.deprecates_environments)


SERVER_2025 = Server(
    name="docs-2025",
    unique_names=False,
    rename_moves_updated_at=False,
    deletes_later=False,
    hard_cap=None,
    has_search=False,
    has_project_id=False,
    lists_computed_extras=False,
    legacy_keys_may_do_all=True,
    config_patch_needs_only_read=True,
    settings_are_admin_only=False,
    intent_scope="team:read",
    challenges=False,
    caps_level_at_admin=False,
    key_refusal="This action does not support Personal API Key access",
    organization_level_refusal="Your organization access level is insufficient.",
    plan_limit_refusal=(
        "You must upgrade your PostHog plan to be able to create and manage more projects."
    ),
    token_alphabet=_BASE62,
    token_length=43,
    secret_length=47,
    fresh_live_events_token=True,
    first_mint_can_be_refused=False,
    anonymize_ips_at_create=False,
    cohort_test_filters=False,
    extra_settings=None,
    drops_null_items=False,
    checks_structures=False,
    merges_modifiers=False,
    access_control_writable=True,
    checks_intents=False,
    counts_intents_as_team=True,
    cancels_deletion=False,
    moves_users_along=False,
    has_secret_keys=False,
    deprecates_environments=False,
)

SERVER_2026 = Server(
    name="current",
    unique_names=True,
    rename_moves_updated_at=True,
    deletes_later=True,
    hard_cap=2000,
    has_search=True,
    has_project_id=True,
    lists_computed_extras=True,
    legacy_keys_may_do_all=False,
    config_patch_needs_only_read=False,
    settings_are_admin_only=True,
    intent_scope="project:read",
    challenges=True,
    caps_level_at_admin=True,
    key_refusal="This action does not support personal API key access",
    organization_level_refusal=(
        "You need to be an organization admin or above to create new projects."
    ),
    plan_limit_refusal=(
        "You have reached the maximum limit of allowed projects for your current plan. "
        "Upgrade your plan to be able to create and manage more projects."
    ),
    token_alphabet=_BASE57,
    token_length=44,
    secret_length=48,
    fresh_live_events_token=False,
    first_mint_can_be_refused=True,
    anonymize_ips_at_create=True,
    cohort_test_filters=True,
    extra_settings={"recorder_script": "posthog-recorder"},
    drops_null_items=True,
    checks_structures=True,
    merges_modifiers=True,
    access_control_writable=False,
    checks_intents=True,
    counts_intents_as_team=False,
    cancels_deletion=True,
    moves_users_along=True,
    has_secret_keys=True,
    deprecates_environments=True,
)

SERVERS = {server.name: server for server in (SERVER_2026, SERVER_2025)}
