from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from support.fake_posthog import body

from posthog_pulumi.client import PostHogClient
from posthog_pulumi.client.call import Call

if TYPE_CHECKING:
    from posthog_pulumi.client.transport import Transport

HOME = "/api/organizations/acme/projects/"
WEB = f"{HOME}1/"
KEYS = "/api/projects/1/project_secret_api_keys/"
PAGE: dict[str, Any] = {"next": None, "results": []}
KEY = {"id": "k", "label": "flags-abc123", "scopes": [], "created_at": "2026-11-24T00:00:00Z"}
INTENT = {"product_type": "surveys"}
AT_WORK = {"is_generating_demo_data": True}
LABEL = {"label": "flags-abc123"}
NEW_KEY = {**LABEL, "scopes": ["survey:read"]}
Use = Callable[[PostHogClient], object]


@dataclass
class Recorder:
    """Takes the calls of a client and answers all of them alike."""

    answer: object
    calls: list[Call] = field(default_factory=list)

    def send(self, call: Call) -> Any:
        """What ``Transport.send`` would return."""
        self.calls.append(call)
        return self.answer

    def server_time(self, local: float) -> float:
        """Its clock is ours."""
        return local


def sent(use: Use, answer: object) -> Call:
    """The call that a method of the client makes."""
    recorder = Recorder(answer)
    use(PostHogClient(cast("Transport", recorder)))
    return recorder.calls[0]


PLAIN: list[tuple[str, str, object, Use]] = [
    ("GET", "/api/organizations/", PAGE, lambda it: list(it.organizations.list())),
    (
        "GET",
        "/api/organizations/@current/",
        {"id": "acme", "name": "Acme"},
        lambda it: it.organizations.retrieve(),
    ),
    ("GET", HOME, PAGE, lambda it: list(it.projects.list("acme"))),
    ("GET", WEB, body(), lambda it: it.projects.retrieve("acme", "1")),
    ("PATCH", WEB, body(), lambda it: it.projects.update("acme", "1", {"timezone": "UTC"})),
    ("DELETE", WEB, None, lambda it: it.projects.delete("acme", "1")),
    (
        "PATCH",
        f"{WEB}add_product_intent/",
        None,
        lambda it: it.projects.add_product_intent("acme", "1", INTENT),
    ),
    (
        "PATCH",
        f"{WEB}complete_product_onboarding/",
        None,
        lambda it: it.projects.complete_product_onboarding("acme", "1", INTENT),
    ),
    ("GET", KEYS, PAGE, lambda it: list(it.secret_api_keys.list("1"))),
    ("GET", f"{KEYS}k/", KEY, lambda it: it.secret_api_keys.retrieve("1", "k")),
    ("PATCH", f"{KEYS}k/", KEY, lambda it: it.secret_api_keys.update("1", "k", LABEL)),
    ("DELETE", f"{KEYS}k/", None, lambda it: it.secret_api_keys.delete("1", "k")),
]
LOOKS_FIRST: list[tuple[str, str, object, Use]] = [
    ("POST", HOME, body(), lambda it: it.projects.create("acme", {"name": "Web"})),
    ("POST", KEYS, KEY, lambda it: it.secret_api_keys.create("1", "flags-abc123", ["survey:read"])),
]
SESSION_ONLY: list[tuple[str, str, object, Use]] = [
    (
        "GET",
        f"{WEB}is_generating_demo_data/",
        AT_WORK,
        lambda it: it.projects.is_generating_demo_data("acme", "1"),
    ),
    (
        "PATCH",
        f"{WEB}delete_secret_token_backup/",
        body(),
        lambda it: it.projects.delete_secret_token_backup("acme", "1"),
    ),
]
SESSION_ONLY_LOOKS_FIRST: list[tuple[str, str, object, Use]] = [
    (
        "POST",
        f"{WEB}change_organization/",
        body(),
        lambda it: it.projects.change_organization("acme", "1", "globex"),
    ),
    ("PATCH", f"{WEB}reset_token/", body(), lambda it: it.projects.reset_token("acme", "1")),
    (
        "PATCH",
        f"{WEB}rotate_secret_token/",
        body(),
        lambda it: it.projects.rotate_secret_token("acme", "1"),
    ),
]


@pytest.mark.parametrize(("method", "path", "answer", "use"), PLAIN)
def test_plain(method: str, path: str, answer: object, use: Use) -> None:
    """These take a key, and twice does the same as once."""
    call = sent(use, answer)

    assert (call.method, call.path) == (method, path)
    assert (call.repeatable, call.session_only) == (True, False)


@pytest.mark.parametrize(("method", "path", "answer", "use"), LOOKS_FIRST)
def test_looks_first(method: str, path: str, answer: object, use: Use) -> None:
    """These would make a second one, so a lost answer is looked into."""
    call = sent(use, answer)

    assert (call.method, call.path) == (method, path)
    assert (call.repeatable, call.session_only) == (False, False)


@pytest.mark.parametrize(("method", "path", "answer", "use"), SESSION_ONLY)
def test_session_only(method: str, path: str, answer: object, use: Use) -> None:
    """These refuse keys, so a configured session is sent."""
    call = sent(use, answer)

    assert (call.method, call.path) == (method, path)
    assert (call.repeatable, call.session_only) == (True, True)


@pytest.mark.parametrize(("method", "path", "answer", "use"), SESSION_ONLY_LOOKS_FIRST)
def test_session_only_looks_first(method: str, path: str, answer: object, use: Use) -> None:
    """These refuse keys, and a second time could end a live token."""
    call = sent(use, answer)

    assert (call.method, call.path) == (method, path)
    assert (call.repeatable, call.session_only) == (False, True)


@pytest.mark.parametrize(
    ("answer", "sent_body", "use"),
    [
        (body(), {"name": "Web"}, lambda it: it.projects.create("acme", {"name": "Web"})),
        (
            body(),
            {"organization_id": "globex"},
            lambda it: it.projects.change_organization("acme", "1", "globex"),
        ),
        (body(), None, lambda it: it.projects.rotate_secret_token("acme", "1")),
        (None, INTENT, lambda it: it.projects.add_product_intent("acme", "1", INTENT)),
        (KEY, NEW_KEY, lambda it: it.secret_api_keys.create("1", *NEW_KEY.values())),
        (KEY, LABEL, lambda it: it.secret_api_keys.update("1", "k", LABEL)),
    ],
)
def test_bodies(answer: object, sent_body: object, use: Use) -> None:
    """A call sends what it is given, under PostHog's names."""
    assert sent(use, answer).body == sent_body


@pytest.mark.parametrize(("search", "query"), [("", None), ("Web", {"search": "Web"})])
def test_search(search: str, query: dict[str, str] | None) -> None:
    """A list is narrowed by the server where it can."""
    assert sent(lambda it: list(it.projects.list("acme", search)), PAGE).query == query


def test_value_is_hidden() -> None:
    """A key's value shows in no traceback."""
    made = PostHogClient(cast("Transport", Recorder({**KEY, "value": "phs_hidden"})))

    assert "hidden" not in repr(made.secret_api_keys.create("1", "flags", []))
