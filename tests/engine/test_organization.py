import pytest
from support.cli_engine import Stack
from support.emulator_api import by_key
from support.posthog_ui import CREATE, UPDATE, Ui

from posthog_pulumi import PostHogProject


@pytest.fixture
def slug(ui: Ui) -> str:
    """The slug of the test's own organization."""
    client = by_key(ui.tenant, ui.tenant.api_key)
    found = client.get(f"/api/organizations/{ui.tenant.organization_id}/")
    return str(found.json()["slug"])


def test_every_spelling_means_the_same_organization(stack: Stack, ui: Ui, slug: str) -> None:
    """UUID, slug and `@current` are one organization, so another spelling moves nothing."""
    uuid = ui.tenant.organization_id
    stack.up(lambda: PostHogProject("web", organization_id=uuid))
    id_ = stack.state()["web"].id
    ui.requests()
    stack.up(lambda: PostHogProject("web", organization_id=slug))
    stack.up(lambda: PostHogProject("web", organization_id="@current"))
    stack.up(lambda: PostHogProject("web"))
    again = stack.preview(lambda: PostHogProject("web"))
    sent = ui.requests()

    assert [request for request in sent if not request.startswith("GET /api/org")] == []
    assert [request for request in sent if "change_organization" in request] == []
    assert again.steps == {"web": "same"}
    assert stack.state()["web"].id == id_
    assert stack.state()["web"].outputs["organization"] == uuid


@pytest.mark.parametrize("spelling", ["slug", "@current"])
def test_a_project_is_made_where_the_spelling_says(
    stack: Stack, ui: Ui, slug: str, spelling: str
) -> None:
    """A slug costs one look-up, `@current` none; the state then holds the UUID."""
    organization = {"slug": slug}.get(spelling, spelling)
    stack.up(lambda: PostHogProject("web", organization_id=organization))
    id_ = stack.state()["web"].id
    sent = ui.requests()
    stack.up(lambda: PostHogProject("web", organization_id=organization, surveys_opt_in=True))

    assert sent[-1] in {CREATE, "POST /api/organizations/@current/projects/"}
    assert ui.requests() == [UPDATE]
    assert ui.project(id_)["surveys_opt_in"] is True


def test_an_unknown_slug_is_named(stack: Stack) -> None:
    """A slug that the credential does not see makes nothing and is named in the error."""
    refused = stack.up(lambda: PostHogProject("web", organization_id="elsewhere"), fails=True)

    assert "no organization with the slug 'elsewhere'" in refused.errors[0]
    assert stack.requests() == ["GET /api/organizations/"]
    assert stack.state() == {}


def test_the_configuration_may_change_and_nothing_moves(stack: Stack, ui: Ui) -> None:
    """A project stays where it is when the default organization changes."""
    stack.up(lambda: PostHogProject("web"))
    stack.requests()
    stack.environ["POSTHOG_ORGANIZATION_ID"] = ui.tenant.new_tenant().organization_id
    again = stack.up(lambda: PostHogProject("web"))

    assert again.steps == {"web": "same"}
    assert stack.requests() == []
