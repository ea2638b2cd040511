"""What the doctor says of credentials, beside what PostHog does with them."""

from collections.abc import Mapping, Sequence
from contextlib import closing

import pytest
from support.emulator_api import Api

from posthog_pulumi.client.endpoints import (
    CHANGE_ORGANIZATION,
    DELETE_PROJECT,
    ENDPOINTS,
    LIST_PROJECTS,
    Call,
    Endpoint,
)
from posthog_pulumi.client.retries import Deadline
from posthog_pulumi.client.transport import Transport
from posthog_pulumi.config import Config
from posthog_pulumi.errors import (
    APIStatusError,
    AuthenticationError,
    PermissionDeniedError,
)
from posthog_pulumi.lifecycle.account import Account, examine
from posthog_pulumi.lifecycle.connection import over
from posthog_pulumi.lifecycle.memory import Memory
from posthog_pulumi.plan.abilities import NEEDS, Session, abilities
from tools.failures import short

READING = ["project:read", "organization:read"]
WRITING = ["project:write", "organization:read"]


ENDING = (DELETE_PROJECT, CHANGE_ORGANIZATION)
PROJECTS: Mapping[str, Endpoint] = {
    short(each): each
    for each in (*(it for it in ENDPOINTS.values() if it not in ENDING), *ENDING)
    if each.path.startswith(LIST_PROJECTS.path)
}
"""The 13 endpoints of projects; those after which the project is not there come last."""


def configured(api: Api, *, key: bool, session: bool) -> Config:
    """The credentials of somebody, or one of them."""
    return Config(
        host=api.tenant.url,
        organizationId=api.tenant.organization_id,
        apiKey=api.tenant.api_key if key else None,
        sessionId=api.tenant.session_id if session else None,
    )


def refused(transport: Transport, call: Call) -> bool:
    """Whether PostHog does not let these credentials do it, whatever it thinks of the values."""
    try:
        transport.send(call, deadline=Deadline(transport.clock))
    except (AuthenticationError, PermissionDeniedError):
        return True
    except APIStatusError as error:
        return "must be an admin" in error.what
    return False


def examined(config: Config) -> Account:
    """What the doctor finds."""
    with closing(Transport(config)) as transport:
        return examine(over(transport, Memory(), config))


def with_elsewhere(api: Api, level: int) -> str:
    """The UUID of another organization, in which the user has that level too."""
    control = api.tenant.control
    id_ = str(control.send("POST", "organizations", {"name": "Other"})["id"])
    control.send("PATCH", f"users/{api.tenant.user_id}", {"memberships": {id_: level}})
    return id_


@pytest.mark.parametrize(
    ("level", "scopes", "key", "session"),
    [
        (15, ["*"], True, False),
        (15, ["*"], True, True),
        (8, READING, True, False),
        (8, WRITING, True, False),
        (8, WRITING, True, True),
        (1, WRITING, True, True),
        (1, ["*"], False, True),
        (8, [], True, False),
    ],
    ids=["key", "both", "reads", "writes", "writes, both", "member", "member's session", "legacy"],
)
def test_as_posthog_does(
    either_api: Api, level: int, scopes: Sequence[str], *, key: bool, session: bool
) -> None:
    """Each of the 13 endpoints is said to refuse exactly if it does, on either server."""
    made = either_api.make(name="Web")
    somebody = either_api.member(level, scopes=scopes)
    body = {"name": "Renamed", "organization_id": with_elsewhere(somebody, level)}
    config = configured(somebody, key=key, session=session)
    said = {one.endpoint: bool(one.reason) for one in abilities(examined(config).standing)}
    ids = (either_api.tenant.organization_id, str(made["id"]))
    with closing(Transport(config)) as transport:
        does = {
            name: refused(transport, endpoint.call(*ids[: endpoint.path.count("{}")], body=body))
            for name, endpoint in PROJECTS.items()
        }

    assert said == does
    assert said.keys() == NEEDS.keys()


def test_an_expired_session(api: Api) -> None:
    """It differs from none, and a key still says who we are."""
    config = configured(api, key=True, session=True)
    api.tenant.control.send("DELETE", f"sessions/{api.tenant.session_id}")
    found = examined(config)

    assert found.standing.session is Session.EXPIRED
    assert [item.membership_level for item in found.organizations] == [15]


def test_a_key_that_is_not_known(api: Api) -> None:
    """That is an error, which says what to do."""
    config = Config(host=api.tenant.url, apiKey="phx_of_nobody")

    with pytest.raises(AuthenticationError, match="Set posthog:apiKey"):
        examined(config)


@pytest.mark.parametrize(("limit", "said"), [(6, 6), (None, None)])
def test_the_limit_of_the_plan(api: Api, limit: int | None, said: int | None) -> None:
    """How many projects the plan has, and which are used."""
    api.tenant.control.send(
        "PATCH", f"organizations/{api.tenant.organization_id}", {"project_limit": limit}
    )
    api.make(name="Web")
    found = examined(configured(api, key=True, session=False))

    assert found.home is not None
    assert found.home.project_limit == said
    assert [item.name for item in found.projects or ()] == ["Web"]


def test_a_poor_key(api: Api) -> None:
    """What it may not see is not there; nothing fails."""
    found = examined(configured(api.member(scopes=["insight:read"]), key=True, session=False))

    assert (found.owner, found.organizations, found.home, found.projects) == ("", [], None, None)
    assert found.standing.before_2026 is None
