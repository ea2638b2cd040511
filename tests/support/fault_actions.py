"""Everything that the package does with PostHog, as actions of which any request may go wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from posthog_pulumi.lifecycle import account, lookups
from posthog_pulumi.lifecycle.connection import Connection
from support.fault_owner import Owner, Server
from support.steps_engine import Declared, Program, StepsEngine

NAME: Final = "Website"
FILTERS: Final = [{"key": "email", "type": "person", "value": "@a.example", "operator": "exact"}]
SCOPES: Final = ["feature_flag:read"]


@dataclass
class Hands:
    """A person who works in PostHog's own UI, and the stack that the person knows."""

    owner: Owner
    engine: StepsEngine
    elsewhere: str
    """UUID of another organization of the same owner; empty without one."""

    def id(self, name: str) -> str:
        """The id of a resource of the stack."""
        return self.engine.state[name].id

    def act(self, method: str, action: str, body: Any = None) -> None:
        """Do something to the stack's project."""
        self.owner.call(method, f"{self.owner.project(self.id('web'))}{action}/", body)


@dataclass(frozen=True)
class Action:
    """What is there before, and what one command does then."""

    requests: tuple[str, ...]
    """The endpoints that it asks on a network without faults."""
    command: Literal["up", "refresh", "destroy"] | Callable[[Connection, str], object]
    """An operation of Pulumi, or a look-up, which is given the project's id."""
    after: Program = field(default_factory=dict)
    """What the program declares in the end; a destroy declares nothing."""
    before: Program = field(default_factory=dict)
    """What an ``up`` made before."""
    hand: Callable[[Hands], None] = lambda _: None
    """What a person did in between."""
    servers: tuple[Server, ...] = ("current", "docs-2025")

    @property
    def moves(self) -> bool:
        """Whether it takes a second organization."""
        return "CHANGE_ORGANIZATION" in self.requests or self.hand is _move


def _web(**settings: Any) -> Program:
    return {"web": Declared("project", {"name": NAME, **settings})}


def _token(**arguments: Any) -> Program:
    return {**_web(), "token": Declared("token", {"project_id": "@web", **arguments})}


def _key(**arguments: Any) -> Program:
    inputs = {"project_id": "@web", "label": "flags", "scopes": SCOPES, **arguments}
    return {**_web(), "key": Declared("key", inputs)}


def _intent(**arguments: Any) -> Program:
    inputs = {"project_id": "@web", "product_type": "surveys", **arguments}
    return {**_web(), "intent": Declared("intent", inputs)}


def _move(hands: Hands) -> None:
    hands.act("POST", "change_organization", {"organization_id": hands.elsewhere})


def _roll(hands: Hands) -> None:
    hands.act("PATCH", "rotate_secret_token")


def _remove(hands: Hands) -> None:
    hands.owner.delete_for_good(hands.id("web"))


def _remove_key(hands: Hands) -> None:
    path = f"/api/projects/{hands.id('web')}/project_secret_api_keys/{hands.id('key')}/"
    hands.owner.call("DELETE", path)


_NOW: Final[tuple[Server, ...]] = ("current",)
_ADD, _COMPLETE = "ADD_PRODUCT_INTENT", "COMPLETE_PRODUCT_ONBOARDING"
_GET, _PATCH = "RETRIEVE_PROJECT", "UPDATE_PROJECT"
_MOVE = "CHANGE_ORGANIZATION"
_ROTATE, _END = "ROTATE_SECRET_TOKEN", "DELETE_SECRET_TOKEN_BACKUP"

