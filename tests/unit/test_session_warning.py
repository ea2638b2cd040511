from collections.abc import Iterator
from typing import Any

import pytest
from support.project_provider import provider, request

from posthog_pulumi.errors import ConfigurationError
from posthog_pulumi.steps import border
from posthog_pulumi.steps.secret_api_key import SecretApiKeySteps
from posthog_pulumi.steps.secret_token import SecretTokenSteps

RESET = {"name": "Web", "rotate_api_token_when_changed": {"leak": "1"}}
TOKEN = {"project_id": "1"}


@pytest.fixture(autouse=True)
def _nothing_said_yet() -> Iterator[None]:
    """A warning of an earlier test is forgotten."""
    border.warn_once.cache_clear()
    yield
    border.warn_once.cache_clear()


def warning(endpoint: str) -> str:
    """The line about an endpoint that refuses keys."""
    return (
        f"warning: PostHog lets only signed-in sessions call {endpoint}, and no session is"
        " configured. Set posthog:sessionId (POSTHOG_SESSION_ID) to the sessionid cookie of a"
        " signed-in session; or use PostHogProjectSecretApiKey, which rotates with a plain key; a"
        " self-hosted PostHog from before March 2026 also takes a key without scopes.\n"
    )


def test_secret_token(capsys: pytest.CaptureFixture[str]) -> None:
    """A rotation without a session is warned of in the preview, once for all checks."""
    SecretTokenSteps(request()).check({}, TOKEN)
    SecretTokenSteps(request()).check({}, TOKEN)

    assert capsys.readouterr().err == warning("rotate_secret_token")


def test_api_token(capsys: pytest.CaptureFixture[str]) -> None:
    """So is a trigger of the API token."""
    provider().check({}, RESET)

    assert capsys.readouterr().err == warning("reset_token")


@pytest.mark.parametrize(
    ("news", "configured"),
    [
        (RESET, {"sessionId": "abc"}),
        (RESET, {"apiKey": "", "sessionId": "abc"}),
        (RESET, {"apiKey": "phc_project1"}),
        ({"name": "Web"}, {}),
        ({"name": "Web", "rotate_api_token_when_changed": None}, {}),
    ],
)
def test_no_need(
    capsys: pytest.CaptureFixture[str], news: dict[str, Any], configured: dict[str, str]
) -> None:
    """With a session, with nothing to rotate, or with a worse problem there is no warning."""
    provider(**configured).check({}, news)

    assert capsys.readouterr().err == ""


def test_secret_api_key(capsys: pytest.CaptureFixture[str]) -> None:
    """A secret API key rotates with a plain key."""
    news = {"project_id": "1", "label": "flags", "scopes": ["survey:read"]}
    SecretApiKeySteps(request()).check({}, news)

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("steps", [SecretTokenSteps, SecretApiKeySteps])
def test_bad_configuration(steps: type[SecretTokenSteps] | type[SecretApiKeySteps]) -> None:
    """Whoever needs PostHog is told why it cannot be reached; a preview is told as well."""
    made = steps(request(apiKey="phc_project1"))
    failures = made.check({}, {}).failures or []

    assert failures[-1].reason.startswith("posthog:apiKey is a project API key")
    with pytest.raises(ConfigurationError, match="posthog:apiKey is a project API key"):
        made.connection()


def test_connection_is_shared() -> None:
    """All resources of a configuration use one connection."""
    token, key = SecretTokenSteps(request()), SecretApiKeySteps(request())

    assert token.connection() is key.connection()
