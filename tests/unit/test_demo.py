from collections.abc import Callable

import pytest
from support.fake_posthog import ACME, body
from support.fake_posthog_secrets import PROJECT, MintingPostHog

from posthog_pulumi.errors import PostHogError, SessionRequiredError
from posthog_pulumi.lifecycle.demo import wait_for_demo_data
from posthog_pulumi.models.project import RemoteProject

DEMO = RemoteProject.model_validate(body(is_demo=True, organization=ACME))


def waiting(looks: int) -> MintingPostHog:
    """A demo project whose data is there after so many looks."""
    return MintingPostHog({1: body(is_demo=True)}, demo_looks=looks)


def test_there_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Data that is there is not waited for, and not talked about."""
    posthog = waiting(0)
    wait_for_demo_data(posthog.connection(), DEMO)

    assert posthog.asked == [f"GET {PROJECT}is_generating_demo_data/"]
    assert posthog.slept == []
    assert capsys.readouterr().err == ""


def test_waited_for(stderr: Callable[[], str]) -> None:
    """It says at once, and then every 15 seconds, what is waited for."""
    posthog = waiting(7)
    wait_for_demo_data(posthog.connection(), DEMO)

    assert posthog.slept == [3.0] * 7
    assert stderr().splitlines() == [
        "posthog: waiting for the demo data of project 1 (0 s)",
        "posthog: waiting for the demo data of project 1 (15 s)",
    ]


def test_bounded() -> None:
    """After ten minutes it is left to itself."""
    posthog = waiting(9999)

    with pytest.raises(PostHogError) as caught:
        wait_for_demo_data(posthog.connection(), DEMO)
    assert sum(posthog.slept) == 600
    assert str(caught.value) == (
        "its demo data is not there after 600 s. It comes by itself; nothing needs to be done."
    )


def test_refused() -> None:
    """A credential that may not look cannot wait."""
    posthog = waiting(1)
    posthog.fail("GET", SessionRequiredError("No."))

    with pytest.raises(SessionRequiredError):
        wait_for_demo_data(posthog.connection(), DEMO)
    assert posthog.slept == []