ACTIONS: Final[Mapping[str, Action]] = {
    "create": Action(("CREATE_PROJECT",), "up", _web(timezone="Europe/Berlin")),
    "create in two requests": Action(
        ("CREATE_PROJECT", _PATCH), "up", _web(test_account_filters=FILTERS)
    ),
    "create a demo": Action(
        ("CREATE_PROJECT", "IS_GENERATING_DEMO_DATA"),
        "up",
        _web(is_demo=True, wait_for_demo_data=True),
    ),
    "update": Action((_PATCH,), "up", _web(timezone="Europe/Berlin"), _web()),
    "update a merged setting": Action(
        (_PATCH, _PATCH), "up", _web(survey_config={"a": 1}), _web(survey_config={"a": 1, "b": 2})
    ),
    "move": Action((_MOVE,), "up", _web(organization_id="@elsewhere"), _web()),
    "move to a slug": Action(
        ("LIST_ORGANIZATIONS", _MOVE, _PATCH),
        "up",
        _web(organization_id="@elsewhere-slug", timezone="Europe/Berlin"),
        _web(),
    ),
    "reset the API token": Action(
        (_GET, "RESET_TOKEN"),
        "up",
        _web(rotate_api_token_when_changed={"q": 2}),
        _web(rotate_api_token_when_changed={"q": 1}),
    ),
    "refresh": Action((_GET,), "refresh", _web(timezone="Europe/Berlin"), _web(timezone="UTC")),
    "refresh what was moved": Action(
        (_GET, "LIST_ORGANIZATIONS", _GET),
        "refresh",
        _web(),
        _web(),
        _move,
    ),
    "refresh what was deleted": Action(
        (_GET, "LIST_ORGANIZATIONS"), "refresh", _web(), _web(), _remove
    ),
    "destroy": Action((_GET, "DELETE_PROJECT"), "destroy", before=_web()),
    "destroy with force": Action(("DELETE_PROJECT",), "destroy", before=_web(force_destroy=True)),
    "mint a token": Action((_GET, _ROTATE), "up", _token(), _web()),
    "take a token over": Action((_GET,), "up", _token(), _web(), _roll),
    "rotate a token": Action(
        (_GET, _ROTATE, _GET, _END),
        "up",
        _token(rotate_when_changed={"q": 2}),
        _token(rotate_when_changed={"q": 1}),
    ),
    "refresh a token": Action((_GET, _GET), "refresh", _token(), _token()),
    "revoke a token": Action((_GET, _ROTATE, _END), "up", _web(), _token()),
    "create a key": Action(("CREATE_SECRET_API_KEY",), "up", _key(), _web(), servers=_NOW),
    "update a key": Action(
        ("UPDATE_SECRET_API_KEY",), "up", _key(label="other"), _key(), servers=_NOW
    ),
    "rotate a key": Action(
        ("CREATE_SECRET_API_KEY", "DELETE_SECRET_API_KEY"),
        "up",
        _key(rotate_when_changed={"q": 2}),
        _key(rotate_when_changed={"q": 1}),
        servers=_NOW,
    ),
    "refresh a key": Action(
        (_GET, "RETRIEVE_SECRET_API_KEY"), "refresh", _key(), _key(), servers=_NOW
    ),
    "refresh a deleted key": Action(
        (_GET, "RETRIEVE_SECRET_API_KEY", "LIST_SECRET_API_KEYS"),
        "refresh",
        _key(),
        _key(),
        _remove_key,
        servers=_NOW,
    ),
    "delete a key": Action(("DELETE_SECRET_API_KEY",), "up", _web(), _key(), servers=_NOW),
    "declare an intent": Action((_GET, _ADD), "up", _intent(), _web()),
    "complete an onboarding": Action(
        (_GET, _ADD, _COMPLETE), "up", _intent(onboarding_completed=True), _intent()
    ),
    "examine the account": Action(
        ("RETRIEVE_API_KEY", "RETRIEVE_USER", "LIST_ORGANIZATIONS", "LIST_PROJECTS", _GET),
        lambda on, _: account.examine(on),
        _web(),
        _web(),
    ),
    "look up by name": Action(
        ("LIST_PROJECTS", _GET),
        lambda on, _: lookups.project(on, None, id_=None, name=NAME),
        _web(),
        _web(),
    ),
    "look up the organization": Action(
        ("RETRIEVE_ORGANIZATION", "RETRIEVE_ORGANIZATION"),
        lambda on, _: lookups.organization(on, "@current"),
        _web(),
        _web(),
    ),
    "look up the activity": Action(
        ("ACTIVITY",), lambda on, web: list(lookups.activity(on, None, web)), _web(), _web()
    ),
    "look up the demo data": Action(
        ("IS_GENERATING_DEMO_DATA",),
        lambda on, web: lookups.is_generating_demo_data(on, None, web),
        _web(),
        _web(),
    ),
}
"""By name. The second organization is ``@elsewhere``."""
