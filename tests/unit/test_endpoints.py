"""Which request each method of the client sends, and what may be done with it after a failure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.bodies import ACME, KEY, NEW_KEY, PROJECT, page

from posthog_pulumi.client.endpoints import ENDPOINTS, RETRIEVE_PROJECT, Call, Repeat
from posthog_pulumi.client.posthog import PostHogClient

HOME = "/api/organizations/acme/projects/"
WEB = f"{HOME}1/"
KEYS = "/api/projects/1/project_secret_api_keys/"
INTENT = {"product_type": "surveys"}
DONE = {"is_generating_demo_data": True}
LABEL = {"label": "flags"}
READ, IDEMPOTENT, ONCE = Repeat.READ, Repeat.IDEMPOTENT, Repeat.ONCE
Use = Callable[[PostHogClient], object]


def recheck() -> None:
    """What is looked at after a wait."""


@dataclass
class Recorder:
    """Takes the calls of a client and responds to all of them alike."""

    response: object
    calls: list[Call] = field(default_factory=list)

    def send(self, call: Call) -> Any:
        """What ``Transport.send`` would return."""
        self.calls.append(call)
        return self.response


def shape_of(path: str) -> str:
    """The path as its endpoint has it."""
    return re.sub(r"(?<=s/)(acme|(?<=organizations/)@current|1|k)(?=/)", "{}", path)


def sent(use: Use, response: object) -> Call:
    """The call that a method of the client makes."""
    recorder = Recorder(response)
    use(PostHogClient(recorder.send))
    return recorder.calls[0]


# fmt: off
BY_KEY: list[tuple[str, str, Repeat, object, Use]] = [
    ("GET", "/api/personal_api_keys/@current/", READ, {"scopes": []},
     lambda it: it.account.api_key()),
    ("GET", "/api/organizations/", READ, page(), lambda it: list(it.organizations.list())),
    ("GET", "/api/organizations/", READ, page(), lambda it: list(it.organizations.memberships())),
    ("GET", "/api/organizations/@current/", READ, ACME, lambda it: it.organizations.retrieve()),
    ("GET", "/api/organizations/acme/", READ, ACME, lambda it: it.organizations.retrieve("acme")),
    ("GET", HOME, READ, page(), lambda it: list(it.projects.list("acme"))),
    ("GET", WEB, READ, PROJECT, lambda it: it.projects.retrieve("acme", "1")),
    ("POST", HOME, ONCE, PROJECT, lambda it: it.projects.create("acme", {"name": "Web"})),
    ("PATCH", WEB, IDEMPOTENT, PROJECT, lambda it: it.projects.update("acme", "1", {})),
    ("DELETE", WEB, IDEMPOTENT, None, lambda it: it.projects.delete("acme", "1")),
    ("PATCH", f"{WEB}add_product_intent/", ONCE, PROJECT,
     lambda it: it.projects.add_product_intent("acme", "1", INTENT)),
    ("PATCH", f"{WEB}complete_product_onboarding/", ONCE, PROJECT,
     lambda it: it.projects.complete_product_onboarding("acme", "1", INTENT)),
    ("GET", KEYS, READ, page(), lambda it: list(it.secret_api_keys.list("1"))),
    ("GET", f"{KEYS}k/", READ, KEY, lambda it: it.secret_api_keys.retrieve("1", "k")),
    ("POST", KEYS, ONCE, NEW_KEY, lambda it: it.secret_api_keys.create("1", "flags", ["a:read"])),
    ("PATCH", f"{KEYS}k/", IDEMPOTENT, KEY, lambda it: it.secret_api_keys.update("1", "k", LABEL)),
    ("DELETE", f"{KEYS}k/", IDEMPOTENT, None, lambda it: it.secret_api_keys.delete("1", "k")),
]
BY_SESSION: list[tuple[str, str, Repeat, object, Use]] = [
    ("GET", "/api/users/@me/", READ, {"email": "a@b.example"}, lambda it: it.account.user()),
    ("GET", f"{WEB}activity/", READ, page(), lambda it: list(it.projects.activity("acme", "1"))),
    ("GET", f"{WEB}is_generating_demo_data/", READ, DONE,
     lambda it: it.projects.is_generating_demo_data("acme", "1")),
    ("POST", f"{WEB}change_organization/", ONCE, PROJECT,
     lambda it: it.projects.change_organization("acme", "1", "globex")),
    ("PATCH", f"{WEB}reset_token/", ONCE, PROJECT, lambda it: it.projects.reset_token("acme", "1")),
    ("PATCH", f"{WEB}rotate_secret_token/", ONCE, PROJECT,
     lambda it: it.projects.rotate_secret_token("acme", "1")),
    ("PATCH", f"{WEB}delete_secret_token_backup/", ONCE, PROJECT,
     lambda it: it.projects.delete_secret_token_backup("acme", "1")),
]
# fmt: on


@pytest.mark.parametrize(("method", "path", "repeat", "response", "use"), BY_KEY)
def test_by_key(method: str, path: str, repeat: Repeat, response: object, use: Use) -> None:
    """These take a key; the class says whether twice does the same as once."""
    call = sent(use, response)

    assert (call.method, call.path, call.repeat) == (method, path, repeat)
    assert call.session_only is False


@pytest.mark.parametrize(("method", "path", "repeat", "response", "use"), BY_SESSION)
def test_by_session(method: str, path: str, repeat: Repeat, response: object, use: Use) -> None:
    """These refuse keys, or are about the session, so a configured one is sent."""
    call = sent(use, response)

    assert (call.method, call.path, call.repeat) == (method, path, repeat)
    assert call.session_only is True


def test_every_endpoint() -> None:
    """The tables above have every endpoint of the client's own table, and no other."""
    used = {(method, shape_of(path)) for method, path, *_ in (*BY_KEY, *BY_SESSION)}

    listed = {(each.method, each.path) for each in ENDPOINTS.values()}

    assert used ^ listed == set(), "BY_KEY and BY_SESSION have each endpoint"


