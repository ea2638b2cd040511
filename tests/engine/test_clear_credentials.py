import pytest
from support.cli_engine import Stack
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject

WARNING = "posthog:apiKey is stored in clear in the stack's configuration"


def two() -> None:
    """Two resources of ours."""
    PostHogProject("one")
    PostHogProject("two")


@pytest.mark.parametrize(("secret", "times"), [(True, 0), (False, 1)], ids=["secret", "in clear"])
def test_a_key_in_the_configuration(stack: Stack, ui: Ui, times: int, *, secret: bool) -> None:
    """One that anybody can read in the stack's file is warned of, once and without its value."""
    del stack.environ["POSTHOG_API_KEY"]
    stack.configure("posthog:apiKey", ui.tenant.api_key, secret=secret)
    shown = stack.preview(two)

    assert shown.steps == {"one": "create", "two": "create"}
    assert shown.text.count(WARNING) == times
    assert ui.tenant.api_key not in shown.text
