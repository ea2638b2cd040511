import pulumi
from support.cli_engine import Program, Stack
from support.posthog_actions import (
    ACTIVITY,
    ADD_INTENT,
    COMPLETE_ONBOARDING,
    DELETE_BACKUP,
    DEMO_DATA,
    MOVE,
    RESET,
    ROTATE,
    another_organization,
    signed_in,
)
from support.posthog_ui import CREATE, DELETE, LIST, READ, UPDATE, Ui

from posthog_pulumi import (
    PostHogProductIntent,
    PostHogProject,
    get_project_activity_output,
    get_projects,
)

ENDPOINTS = {
    "list": LIST,
    "create": CREATE,
    "retrieve": READ,
    "partial_update": UPDATE,
    "destroy": DELETE,
    "activity": ACTIVITY,
    "add_product_intent": ADD_INTENT,
    "change_organization": MOVE,
    "complete_product_onboarding": COMPLETE_ONBOARDING,
    "delete_secret_token_backup": DELETE_BACKUP,
    "is_generating_demo_data": DEMO_DATA,
    "reset_token": RESET,
    "rotate_secret_token": ROTATE,
}
"""The endpoints of PostHog's projects page."""


def using_all(quarter: str, organization: str) -> Program:
    """A program that uses everything there is."""

    def program() -> None:
        rotation = {"quarter": quarter}
        web = PostHogProject(
            "web",
            name=f"Website in {quarter}",
            organization_id=organization,
            rotate_api_token_when_changed=rotation,
            rotate_secret_token_when_changed=rotation,
        )
        PostHogProject("demo", is_demo=True, wait_for_demo_data=True)
        PostHogProductIntent(
            "replay",
            project_id=web.id,
            organization_id=web.organization,
            product_type="session_replay",
            onboarding_completed=True,
        )
        log = get_project_activity_output(web.id, web.organization)
        pulumi.export("known", [project.name for project in get_projects()])
        pulumi.export("activities", log.apply(len))

    return program


def test_each_of_the_thirteen_endpoints_shows_in_a_program(stack: Stack, ui: Ui) -> None:
    """Declaring, changing, moving, rotating, looking and destroying reach every endpoint."""
    target = another_organization(ui)
    for key, value in signed_in(ui).items():
        stack.configure(f"posthog:{key}", value, secret=key in {"apiKey", "sessionId"})
    stack.up(using_all("Q3", ui.tenant.organization_id))
    stack.up(using_all("Q4", target))
    stack.destroy()
    sent = set(stack.requests())

    assert len(ENDPOINTS) == 13
    assert {name for name, request in ENDPOINTS.items() if request not in sent} == set()
    assert stack.state() == {}
