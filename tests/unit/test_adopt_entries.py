import json
from typing import Any

from pulumi.runtime import rpc
from support.fake_posthog import GLOBEX, body, config

from posthog_pulumi.adopt.entries import import_file, in_file
from posthog_pulumi.adopt.projects import Adopted, Wish, adopted
from posthog_pulumi.models.project import RemoteProject
from posthog_pulumi.models.secret_token import ProjectSecretTokenState

ALL = Wish(secret_tokens=True, product_intents=True)
SECRET = "4dabf18193072939515e22adb298388d"  # noqa: S105  # Pulumi's mark of a special value
MARK = "1b47061264138c4ac30d75fd1eb44270"


def found(wish: Wish, home: str | None = None, **changes: Any) -> list[Adopted]:
    """A live project, as it is to be adopted."""
    return adopted([RemoteProject.model_validate(body(**changes))], home, wish)


def entries(wish: Wish, home: str | None = None, **changes: Any) -> list[dict[str, Any]]:
    """What the file holds for it."""
    file: dict[str, Any] = json.loads(import_file(config(), found(wish, home, **changes)))
    resources: list[dict[str, Any]] = file["resources"]
    return resources


def secret(value: object) -> dict[str, str]:
    """A secret as the file has it."""
    return {SECRET: MARK, "plaintext": json.dumps(value)}


def test_a_project() -> None:
    """Inputs and outputs are those of `up`, with the pickled provider and the tokens as secrets."""
    live = body(created_at="2026-01-01T00:00:00Z")
    given = {"timezone": "Europe/Berlin", "secret_api_token": "phs_a"}
    (entry,) = entries(Wish(), created_at=live["created_at"], **given)
    provider = entry["inputs"].pop("__provider")
    outputs = entry["outputs"]

    assert (entry["type"], entry["name"], entry["id"]) == (
        "pulumi-python:dynamic/posthog:Project",
        "web",
        str(live["id"]),
    )
    assert entry["inputs"] == {"name": "Web", "timezone": "Europe/Berlin"}
    assert outputs.pop("__provider") == provider
    assert outputs == {
        "name": "Web",
        "timezone": "Europe/Berlin",
        "organization": live["organization"],
        "uuid": live["uuid"],
        "created_at": live["created_at"],
        "api_token": secret(live["api_token"]),
        "secret_api_token": secret("phs_a"),
        "__unset": ["secret_api_token_backup"],
    }


def test_a_secret_token() -> None:
    """The child has all that the provider remembers, and the project leaves it to the child."""
    project, token = entries(ALL, secret_api_token="phs_a")  # noqa: S106  # no real one
    remembered = {**token["outputs"], "token": "phs_a", "__armed": {"rotation": 1}}
    state = ProjectSecretTokenState.model_validate(remembered)

    assert project["inputs"]["__rotates_secret_token"] is True
    assert "secret_api_token" not in project["outputs"]
    assert (token["name"], token["logicalName"], token["parent"]) == (
        "web/secret-token",
        "web-secret-token",
        "web",
    )
    assert token["outputs"]["token"] == secret("phs_a")
    assert token["outputs"]["__armed"] == secret({"rotation": 1})
    assert token["inputs"]["revoke_on_destroy"] is False
    assert "__checked_at" in token["inputs"]
    assert state.armed == state.rotate_when_changed == {"rotation": 1}
    assert token["id"].startswith(f"{project['id']}/")


def test_a_product_intent() -> None:
    """What PostHog knows of it is recorded; the organization where it must be named."""
    done = {"product_type": "session_replay", "onboarding_completed_at": "2026-01-01T00:00:00Z"}
    project, intent = entries(ALL, GLOBEX, product_intents=[done])

    assert (intent["name"], intent["logicalName"]) == ("web/session_replay", "web-session-replay")
    assert intent["id"] == f"{project['id']}/session_replay"
    assert intent["inputs"]["onboarding_completed"] is True
    assert intent["inputs"]["organization_id"] == project["outputs"]["organization"]


def test_a_secret_in_a_list() -> None:
    """The wire's mark of a secret becomes the file's, at any depth."""
    value = {"a": [rpc.wrap_rpc_secret({"b": 1})], "c": None}

    assert in_file(value) == {"a": [secret({"b": 1})]}
