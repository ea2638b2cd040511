from typing import Any

import pytest
from support.fake_posthog import ACME, GLOBEX, body
from support.setting_values import GOOD

from posthog_pulumi.adopt.projects import Wish, adopted, declared
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.models.settings import SETTINGS

POSTHOGS_OWN = {
    "completed_snippet_onboarding",
    "has_completed_onboarding_for",
    "inject_web_apps",
    "onboarding_tasks",
}
COHORT = {"key": "id", "type": "cohort", "value": 5, "operator": "not_in"}


def remote(**changes: Any) -> RemoteProject:
    """A live project."""
    return RemoteProject.model_validate(body(**changes))


def test_every_setting_that_differs() -> None:
    """All are declared but secrets, and what PostHog sets by itself."""
    kept, left_out = declared(GOOD)

    assert GOOD.keys() - kept.keys() - left_out.keys() == POSTHOGS_OWN
    assert left_out.keys() == {"slack_incoming_webhook", "conversations_settings"}
    assert {name: GOOD[name] for name in kept} == kept


def test_a_default_is_not_declared() -> None:
    """A setting that has PostHog's default is left out."""
    live = {name: setting.default for name, setting in SETTINGS.items() if name != "name"}
    known = {name: value for name, value in live.items() if not isinstance(value, str)}

    assert declared({"name": "Web", "timezone": "UTC", **known}) == ({"name": "Web"}, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("anonymize_ips", False),
        ("week_start_day", 0),
        ("test_account_filters", []),
        ("test_account_filters", [COHORT]),
        ("session_recording_retention_period", "30d"),
        ("revenue_analytics_config", {"events": [], "goals": [], "deep": {"on": False}}),
        ("logs_settings", {"retention_last_updated": "2026-01-01T00:00:00Z"}),
        ("primary_dashboard", 7),
        ("default_data_theme", 1),
    ],
)
def test_what_says_nothing_is_not_declared(name: str, value: Any) -> None:
    """Where the default depends on others, what is empty or usual is taken for it."""
    assert declared({"name": "Web", name: value}) == ({"name": "Web"}, {})


def test_a_value_that_would_be_refused() -> None:
    """It is left out, and why is said without the value."""
    kept, left_out = declared({"name": "Web", "timezone": "Mars/Olympus"})

    assert kept == {"name": "Web"}
    assert left_out == {"timezone": "timezone must be an IANA time zone, such as Europe/Berlin"}


@pytest.mark.parametrize(("home", "expected"), [(ACME, None), (None, None), (GLOBEX, ACME)])
def test_organization(home: str | None, expected: str | None) -> None:
    """It is declared where the configuration names another one."""
    found = adopted([remote()], home, Wish())

    assert [one.organization_id for one in found] == [expected]


def test_wishes() -> None:
    """Secret tokens that exist, and intents, are taken over where that was asked for."""
    intents = [{"product_type": "surveys"}]
    projects = [
        remote(id=1, name="B", secret_api_token="phs_a", product_intents=intents),  # noqa: S106
        remote(id=2, name="A", secret_api_token=None),
    ]
    plain = adopted(projects, None, Wish())
    wished = adopted(projects, None, Wish(secret_tokens=True, product_intents=True))

    assert [(one.name, one.rotates, len(one.intents)) for one in plain] == [
        ("a", False, 0),
        ("b", False, 0),
    ]
    assert [(one.name, one.rotates, len(one.intents)) for one in wished] == [
        ("a", False, 0),
        ("b", True, 1),
    ]
