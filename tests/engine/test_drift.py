from support.cli_engine import Stack
from support.native_resources import Resources
from support.posthog_ui import CREATE, READ, UPDATE, Ui

from posthog_pulumi import PostHogProject


def web() -> None:
    """A project with one setting."""
    PostHogProject("web", name="Web", timezone="Europe/Berlin")


def test_a_project_removed_in_the_ui_is_made_again(stack: Stack, ui: Ui) -> None:
    """Refresh drops a project that is gone from the state, and the next `up` makes a new one."""
    stack.up(web)
    ui.remove(stack.state()["web"].id)
    refreshed = stack.refresh()
    after = stack.state()
    stack.requests()
    made = stack.up(web)

    assert refreshed.steps == {"web": "delete"}
    assert after == {}
    assert made.steps == {"web": "create"}
    assert stack.requests() == [CREATE]


def test_a_project_on_its_way_out_reads_as_gone(stack: Stack, ui: Ui) -> None:
    """PostHog still shows a project whose deletion is pending, which counts as deleted."""
    stack.up(web)
    ui.start_removing(stack.state()["web"].id)
    stack.requests()
    refreshed = stack.refresh()
    sent = stack.requests()
    made = stack.up(web)

    assert refreshed.steps == {"web": "delete"}
    assert sent == [READ]
    assert made.steps == {"web": "create"}
    assert ui.projects() == ["Web"]


def test_destroying_what_is_pending_or_gone_succeeds(
    stack: Stack, ui: Ui, resources: Resources
) -> None:
    """A project that somebody deletes, or has deleted, in PostHog counts as deleted."""

    def both() -> None:
        resources.project("pending", name="pending")
        resources.project("gone", name="gone")

    stack.up(both)
    ui.start_removing(stack.state()["pending"].id)
    ui.remove(stack.state()["gone"].id)
    destroyed = stack.destroy()

    assert destroyed.steps == {"pending": "delete", "gone": "delete"}
    assert stack.state() == {}


def test_refresh_shows_what_was_changed_in_the_ui(
    stack: Stack, ui: Ui, resources: Resources
) -> None:
    """Exactly the managed settings are drift: `up` puts them back and leaves the others alone."""

    def web() -> None:
        resources.project("web", name="Web", timezone="Europe/Berlin")

    stack.up(web)
    id_ = stack.state()["web"].id
    ui.change(id_, name="Renamed", product_description="Made in the UI")
    refreshed = stack.refresh()
    shown = stack.preview(web)
    stack.requests()
    restored = stack.up(web)
    sent = stack.requests()
    again = stack.up(web)
    live = ui.project(id_)

    assert refreshed.steps == {"web": "update"}
    assert shown.changes == ["~ name"]
    assert restored.steps == {"web": "update"}
    assert sent == [UPDATE]
    assert again.steps == {"web": "same"}
    assert (live["name"], live["product_description"]) == ("Web", "Made in the UI")


def test_a_change_of_what_nobody_declares_is_no_drift(stack: Stack, ui: Ui) -> None:
    """A setting, or a key of one, that the program does not name: a refresh shows nothing."""

    def program() -> None:
        PostHogProject("web", name="Web", logs_settings={"retention_days": 14})

    stack.up(program)
    id_ = stack.state()["web"].id
    before = stack.state()
    ui.change(id_, product_description="Made in the UI", timezone="Asia/Tokyo")
    ui.change(id_, logs_settings={"retention_days": 14, "capture_console_logs": True})
    refreshed = stack.refresh(expect_no_changes=True)

    assert refreshed.steps == {"web": "same"}
    assert stack.state() == before
    assert stack.preview(program, expect_no_changes=True).steps == {"web": "same"}


def test_without_a_refresh_drift_in_the_ui_stays(stack: Stack, ui: Ui) -> None:
    """An `up` that changes one setting sends that one only."""
    stack.up(web)
    id_ = stack.state()["web"].id
    ui.change(id_, timezone="UTC", surveys_opt_in=True)
    stack.up(lambda: PostHogProject("web", name="Website", timezone="Europe/Berlin"))
    live = ui.project(id_)

    assert (live["name"], live["timezone"], live["surveys_opt_in"]) == ("Website", "UTC", True)


def test_up_with_refresh_puts_a_change_back_in_one_run(stack: Stack, ui: Ui) -> None:
    """`pulumi up --refresh` sees the change and undoes it with one read and one request."""
    stack.up(web)
    id_ = stack.state()["web"].id
    ui.change(id_, timezone="UTC")
    stack.requests()
    stack.up(web, refresh=True)

    assert stack.requests() == [READ, UPDATE]
    assert ui.project(id_)["timezone"] == "Europe/Berlin"


def test_a_hidden_organization_does_not_empty_the_state(stack: Stack) -> None:
    """A key that may not see the organization fails the refresh, and the state stays whole."""
    stack.up(web)
    before = stack.state()
    stack.environ["POSTHOG_API_KEY"] = stack.ui.tenant.new_tenant().api_key
    refused = stack.refresh(fails=True)

    assert len(refused.errors) == 1
    assert "was not read" in refused.errors[0]
    assert stack.state() == before
