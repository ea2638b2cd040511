from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from pulumi.output import Unknown
from support.fake_posthog import ACME, state
from support.project_provider import provider, request

from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.steps import border
from posthog_pulumi.steps.secret_api_key import SecretApiKeySteps
from posthog_pulumi.steps.secret_token import SecretTokenSteps

UNKNOWN = cast("Callable[[], object]", Unknown)()
ARMED = {"rotate_api_token_when_changed": {"leak": "1"}}
FIRED = {"rotate_api_token_when_changed": {"leak": "2"}}
TOKEN = {"project_id": "1"}


@pytest.fixture(autouse=True)
def _nothing_said_yet() -> Iterator[None]:
    """A warning of an earlier test is forgotten."""
    border.warn_once.cache_clear()
    yield
    border.warn_once.cache_clear()


def recorded(**options: Any) -> dict[str, Any]:
    """The outputs of project 1 of Acme, made with these options."""
    return state(**options).outputs()


ANOTHER_KEY = " or use PostHogProjectSecretApiKey, which rotates with a plain key;"


def warning(subject: str, endpoint: str, another_way: str = "") -> str:
    """The line about an endpoint that refuses keys."""
    return (
        f"warning: {subject}: PostHog lets only signed-in sessions call {endpoint}, and no session"
        " is configured. Set posthog:sessionId (POSTHOG_SESSION_ID) to the sessionid cookie of a"
        f" signed-in session;{another_way} a self-hosted PostHog from before March 2026 also takes"
        " a key without scopes.\n"
    )


@pytest.mark.parametrize(
    ("project_id", "subject"),
    [("1", "project 1"), (1.0, "project 1"), (UNKNOWN, "a new project")],
)
def test_secret_token(stderr: Callable[[], str], project_id: object, subject: str) -> None:
    """A rotation without a session is warned of in the preview, by project, once for all checks."""
    SecretTokenSteps(request()).check({}, {"project_id": project_id})
    SecretTokenSteps(request()).check({}, {"project_id": project_id})

    assert stderr() == warning(subject, "rotate_secret_token", ANOTHER_KEY)


def test_secret_token_that_stays(stderr: Callable[[], str]) -> None:
    """What is only declared calls no such endpoint, so nobody is warned."""
    SecretTokenSteps(request()).check(TOKEN, TOKEN)

    assert stderr() == ""


def test_api_token(stderr: Callable[[], str]) -> None:
    """A reset of the API token is warned of when it is due: it stops the old one at once.

    A secret API key is no way out: it is another kind of key.
    """
    provider().diff("1", recorded(**ARMED), {"name": "Web", **FIRED})

    assert stderr() == (
        "warning: project 'Web': its API token is reset, and the old one stops at once\n"
        + warning("project 'Web'", "reset_token")
    )


def test_organization_move(stderr: Callable[[], str]) -> None:
    """A move to another organization is warned of, too; no key of any kind is a way out."""
    provider().diff("1", recorded(), {"name": "Web", "organization_id": "globex"})

    assert stderr() == warning("project 'Web'", "change_organization")


@pytest.mark.parametrize(
    ("olds", "news"),
    [
        ({}, {}),
        (ARMED, ARMED),
        ({}, ARMED),
        (ARMED, {}),
        ({"organization_id": "acme"}, {"organization_id": "acme"}),
        ({"organization_id": "acme"}, {"organization_id": ACME}),
        ({"organization_id": "acme"}, {}),
        ({}, {"timezone": "Europe/Berlin"}),
    ],
)
def test_no_such_request(
    stderr: Callable[[], str], olds: dict[str, Any], news: dict[str, Any]
) -> None:
    """A project that neither resets nor moves is warned of nothing, whatever it declares."""
    provider().check({"name": "Web", **olds}, {"name": "Web", **news})
    provider().diff("1", recorded(**olds), {"name": "Web", **news})

    assert stderr() == ""


def test_with_a_session(stderr: Callable[[], str]) -> None:
    """With a session nothing is in the way; that a token stops is said all the same."""
    SecretTokenSteps(request(sessionId="abc")).check({}, TOKEN)
    provider(sessionId="abc").diff("1", recorded(**ARMED), {"name": "Web", **FIRED})

    assert stderr() == (
        "warning: project 'Web': its API token is reset, and the old one stops at once\n"
    )


@pytest.mark.parametrize(
    ("news", "configured"), [(TOKEN, {"apiKey": "phc_project1"}), ({"project_id": "web"}, {})]
)
def test_worse_problem(
    stderr: Callable[[], str], news: dict[str, Any], configured: dict[str, str]
) -> None:
    """Where there is a worse problem there is no warning."""
    SecretTokenSteps(request(**configured)).check({}, news)

    assert stderr() == ""


def test_secret_api_key(stderr: Callable[[], str]) -> None:
    """A secret API key rotates with a plain key."""
    news = {"project_id": "1", "label": "flags", "scopes": ["survey:read"]}
    SecretApiKeySteps(request()).check({}, news)

    assert stderr() == ""


@pytest.mark.parametrize("steps", [SecretTokenSteps, SecretApiKeySteps])
def test_bad_configuration(steps: type[SecretTokenSteps] | type[SecretApiKeySteps]) -> None:
    """Whoever needs PostHog gets the reason why it cannot be used, in a preview as well."""
    made = steps(request(apiKey="phc_project1"))
    failures = made.check({}, {}).failures or []

    assert failures[-1].reason.startswith("posthog:apiKey is a project API key")
    with pytest.raises(ConfigurationError, match="posthog:apiKey is a project API key"):
        made.connection()


def test_connection_is_shared() -> None:
    """All resources of a configuration share pool, waits and what the run remembers."""
    token, key = SecretTokenSteps(request()), SecretApiKeySteps(request())

    assert token.connection().memory is key.connection().memory
    assert token.connection().server_clock is key.connection().server_clock


def test_connection_of_another_configuration() -> None:
    """Another key or host is another connection."""
    one, other = SecretTokenSteps(request()), SecretTokenSteps(request(sessionId="abc"))

    assert one.connection().memory is not other.connection().memory
