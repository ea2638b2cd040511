from collections.abc import Mapping

import pytest
from support.fault_actions import ACTIONS
from support.fault_owner import PostHog, Server
from support.fault_stage import Stage

from posthog_pulumi.client.endpoints import ENDPOINTS


def test_every_endpoint_is_reached() -> None:
    """The actions send every request that the package can send."""
    reached = {name for action in ACTIONS.values() for name in action.requests}

    assert ENDPOINTS.keys() - reached == set(), "no action of tests/support/fault_actions.py"


@pytest.mark.parametrize(
    ("name", "server"),
    [(name, server) for name, action in ACTIONS.items() for server in action.servers],
)
def test_without_a_fault(
    name: str,
    server: Server,
    posthogs: Mapping[Server, PostHog],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An action sends the requests that it is listed with, and then all is well."""
    stage = Stage.set(ACTIONS[name], posthogs[server])
    story = stage.play(None, caplog)
    sent = tuple(stage.wire.sent)
    stage.settle(story)

    assert (sent, story.outcome, story.error) == (ACTIONS[name].requests, "done", "")
    assert stage.apart() == []
