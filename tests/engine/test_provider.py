from pulumi import ResourceOptions
from support.cli_engine import Stack
from support.native_resources import Resources
from support.posthog_ui import Ui

from posthog_pulumi import PostHogProject, PostHogProvider


def test_two_organizations_in_one_program(stack: Stack, ui: Ui) -> None:
    """An explicit provider brings its own key and organization, for one resource at a time."""
    other = Ui(ui.tenant.new_tenant())

    def program() -> None:
        provider = PostHogProvider(
            "other", api_key=other.tenant.api_key, organization_id=other.tenant.organization_id
        )
        PostHogProject("ours")
        PostHogProject("theirs", ResourceOptions(provider=provider))

    stack.up(program)
    again = stack.up(program)
    made = (ui.projects(), other.projects())
    stack.destroy()

    assert made == (["ours"], ["theirs"])
    assert set(again.steps.values()) == {"same"}
    assert (ui.projects(), other.projects()) == ([], [])
    assert other.tenant.api_key not in stack.state_text()


def test_two_hosts_in_one_program(stack: Stack, ui: Ui, ui_2025: Ui, resources: Resources) -> None:
    """One program may speak to PostHog in two regions."""
    there = ui_2025.tenant

    def program() -> None:
        elsewhere = resources.provider(
            "elsewhere",
            host=ui_2025.tenant.url,
            api_key=there.api_key,
            organization_id=there.organization_id,
        )
        resources.project("here", name="here")
        resources.project("there", ResourceOptions(provider=elsewhere), name="There")

    first = stack.up(program)
    stack.refresh()

    assert first.steps == {"here": "create", "there": "create"}
    assert (ui.projects(), ui_2025.projects()) == (["here"], ["There"])


def test_a_key_goes_to_its_own_host_only(stack: Stack, ui: Ui, ui_2025: Ui) -> None:
    """A provider with another host and no key fails in the preview, and nothing is sent there."""

    def program() -> None:
        elsewhere = PostHogProvider("elsewhere", host=ui_2025.tenant.url)
        PostHogProject("here")
        PostHogProject("there", ResourceOptions(provider=elsewhere))

    preview = stack.preview(program, fails=True)

    assert (
        "PostHogProvider 'elsewhere' has a host of its own, so it takes no key from the stack's"
        " configuration or the environment: give it api_key."
    ) in preview.text
    assert (ui.projects(), ui_2025.requests()) == ([], [])


def test_a_revoked_key_of_a_provider_with_a_host(stack: Stack, ui: Ui, ui_2025: Ui) -> None:
    """No override is sent to its host; `up --target` on it brings the new key into the state."""
    there = ui_2025.tenant
    old = there.control.send("POST", "keys", {"user_id": there.user_id})

    def program(key: str) -> None:
        elsewhere = PostHogProvider("elsewhere", host=there.url, api_key=key)
        PostHogProject("there", ResourceOptions(provider=elsewhere))

    stack.up(lambda: program(old["value"]))
    there.control.send("DELETE", f"keys/{old['id']}")
    stack.environ["POSTHOG_PULUMI_API_KEY_OVERRIDE"] = ui.tenant.api_key
    refused = stack.destroy(fails=True)
    urn = f"urn:pulumi:{stack.name}::{stack.project}::pulumi:providers:pulumi-python::elsewhere"
    stack.up(lambda: program(there.api_key), target=[urn])
    destroyed = stack.destroy()

    assert "api_key of its PostHogProvider" in refused.errors[0]
    assert destroyed.steps == {"there": "delete"}
    assert ui_2025.projects() == []


def test_a_provider_takes_the_rest_from_the_stack(stack: Stack, ui: Ui) -> None:
    """What an explicit provider leaves out is the stack's configuration, then the environment."""
    stack.configure("posthog:apiKey", ui.tenant.api_key, secret=True)
    del stack.environ["POSTHOG_API_KEY"]

    def program() -> None:
        provider = PostHogProvider("guarded", force_destroy=True)
        PostHogProject("web", ResourceOptions(provider=provider))

    stack.up(program)
    ui.ingest(stack.state()["web"].id)
    destroyed = stack.destroy()

    assert destroyed.steps == {"web": "delete"}
    assert ui.tenant.api_key not in stack.state_text()


def test_a_new_key_of_a_provider_replaces_nothing(stack: Stack, ui: Ui) -> None:
    """Rotating the key of an explicit provider leaves its projects as they are."""
    fresh = ui.tenant.control.send("POST", "keys", {"user_id": ui.tenant.user_id})["value"]

    def program(key: str) -> None:
        provider = PostHogProvider("own", api_key=key)
        PostHogProject("web", ResourceOptions(provider=provider))

    stack.up(lambda: program(ui.tenant.api_key))
    rotated = stack.up(lambda: program(fresh))

    assert rotated.steps == {"web": "same"}
