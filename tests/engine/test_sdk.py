import pytest
from posthog import Posthog
from posthog.request import APIError, flags
from support.cli_engine import Program, Stack
from support.dependent import Witness
from support.posthog_ui import Ui
from support.state_file import tokens

from posthog_pulumi import PostHogProject, PostHogProjectSecretApiKey

pytestmark = pytest.mark.usefixtures("session_on_stack")


def capture(ui: Ui, api_token: str, event: str) -> None:
    """Send one event with PostHog's own SDK, which is done when it returns."""
    client = Posthog(api_token, host=ui.tenant.url, sync_mode=True, max_retries=0)
    client.capture(event, distinct_id="me")
    client.shutdown()


def events(ui: Ui, id_: str) -> list[str]:
    """The names of the events that arrived in the project."""
    found = ui.tenant.control.events(id_)
    return [item["event"] for item in found]


def evaluates_remotely(ui: Ui, api_token: str) -> int | str:
    """The status that the SDK gets for somebody's flags."""
    try:
        flags(api_token, ui.tenant.url, distinct_id="me")
    except APIError as refused:
        return refused.status
    return 200


def evaluates_locally(ui: Ui, api_token: str, secret: str) -> int | str:
    """The status that the SDK gets for flag definitions with that token or key."""
    client = Posthog(
        api_token,
        host=ui.tenant.url,
        secret_key=secret,
        enable_local_evaluation=False,  # loads once, with no poller
        debug=True,  # raises what it would only log
        send=False,
    )
    try:
        client.load_feature_flags()  # type: ignore[no-untyped-call]
    except APIError as refused:
        return refused.status
    finally:
        client.shutdown()
    return 200


def test_events_follow_the_api_token(stack: Stack, ui: Ui) -> None:
    """Events arrive with the live token; after a reset the old one is taken and dropped."""

    def program(quarter: str) -> None:
        PostHogProject("web", rotate_api_token_when_changed={"quarter": quarter})

    stack.up(lambda: program("Q3"))
    id_ = stack.state()["web"].id
    old = tokens(stack, "web", "api_token")[False]
    virgin = ui.project(id_)["ingested_event"]
    capture(ui, old, "before")
    used = ui.project(id_)["ingested_event"]
    stack.up(lambda: program("Q4"))
    new = tokens(stack, "web", "api_token")[False]
    capture(ui, old, "with the old token")
    capture(ui, new, "after")

    assert (virgin, used) == (False, True)
    assert events(ui, id_) == ["before", "after"]
    assert [evaluates_remotely(ui, token) for token in (old, new)] == [401, 200]


def test_local_evaluation_never_stops_while_keys_rotate(stack: Stack, ui: Ui) -> None:
    """It works with the secret token and the secret API key, with old and new in the overlap."""

    def using(quarter: str, *, fails: bool = False) -> Program:
        def program() -> None:
            rotation = {"quarter": quarter}
            web = PostHogProject("web", rotate_secret_token_when_changed=rotation)
            key = PostHogProjectSecretApiKey(
                "key",
                project_id=web.id,
                label="SDK",
                scopes=["feature_flag:read"],
                rotate_when_changed=rotation,
            )
            both = [web.secret_api_token, key.value]
            for number, secret in enumerate(both):
                Witness(f"user {number}", api_token=web.api_token, token=secret, fails=fails)

        return program

    def live() -> list[str]:
        return [tokens(stack, "web-secret-token")[False], tokens(stack, "key", "value")[False]]

    stack.up(using("Q3"))
    api_token = tokens(stack, "web", "api_token")[False]
    old = live()
    before = [evaluates_locally(ui, api_token, secret) for secret in old]
    stack.up(using("Q4", fails=True), fails=True)
    overlap = [evaluates_locally(ui, api_token, secret) for secret in [*old, *live()]]
    stack.up(using("Q4"))
    after = [evaluates_locally(ui, api_token, secret) for secret in [*old, *live()]]

    assert before == [200, 200]
    assert overlap == [200, 200, 200, 200]
    assert after == [401, 401, 200, 200]
