"""What a new data folder holds, and the credentials that the ready line prints."""

import json
from pathlib import Path

from posthog_pulumi.emulator.control.people import new_key, new_organization, new_user
from posthog_pulumi.emulator.generations import Server
from posthog_pulumi.emulator.rules import tokens
from posthog_pulumi.emulator.rules.storage import make_tables, writing
from posthog_pulumi.emulator.rules.users import OWNER, PersonalApiKey
from posthog_pulumi.emulator.views.credentials import sign_in

Credentials = dict[str, str]


def seed(folder: Path, server: Server) -> Credentials:
    """Fill an empty folder; return the same keys for it from then on."""
    path = folder / "credentials.json"
    make_tables()
    with writing():
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(json.dumps(_people()), encoding="utf-8")
        credentials: Credentials = json.loads(path.read_text(encoding="utf-8"))
        _adjust_legacy_key(credentials["legacy_api_key"], server)
    return credentials


def _people() -> Credentials:
    first = new_organization(name="Emulator", slug="emulator")
    second = new_organization(name="Second organization", slug="second-organization")
    memberships = {str(first.id): OWNER, str(second.id): OWNER}
    user = new_user(memberships, email="owner@example.com", first_name="Owner")
    return {
        "organization_id": str(first.id),
        "api_key": new_key(user, ["*"], label="Full access")[1],
        "legacy_api_key": new_key(user, [], label="Legacy")[1],
        "session_id": sign_in(user),
        "second_organization_id": str(second.id),
    }


def _adjust_legacy_key(value: str, server: Server) -> None:
    """Rewrite the legacy key as PostHog did with all of them in March 2026."""
    scopes: list[str] = [] if server.legacy_keys_may_do_all else ["*"]
    PersonalApiKey.objects.filter(digest=tokens.digest(value)).update(scopes=scopes)
