from typing import Any

import pytest
from support.cli_engine import Stack
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject


def web() -> None:
    """A project without any setting."""
    PostHogProject("web")


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("POSTHOG_API_KEY", "", "No PostHog credential is configured"),
        ("POSTHOG_API_KEY", "phc_" + "x" * 40, "create a personal API key (phx_…)"),
        ("POSTHOG_API_KEY", "phs_" + "x" * 40, "create a personal API key (phx_…)"),
        ("POSTHOG_HOST", "us.posthog.com", "POSTHOG_HOST must be an origin"),
        ("POSTHOG_HOST", "https://us.posthog.com/api", "POSTHOG_HOST must be an origin"),
        ("POSTHOG_HOST", "http://posthog.example.com", "posthog:allowHttp"),
    ],
    ids=["no credential", "phc_", "phs_", "no scheme", "with a path", "plain http"],
)
def test_a_configuration_that_cannot_work(
    stack: Stack, variable: str, value: str, words: str
) -> None:
    """The preview fails with the name of the setting and how to set it; nothing is sent."""
    stack.environ[variable] = value
    refused = stack.preview(web, fails=True)

    assert words in refused.text
    assert "x" * 40 not in refused.text
    assert "Traceback" not in refused.text
    assert stack.requests() == []


def test_every_wrong_argument_is_named_in_the_preview(stack: Stack, ui: Ui) -> None:
    """All problems of a resource come at once, a line for each, and nothing is sent."""
    arguments: dict[str, Any] = {
        "name": "x" * 201,
        "timezone": "Berlin",
        "week_start_day": 2,
        "surveys_opt_in": "yes",
        "session_recording_linked_flag": {"id": 1, "key": "a", "colour": "red"},
        "colour": "red",
    }
    refused = stack.preview(lambda: PostHogProject("web", **arguments), fails=True)
    problems = refused.text.split(" has a problem: ")[1:]

    assert sorted(problem.splitlines()[0] for problem in problems) == [
        "colour is not an argument of PostHogProject; the docs list them",
        "name must have at most 200 characters",
        "session_recording_linked_flag['colour'] is not known",
        "surveys_opt_in must be true or false",
        "timezone must be an IANA time zone; did you mean Europe/Berlin?",
        "week_start_day must be at most 1",
    ]
    assert stack.requests() == []
    assert ui.projects() == []
