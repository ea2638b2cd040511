"""PostHog in a dict with its tokens, secret API keys, intents, demo data and activity."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from posthog_pulumi.client.endpoints import Call
from posthog_pulumi.client.posthog import PostHogClient
from posthog_pulumi.errors import (
    APIConnectionError,
    APITimeoutError,
    InternalServerError,
    NotFoundError,
    PostHogError,
)
from support.fake_posthog import Body, FakePostHog, body

PROJECT: Final = "/api/organizations/018f0000-0000-7000-8000-00000000acce/projects/1/"
KEYS: Final = "/api/projects/1/project_secret_api_keys/"

_KEY_ROUTE: Final = re.compile(r"/api/projects/1/project_secret_api_keys/(?P<id>[^/]+)?/?$")


def lost() -> PostHogError:
    """The connection was cut before the response came, so the server may still be at work."""
    return APIConnectionError("the connection was cut.")


def too_slow() -> PostHogError:
    """The response did not come in time, and the server may still be at work."""
    return APITimeoutError("no response in time.")


def broken() -> PostHogError:
    """PostHog's own error: done or not, but over."""
    return InternalServerError("PostHog failed.")


def with_token(token: str | None, backup: str | None = None, **changes: Any) -> Body:
    """A project with these secret tokens."""
    return body(secret_api_token=token, secret_api_token_backup=backup, **changes)


@dataclass
class MintingPostHog(FakePostHog):
    """Mints ``phs_1``, ``phs_2`` and so on; every call of the token and key endpoints is served."""

    keys: dict[str, Body] = field(default_factory=dict)
    """Secret API keys of project 1 by id."""
    hides_keys: bool = False
    """Whether the caller gets 404 for everything about keys."""
    intents_are_cached: bool = False
    """Whether intents show only an hour later."""
    demo_looks: int = 0
    """How many more looks find the demo data still on its way."""
    log: list[Body] = field(default_factory=list)
    """Entries of the activity log."""
    minted: int = 0

    def client(self) -> PostHogClient:
        """The client of a connection to it."""
        return self.connection().client

    def asks(self, method: str) -> list[str]:
        """The last part of the path of each call by that method."""
        calls = [call.split(" ") for call in self.asked]
        return [path.rstrip("/").split("/")[-1] for verb, path in calls if verb == method]

    def _respond(self, call: Call) -> Any:
        if found := _KEY_ROUTE.match(call.path):
            return self._keys(call, found["id"])
        return super()._respond(call)

    def _one(self, call: Call, organization: str | None, id_: int, action: str) -> Any:
        found = super()._one(_without_body(call) if action else call, organization, id_, action)
        project = self.projects.get(id_, {})
        match action:
            case "rotate_secret_token":
                backup = project["secret_api_token"]
                project |= {"secret_api_token": self._mint(), "secret_api_token_backup": backup}
            case "delete_secret_token_backup":
                project |= {"secret_api_token_backup": None}
            case "reset_token":
                project |= {"api_token": f"phc_reset{len(self.asked)}"}
            case "add_product_intent" | "complete_product_onboarding":
                self.bodies.append(dict(call.body or {}))
                self._note(project, self.bodies[-1]["product_type"], done=action[0] == "c")
            case "is_generating_demo_data":
                self.demo_looks -= 1
                return {"is_generating_demo_data": self.demo_looks >= 0}
            case "activity":
                return {"next": None, "results": self.log}
            case _:
                return found
        return dict(project)

    def _note(self, project: Body, product: str, *, done: bool) -> None:
        """Stamp an intent of the project, made if it is new."""
        others = [one for one in project["product_intents"] if one["product_type"] != product]
        stamps = {"updated_at": f"request {len(self.asked)}"}
        completed = {"onboarding_completed_at": stamps["updated_at"] if done else None}
        if not self.intents_are_cached:
            project["product_intents"] = [*others, {"product_type": product, **stamps, **completed}]

    def _mint(self) -> str:
        self.minted += 1
        return f"phs_{self.minted}"

    def _keys(self, call: Call, key_id: str | None) -> Any:
        sent = dict(call.body or {})
        if self.hides_keys:
            raise NotFoundError("PostHog says: Not found.", request=f"{call} returned 404")
        if call.method == "POST":
            made = {"id": f"key{len(self.keys) + 1}", "mask_value": "phs_...x", **sent}
            self.keys[made["id"]] = {**made, "created_at": datetime.now(UTC).isoformat()}
            return {**self.keys[made["id"]], "value": self._mint()}
        if key_id is None:
            return {"next": None, "results": list(self.keys.values())}
        if key_id not in self.keys:
            raise NotFoundError("PostHog says: Not found.", request=f"{call} returned 404")
        if call.method == "DELETE":
            return self.keys.pop(key_id) and None
        self.keys[key_id] |= sent
        return self.keys[key_id]


def _without_body(call: Call) -> Call:
    """An action's body is no change of settings."""
    moves = call.path.endswith("/change_organization/")
    return call if moves else Call(method="GET", path=call.path)
