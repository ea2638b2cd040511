import pulumi
from support.cli_engine import Stack
from support.native_resources import Resources
from support.posthog_ui import DELETE, READ, Ui

from posthog_pulumi import PostHogProject


def web() -> None:
    """A guarded project."""
    PostHogProject("web")


def web_without_guard() -> None:
    """The same, whose data may go."""
    PostHogProject("web", force_destroy=True)


def test_a_project_that_holds_events_is_not_deleted(
    stack: Stack, ui: Ui, resources: Resources
) -> None:
    """The refusal says what to do, the project stays, and a `DELETE` is never sent."""
    stack.up(lambda: resources.project("web", name="web"))
    ui.ingest(stack.state()["web"].id)
    stack.requests()
    refused = stack.destroy(fails=True)

    assert "it holds events" in refused.errors[0]
    assert "set force_destroy=True" in refused.errors[0]
    assert stack.requests() == [READ]
    assert list(stack.state()) == ["web"]
    assert ui.projects() == ["web"]


def test_force_destroy_applied_before_allows_it(stack: Stack, ui: Ui) -> None:
    """Applying `force_destroy=True` is an update that changes nothing there; then data may go."""
    stack.up(web)
    ui.ingest(stack.state()["web"].id)
    stack.requests()
    allowed = stack.up(web_without_guard)
    sent = stack.requests()
    destroyed = stack.destroy()

    assert (allowed.steps, sent) == ({"web": "update"}, [READ])
    assert destroyed.steps == {"web": "delete"}
    assert stack.requests() == [DELETE]


def test_the_configuration_may_allow_it_for_all(stack: Stack, ui: Ui) -> None:
    """`posthog:forceDestroy` is the default of the argument, for a preview deployment's stack."""
    stack.configure("posthog:forceDestroy", "true")
    stack.up(web)
    ui.ingest(stack.state()["web"].id)

    assert stack.destroy().steps == {"web": "delete"}


def test_force_destroy_false_beats_the_configuration(stack: Stack, ui: Ui) -> None:
    """A project that says `force_destroy=False` is guarded in such a stack, too."""
    stack.configure("posthog:forceDestroy", "true")
    stack.up(lambda: PostHogProject("web", force_destroy=False))
    ui.ingest(stack.state()["web"].id)

    assert "it holds events" in stack.destroy(fails=True).errors[0]


def test_a_revoked_key_does_not_lock_the_stack(stack: Stack, ui: Ui) -> None:
    """`destroy` uses the key recorded in the state; the override variable overrides it."""
    owner, control = ui.tenant, ui.tenant.control
    old = control.send("POST", "keys", {"user_id": owner.user_id})
    stack.configure("posthog:apiKey", old["value"], secret=True)
    stack.up(web)
    control.send("DELETE", f"keys/{old['id']}")
    refused = stack.destroy(fails=True)
    stack.environ["POSTHOG_PULUMI_API_KEY_OVERRIDE"] = owner.api_key
    destroyed = stack.destroy()

    assert "POSTHOG_PULUMI_API_KEY_OVERRIDE" in refused.errors[0]
    assert destroyed.steps == {"web": "delete"}


def test_retain_on_delete_keeps_the_project(stack: Stack, ui: Ui) -> None:
    """A project with `retain_on_delete` leaves the state and stays in PostHog."""
    kept = pulumi.ResourceOptions(retain_on_delete=True)
    stack.up(lambda: PostHogProject("web", kept))
    stack.requests()
    stack.destroy()

    assert stack.requests() == []
    assert ui.projects() == ["web"]
