"""PostHog's actions on a project: what they look like on the wire, and a person who uses them."""

from typing import Any

from support.dependent import evaluates
from support.emulator_api import by_session
from support.posthog_ui import READ, Ui

ROTATE = f"{READ.replace('GET', 'PATCH')}rotate_secret_token/"
DELETE_BACKUP = f"{READ.replace('GET', 'PATCH')}delete_secret_token_backup/"
RESET = f"{READ.replace('GET', 'PATCH')}reset_token/"
ADD_INTENT = f"{READ.replace('GET', 'PATCH')}add_product_intent/"
COMPLETE_ONBOARDING = f"{READ.replace('GET', 'PATCH')}complete_product_onboarding/"
MOVE = f"{READ.replace('GET', 'POST')}change_organization/"
ACTIVITY = f"{READ}activity/"
DEMO_DATA = f"{READ}is_generating_demo_data/"

KEYS = "/api/projects/{id}/project_secret_api_keys/"


def act(ui: Ui, id_: str, action: str, *, method: str = "PATCH", body: Any = None) -> None:
    """Press a button in PostHog's own UI; what the program sent so far is forgotten."""
    path = f"/api/organizations/{ui.tenant.organization_id}/projects/{id_}/{action}/"
    response = by_session(ui.tenant).request(method, path, json=body)
    response.raise_for_status()
    ui.requests()


def press(ui: Ui, id_: str, *actions: str) -> None:
    """Press several buttons, one after the other."""
    for action in actions:
        act(ui, id_, action)


def rotate_by_hand(ui: Ui, id_: str) -> str:
    """Rotate the secret token in PostHog's own UI; the new token."""
    act(ui, id_, "rotate_secret_token")
    return secret_token(ui, id_)


def secret_token(ui: Ui, id_: str) -> str:
    """The project's current secret token."""
    return str(ui.project(id_)["secret_api_token"])


def backup(ui: Ui, id_: str) -> str | None:
    """The secret token before, while it still works."""
    found: str | None = ui.project(id_)["secret_api_token_backup"]
    return found


def statuses(ui: Ui, id_: str, *secrets: str | None) -> list[int]:
    """The status of local evaluation with each of these tokens or keys."""
    api_token = ui.project(id_)["api_token"]
    return [evaluates(ui.tenant.url, api_token, str(secret)) for secret in secrets]


def signed_in(ui: Ui, *without: str) -> dict[str, str]:
    """A stack's configuration with the owner's key and session, or without one of them."""
    both = {
        "host": ui.tenant.url,
        "apiKey": ui.tenant.api_key,
        "sessionId": ui.tenant.session_id,
        "organizationId": ui.tenant.organization_id,
    }
    return {key: value for key, value in both.items() if key not in without}


def another_organization(ui: Ui, level: int | None = 15) -> str:
    """The UUID of another organization, in which the owner has that level."""
    made = ui.tenant.control.send("POST", "organizations", {"name": "Other"})
    memberships = {"memberships": {made["id"]: level}}
    ui.tenant.control.send("PATCH", f"users/{ui.tenant.user_id}", memberships)
    return str(made["id"])
