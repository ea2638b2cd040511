import re

import pytest
from support.fronts import Name
from support.posthog_actions import ROTATE, signed_in
from support.posthog_ui import READ, Ui
from support.wire_engine import StepFailedError, WireEngine

from posthog_pulumi.provider import ProductIntentProvider, ProjectProvider, SecretTokenProvider

WARNING = (
    "warning: {subject}: PostHog lets only signed-in sessions call {endpoint}, and no session is"
    " configured. Set posthog:sessionId (POSTHOG_SESSION_ID) to the sessionid cookie of a signed-in"
    " session; or use PostHogProjectSecretApiKey, which rotates with a plain key; a self-hosted"
    " PostHog from before March 2026 also takes a key without scopes."
)


def credentials(ui: Ui) -> dict[str, set[str]]:
    """By method and last part of the path: what was sent there."""
    found: dict[str, set[str]] = {}
    for request in ui.tenant.requests.all(ui.tenant.organization_id):
        name = f"{request.method} {request.path.rstrip('/').split('/')[-1]}"
        found.setdefault(re.sub(r"\d+", "{id}", name), set()).add(request.credential)
    return found


def test_the_session_goes_only_where_keys_are_refused(ui: Ui, front: Name) -> None:
    """With both configured, the key does what a key may do."""
    project = ui.create(name="By hand")
    with WireEngine(SecretTokenProvider(), signed_in(ui), front=front) as engine:
        engine.up("token", project_id=project)
        engine.restart()
        engine.destroy("token")
    sent = [(request.method, request.credential) for request in ui.tenant.requests.new()]

    assert sent == [
        ("GET", "personal_api_key"),
        ("PATCH", "session"),
        ("GET", "personal_api_key"),
        ("PATCH", "session"),
        ("PATCH", "session"),
    ]


def test_only_a_session_is_used_for_all(ui: Ui, front: Name) -> None:
    """Without a key the session reads, writes and deletes, which takes Django's CSRF pair."""
    with WireEngine(ProjectProvider(), signed_in(ui, "apiKey"), front=front) as engine:
        made = engine.up("web", name="Web")
        engine.up("web", name="Website")
        engine.refresh("web")
        engine.destroy("web")

    assert credentials(ui) == {
        "POST projects": {"session"},
        "PATCH {id}": {"session"},
        "GET {id}": {"session"},
        "DELETE {id}": {"session"},
    }
    assert made.outputs["api_token"].startswith("phc_")


def test_an_expired_session_has_its_own_text(ui: Ui, front: Name) -> None:
    """It says which credential is at fault and how to renew it, and never its value."""
    project = ui.create(name="By hand")
    ui.tenant.control.send("DELETE", f"sessions/{ui.tenant.session_id}")
    with (
        WireEngine(SecretTokenProvider(), signed_in(ui), front=front) as engine,
        pytest.raises(StepFailedError) as refused,
    ):
        engine.up("token", project_id=project)

    assert "Sign in to PostHog again" in str(refused.value)
    assert "POSTHOG_PULUMI_SESSION_ID_OVERRIDE" in str(refused.value)
    assert ui.tenant.session_id not in str(refused.value)
    assert engine.state == {}


def test_a_refused_key_word_for_word(ui: Ui, front: Name) -> None:
    """The text says which endpoint, why, and the ways out."""
    project = ui.create(name="By hand")
    with (
        WireEngine(SecretTokenProvider(), signed_in(ui, "sessionId"), front=front) as engine,
        pytest.raises(StepFailedError) as refused,
    ):
        engine.up("token", project_id=project)
    organization = ui.tenant.organization_id

    assert str(refused.value).splitlines()[0] == (
        f"the secret token of project {project} was not rotated:"
        " PostHog says: This action does not support personal API key access."
        " Set posthog:sessionId (POSTHOG_SESSION_ID) to the sessionid cookie of a signed-in"
        " session; or use PostHogProjectSecretApiKey, which rotates with a plain key; a self-hosted"
        " PostHog from before March 2026 also takes a key without scopes."
        f" (PATCH /api/organizations/{organization}/projects/{project}/rotate_secret_token/"
        " returned 403)"
    )


def test_a_rotation_without_a_session_is_warned_of(ui: Ui, front: Name) -> None:
    """It is one line of the preview and no error, since an old server may take the key."""
    with WireEngine(SecretTokenProvider(), signed_in(ui, "sessionId"), front=front) as engine:
        _, failures = engine.check({"project_id": "1"})
        engine.check({"project_id": "1"})

    assert failures == []
    assert engine.stderr.splitlines() == [
        WARNING.format(subject="project 1", endpoint="rotate_secret_token")
    ]


@pytest.mark.parametrize("provider", [ProjectProvider(), ProductIntentProvider()])
def test_nobody_is_warned_who_rotates_nothing(
    ui: Ui, provider: ProjectProvider | ProductIntentProvider, front: Name
) -> None:
    """A key is enough for projects and intents."""
    with WireEngine(provider, signed_in(ui, "sessionId"), front=front) as engine:
        engine.check({"project_id": "1", "product_type": "surveys"})

    assert engine.stderr == ""


def test_a_session_is_not_warned_of(ui: Ui, front: Name) -> None:
    """With a session there is nothing to say."""
    with WireEngine(SecretTokenProvider(), signed_in(ui), front=front) as engine:
        engine.check({"project_id": "1"})

    assert engine.stderr == ""


def test_a_legacy_key_rotates_on_the_server_of_2025(ui_2025: Ui, front: Name) -> None:
    """A key without scopes passes every check there, so that no session is needed."""
    ui = ui_2025
    legacy = ui.tenant.control.send("POST", "keys", {"user_id": ui.tenant.user_id, "scopes": []})
    project = ui.create(name="By hand")
    config = {**signed_in(ui, "sessionId"), "apiKey": legacy["value"]}
    with WireEngine(SecretTokenProvider(), config, front=front) as engine:
        engine.up("token", project_id=project)
    sent = ui.requests()

    assert sent == [READ, ROTATE]
    assert ui.project(project)["secret_api_token"] == engine.state["token"].outputs["token"]
