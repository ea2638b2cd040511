from typing import Any

import pytest
from support.declared_secrets import token_state, token_wanted, tokens
from support.fake_posthog_secrets import MintingPostHog, lost, with_token

from posthog_pulumi.errors import APIConnectionError
from posthog_pulumi.lifecycle import secret_token


def test_backup() -> None:
    """The old half of a rotation is ended by deleting the backup; the new one lives on."""
    posthog = MintingPostHog({1: with_token("phs_1", "phs_0")})
    secret_token.delete(posthog.connection(), token_state())

    assert tokens(posthog) == ("phs_1", None)
    assert posthog.asks("PATCH") == ["delete_secret_token_backup"]


def test_current() -> None:
    """A destroyed token is rotated into the backup and deleted there, which revokes it."""
    posthog = MintingPostHog({1: with_token("phs_0", "phs_older")})
    secret_token.delete(posthog.connection(), token_state())

    assert tokens(posthog) == ("phs_1", None)
    assert posthog.asks("PATCH") == ["rotate_secret_token", "delete_secret_token_backup"]


@pytest.mark.parametrize(
    ("projects", "given"),
    [
        ({}, {}),
        ({1: with_token(None)}, {}),
        ({1: with_token("phs_2", "phs_1")}, {}),
        ({1: with_token("phs_0", is_pending_deletion=True)}, {}),
        ({1: with_token("phs_0")}, {"revoke_on_destroy": False}),
        ({1: with_token("phs_1", "phs_0")}, {"keep_previous": True}),
    ],
)
def test_nothing_to_do(projects: dict[int, dict[str, Any]], given: dict[str, Any]) -> None:
    """What is dead, about to die or to be kept alive is left as it is."""
    posthog = MintingPostHog(projects)
    secret_token.delete(posthog.connection(), token_state(**given))

    assert posthog.asks("PATCH") == []


def test_kept_by_its_successor() -> None:
    """A new token with ``keep_previous`` keeps the old one alive though that did not ask."""
    posthog = MintingPostHog({1: with_token("phs_0")})
    on = posthog.connection()
    secret_token.create(on, token_wanted(keep_previous=True))
    secret_token.delete(on, token_state())

    assert tokens(posthog) == ("phs_1", "phs_0")


def test_other_projects() -> None:
    """Only the token's own project is touched."""
    other = with_token("phs_0", project_id=2)
    posthog = MintingPostHog({1: with_token("phs_0"), 2: dict(other)})
    secret_token.delete(posthog.connection(), token_state())

    assert posthog.projects[2] == other


def test_failing() -> None:
    """A revocation that fails names the project."""
    posthog = MintingPostHog({1: with_token("phs_1", "phs_0")})
    posthog.fail("PATCH", lost())

    with pytest.raises(APIConnectionError, match="secret token of project 1 was not revoked"):
        secret_token.delete(posthog.connection(), token_state())
