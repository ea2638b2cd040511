from typing import Any

import pytest
from support.fake_posthog import state, wanted

from posthog_pulumi.models.settings import SETTINGS
from posthog_pulumi.plan.project import (
    create_body,
    diff,
    may_lose_data,
    update_body,
)

RATE = "session_recording_sample_rate"


class TestDiff:
    @pytest.mark.parametrize(
        ("live", "declared"),
        [
            ({}, {}),
            ({"timezone": "Europe/Berlin"}, {}),
            ({"timezone": "Europe/Berlin"}, {"timezone": "Europe/Berlin"}),
            ({RATE: "0.50"}, {RATE: 0.5}),
            ({RATE: "0.50"}, {RATE: "0.5"}),
            ({"app_urls": [" https://a.example"]}, {"app_urls": ["https://a.example "]}),
            ({"survey_config": {"a": 1.0}}, {"survey_config": {"a": 1}}),
            (
                {"logs_settings": {"retention_days": 14}},
                {"logs_settings": {"retention_days": 14.0}},
            ),
            ({"organization_id": "acme"}, {"organization_id": "acme"}),
            ({"force_destroy": True}, {"force_destroy": True}),
        ],
    )
    def test_no_change(self, live: dict[str, Any], declared: dict[str, Any]) -> None:
        """What PostHog has as declared, and what is not declared, is no change."""
        recorded = state(("name", *(SETTINGS.keys() & declared)), **live)

        assert not diff(recorded, wanted(**declared))

    def test_key_left_out(self) -> None:
        """A key that the program named and then leaves out is recorded as managed no more."""
        before = {"retention_days": 14, "own": 1}
        recorded = state(("name", "logs_settings"), logs_settings=before)

        assert diff(recorded, wanted(logs_settings={"retention_days": 14}))

    @pytest.mark.parametrize(
        ("live", "declared"),
        [
            ({"timezone": "UTC"}, {"timezone": "Europe/Berlin"}),
            ({}, {"surveys_opt_in": False}),
            ({"app_urls": ["a", "b"]}, {"app_urls": ["b", "a"]}),
            ({"survey_config": {"a": 1, "b": 2}}, {"survey_config": {"a": 1}}),
            ({"logs_settings": {"own": 1}}, {"logs_settings": {"retention_days": 14}}),
            ({"recording_domains": None}, {"recording_domains": []}),
        ],
    )
    def test_changed(self, live: dict[str, Any], declared: dict[str, Any]) -> None:
        """A managed setting with another value is a change, whoever changed it."""
        found = diff(state(("name", *declared), **live), wanted(**declared))

        assert found
        assert found.changed == declared.keys()
        assert not found.dropped | found.options

    def test_newly_managed(self) -> None:
        """A setting that the program names for the first time is recorded as managed."""
        found = diff(state(timezone="UTC"), wanted(timezone="UTC"))

        assert found.changed == {"timezone"}

    def test_dropped(self) -> None:
        """A setting that the program names no more is dropped, not forgotten."""
        found = diff(state(("name", "timezone"), timezone="Europe/Berlin"), wanted())

        assert found
        assert found.dropped == {"timezone"}
        assert not found.changed | found.options

    @pytest.mark.parametrize(
        ("recorded", "declared"),
        [
            ({}, {"force_destroy": True}),
            ({"force_destroy": True}, {}),
            ({"organization_id": "acme"}, {"organization_id": "globex"}),
        ],
    )
    def test_options(self, recorded: dict[str, Any], declared: dict[str, Any]) -> None:
        """An argument that PostHog does not know is a change as well, since it is recorded."""
        found = diff(state(**recorded), wanted(**declared))

        assert found
        assert found.options == recorded.keys() | declared.keys()


class TestBodies:
    def test_create(self) -> None:
        """A create request holds what is declared, but nothing that it cannot set."""
        declared = wanted(
            timezone="Europe/Berlin",
            primary_dashboard=5,
            test_account_filters=[],
            workflows_config={},
            organization_id="acme",
            force_destroy=True,
        )

        assert create_body(declared) == {"name": "Web", "timezone": "Europe/Berlin"}

    def test_update(self) -> None:
        """An update sends what changed, and the defaults of what was dropped."""
        recorded = state(
            ("name", "timezone", "app_urls", "surveys_opt_in", "week_start_day"),
            timezone="Europe/Berlin",
            app_urls=["https://a.example"],
            surveys_opt_in=True,
            week_start_day=1,
        )

        assert update_body(recorded, wanted(name="Website", surveys_opt_in=True)) == {
            "name": "Website",
            "timezone": "UTC",
            "app_urls": [],
        }

    def test_nothing_to_update(self) -> None:
        """A change of ours alone is none of PostHog's."""
        assert update_body(state(), wanted(force_destroy=True)) == {}


@pytest.mark.parametrize(
    ("ingested", "force", "refused"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_may_lose_data(*, ingested: bool, force: bool, refused: bool) -> None:
    """Only a project with events, whose program did not give them up, is kept."""
    assert may_lose_data(ingested_event=ingested, force_destroy=force) is refused