@pytest.mark.parametrize(
    ("response", "sent_body", "use"),
    [
        (PROJECT, {"name": "Web"}, lambda it: it.projects.create("acme", {"name": "Web"})),
        (
            PROJECT,
            {"organization_id": "globex"},
            lambda it: it.projects.change_organization("acme", "1", "globex"),
        ),
        (PROJECT, None, lambda it: it.projects.rotate_secret_token("acme", "1")),
        (PROJECT, INTENT, lambda it: it.projects.add_product_intent("acme", "1", INTENT)),
        (
            NEW_KEY,
            {**LABEL, "scopes": ["a:read"]},
            lambda it: it.secret_api_keys.create("1", "flags", ["a:read"]),
        ),
        (KEY, LABEL, lambda it: it.secret_api_keys.update("1", "k", LABEL)),
    ],
)
def test_body(response: object, sent_body: object, use: Use) -> None:
    """A call sends what it is given, under PostHog's names."""
    assert sent(use, response).body == sent_body


@pytest.mark.parametrize(
    ("response", "use"),
    [
        (None, lambda it: it.projects.delete("acme", "1", recheck)),
        (PROJECT, lambda it: it.projects.rotate_secret_token("acme", "1", recheck)),
        (PROJECT, lambda it: it.projects.delete_secret_token_backup("acme", "1", recheck)),
    ],
)
def test_recheck(response: object, use: Use) -> None:
    """What could end a key or data is looked at again after a wait."""
    assert sent(use, response).recheck is recheck


@pytest.mark.parametrize(("search", "query"), [("", {"limit": 1000}), ("Web", {"search": "Web"})])
def test_search(search: str, query: dict[str, object]) -> None:
    """A list is narrowed by the server where it can; else it comes in few pages."""
    assert sent(lambda it: list(it.projects.list("acme", search)), page()).query == query


@pytest.mark.parametrize(
    ("id_", "part"),
    [
        ("1/../../users?a=b", "1%2F..%2F..%2Fusers%3Fa%3Db"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("@current", "@current"),
        ("Größe", "Gr%C3%B6%C3%9Fe"),
    ],
)
def test_quoted(id_: str, part: str) -> None:
    """Whatever an id holds, it stays one part of the path."""
    assert RETRIEVE_PROJECT.call("acme", id_).path == f"{HOME}{part}/"


class TestText:
    def test_no_body(self) -> None:
        """A call in a traceback shows no values."""
        call = Call(method="PATCH", path="/api/x/", body={"name": "hidden"}, recheck=recheck)

        assert "hidden" not in repr(call)
        assert str(call) == "PATCH /api/x/"

    def test_no_key(self) -> None:
        """A key that somebody takes for an id shows in no text that names the request."""
        assert str(RETRIEVE_PROJECT.call("acme", "phx_abcdefgh")) == f"GET {HOME}phx_…/"

    def test_no_value(self) -> None:
        """A new key's value shows in no traceback."""
        posthog = PostHogClient(Recorder(NEW_KEY).send)

        assert "hidden" not in repr(posthog.secret_api_keys.create("1", "flags", []))
