"""Every message, held to ``messages.txt``, which is the table of them: read it aloud."""

import ast
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.argument_messages import ARGUMENT_CASES
from support.bodies import ACME, DEEP_PROJECT, NEW_KEY, PROJECT, page
from support.clock import Clock
from support.project_messages import PROJECT_CASES
from support.refusals import CALL, HTML, JSON, PAGE, envelope, refusal
from support.scripted_transport import Wire
from support.secret_messages import SECRET_CASES

import posthog_pulumi
from posthog_pulumi.client.endpoints import CREATE_PROJECT
from posthog_pulumi.client.network import failure, open_network
from posthog_pulumi.client.posthog import PostHogClient
from posthog_pulumi.client.retries import Deadline, Gate
from posthog_pulumi.config import load
from posthog_pulumi.errors import (
    DataGuardError,
    PostHogError,
    ProjectNotVisibleError,
    SettingIgnoredError,
)
from posthog_pulumi.plan.failures import unknown_keys

CREATING = CREATE_PROJECT.call("acme", body={"name": "Web"})
KEY = "phx_personal1"
IN_ACME = "/api/organizations/acme/projects/7/"
UNNAMED = "part of its name is empty or too long"
KEY_REFUSED = "This action does not support personal API key access"
SENDER = "https://me:hidden@sso.example:8443/login?next=hidden"
CERTIFICATE = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"

Make = Callable[[], object]

PACKAGE = Path(posthog_pulumi.__file__).parent
SPEAKING = [
    PACKAGE / "config.py",
    PACKAGE / "errors.py",
    *(
        path
        for floor in ("steps", "lifecycle", "plan", "client")
        for path in (PACKAGE / floor).glob("*.py")
        if path.name not in {"abilities.py", "account.py"}  # what only the doctor says
    ),
    *(PACKAGE / "models").rglob("*.py"),
]
"""The modules whose texts reach a user of a resource."""

INTERNAL = {
    "the exchange takes too long",
    "The provider's process keeps the threads that Pulumi gave it.",
    "has no time zone",
}
"""Phrases that another one is shown for, or only in the log of a debugger."""

TEXT = (Path(__file__).parent / "messages.txt").read_text("utf-8")
EXPECTED: dict[str, str] = dict(
    block.split("\n", 1) for block in TEXT.strip().split("\n\n") if not block.startswith("#")
)
"""By the name of the case, which is the line above it."""


def phrases(path: Path) -> set[str]:
    """The parts of three words or more of all texts in a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]
    parts = [
        part.strip() for text in texts for part in re.split(r"%\.?\d*[sdf]|{\w+(?::g)?}", text)
    ]
    return {part for part in parts if part.count(" ") >= 2}


def without_certificates() -> PostHogError:
    """The error where there are no certificates at the place that the environment names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", "/nowhere")
        return raised(lambda: open_network("https://ph.example", None))


def huge() -> httpx.Response:
    """A response of 5 MiB."""
    return httpx.Response(200, content=iter([b" " * 5 * 1024 * 1024]))


def raised(use: Callable[[], object]) -> PostHogError:
    """The error that it raises."""
    with pytest.raises(PostHogError) as caught:
        use()
    return caught.value


def unusable(**stack: str) -> Make:
    """The error for a configuration."""
    return lambda: raised(lambda: load(stack.get, {}))


def network(error: httpx.RequestError, *, proxied: bool = False) -> Make:
    """The error for what httpx says instead of a response."""
    return lambda: failure(error, "https://ph.example", "GET /api/x/", proxied=proxied)


def http(
    status: int, content: bytes = b"", headers: dict[str, str] = JSON, *, call: str = CALL
) -> Make:
    """The error for a response."""
    return lambda: refusal(status, content, headers, call=call)


def says(status: int, detail: str, attr: str | None = None, *, call: str = CALL) -> Make:
    """The error for PostHog's words about a request with a key."""
    return lambda: refusal(status, envelope(detail, attr), call=call)


def says_to_session(status: int, detail: str) -> Make:
    """The error for PostHog's words about a request with a session."""
    return lambda: refusal(status, envelope(detail), by_session=True)


def json(body: Any, use: Callable[[PostHogClient], object]) -> Make:
    """The error of a client for a success with that body."""
    return lambda: raised(lambda: use(PostHogClient(lambda _call: body)))


def shut_gate() -> PostHogError:
    """The error of a step that cannot wait as long as another one made all wait."""
    clock = Clock()
    gate = Gate(clock.sleep, clock)
    gate.shut(300, "Rate limited by PostHog")
    return raised(lambda: gate.pass_through(Deadline(clock, seconds=100), "GET /api/x/"))


def no_place() -> PostHogError:
    """The error of a step while whose whole time others sent."""
    clock = Clock()
    gate = Gate(clock.sleep, clock)
    gate.limited()

    def enter() -> None:
        with gate.place(Deadline(clock, seconds=30), "GET /api/x/"):
            pass

    with gate.place(Deadline(clock), "GET /api/x/"), ThreadPoolExecutor(1) as other:
        return raised(lambda: other.submit(enter).result())


CASES: dict[str, Make] = {
    "no credential": unusable(),
    "a project API key": unusable(apiKey="phc_project1"),
    "a project secret API key": unusable(apiKey="phs_secret1"),
    "a key in quotes": unusable(apiKey="'phx_a1'"),
    "a provider with a host and no key": unusable(
        host="https://ph.example", providerArguments="host"
    ),
    "a wrong key of a provider": unusable(apiKey="phs_secret1", providerArguments="apiKey"),
    "a key with a space": unusable(apiKey="Bearer phx_a1"),
    "a session with a space": unusable(apiKey=KEY, sessionId="a b"),
    "a session that is a whole header": unusable(apiKey=KEY, sessionId="a;b"),
    "a host without scheme": unusable(apiKey=KEY, host="us.posthog.com"),
    "the host of events": unusable(apiKey=KEY, host="https://us.i.posthog.com"),
    "plain http": unusable(apiKey=KEY, host="http://ph.example"),
    "a key that nobody reads": lambda: unknown_keys(["posthog:colour"])[0],
    "a misspelt key": lambda: unknown_keys(["posthog:apikey"])[0],
    "a switch that is none": unusable(apiKey=KEY, allowHttp="maybe"),
    "no such host": network(httpx.ConnectError("[Errno -2] Name or service not known")),
    "no words": network(httpx.ConnectTimeout("")),
    "unknown certificate": network(httpx.ConnectError(CERTIFICATE)),
    "no proxy": network(httpx.ConnectError("[Errno 111] Connection refused"), proxied=True),
    "no way from the proxy": network(httpx.ProxyError("502 Bad Gateway"), proxied=True),
    "proxy with a password": network(httpx.ProxyError("407 Required"), proxied=True),
    "slow": network(httpx.ReadTimeout("")),
    "cut": network(httpx.RemoteProtocolError("")),
    "undecodable": network(httpx.DecodingError("")),
    "a host with an empty part": network(httpx.ConnectError(UNNAMED)),
    "too large": lambda: raised(lambda: Wire([huge()]).transport().send(CREATING)),
    "no certificates": without_certificates,
    "a proxy that is none": lambda: raised(lambda: open_network("https://ph.example", "ftp://x")),
    "too long a wait": shut_gate,
    "no place to send": no_place,
    "redirect": http(302, headers={"location": SENDER}),
    "redirect at home": http(301, headers={"location": "/login?next=hidden"}),
    "redirect to nonsense": http(307, headers={"location": "https://[hidden"}),
    "a page": http(200, PAGE, HTML),
    "a page of no kind": http(200, PAGE, {}),
    "nothing": http(201, b"", {"location": "/api/organizations/"}),
    "half of it": http(200, b'{"id": 7'),
    "JSON of another": http(403, b'{"message": "blocked"}'),
    "no id": json({}, lambda it: it.projects.retrieve("acme", "7")),
    "an odd id": json({"id": [], "name": "Acme"}, lambda it: it.organizations.retrieve()),
    "no object": json([], lambda it: it.organizations.retrieve()),
    "another id": json({"id": "b", "name": "B"}, lambda it: it.organizations.retrieve("a")),
    "a deep body": json(DEEP_PROJECT, lambda it: it.projects.retrieve("acme", "1")),
    "pages in a circle": json(page(ACME, more="?a=1"), lambda it: list(it.organizations.list())),
    "a page of no URL": json(page(ACME, more="http://["), lambda it: [*it.organizations.list()]),
    "another name": json(PROJECT, lambda it: it.projects.create("acme", {"name": "Shop"})),
    "another label": json(NEW_KEY, lambda it: it.secret_api_keys.create("1", "shop", [])),
    "a body": json({}, lambda it: it.projects.delete("acme", "7")),
    "400": says(400, "A valid number is required.", "session_recording_sample_rate"),
    "400 of no value": says(400, "Cannot delete the last project in an organization."),
    "400 in another form": http(400, b'{"error": "product_type is required"}'),
    "deleted twice": says(400, "This project is already being deleted."),
    "no secret tokens": says(400, "The feature flags secure API key is deprecated."),
    "401": says(401, "Personal API key found in request Authorization header is invalid."),
    "401 of a session": says_to_session(401, "Authentication credentials were not provided."),
    "403": says(403, "You don't have sufficient permissions in the project."),
    "403 of a session": says_to_session(403, "You don't have sufficient permissions."),
    "rotate by key": says(403, KEY_REFUSED, call=f"PATCH {IN_ACME}rotate_secret_token/"),
    "move by key": says(403, KEY_REFUSED, call=f"POST {IN_ACME}change_organization/"),
    "old session": says_to_session(403, "This action requires you to be recently authenticated."),
    "no scope": says(403, "API key missing required scope 'project:write'"),
    "limit": says(403, "You have reached the maximum limit of allowed projects."),
    "plan": says_to_session(403, "You must upgrade your PostHog plan!"),
    "no keys": says(403, "Organization 'A' does not allow using personal API keys."),
    "other projects": says(403, "API key does not have access to the requested project: ID 5."),
    "single projects": says(403, "API keys with scoped projects are not supported here."),
    "404": says(404, "Not found."),
    "404 of an organization": says(404, "Organization not found."),
    "405": says(405, 'Method "PUT" not allowed.'),
    "407": http(407, PAGE, HTML),
    "408": http(408, PAGE, HTML),
    "409": says(409, 'There is already a project called "Web" in this organization.'),
    "409 of no name": says(409, "Somebody else is at it"),
    "429": says(429, "Request was throttled. Expected available in 13 seconds."),
    "429 of a page": http(429, PAGE, HTML),
    "500": says(500, "A server error occurred"),
    "502": http(502, PAGE, HTML),
    "520": http(520, PAGE, HTML),
    "data guard": lambda: DataGuardError("it holds events."),
    "not visible": lambda: ProjectNotVisibleError("PostHog does not find it."),
    "ignored": lambda: SettingIgnoredError("PostHog kept 1."),
    **ARGUMENT_CASES,
    **PROJECT_CASES,
    **SECRET_CASES,
}


@pytest.mark.parametrize("case", CASES)
def test_message(case: str) -> None:
    """An error says what happened, what to do next, and which request it was."""
    assert str(CASES[case]()) == EXPECTED[case]


def test_cases() -> None:
    """There is a case for each text."""
    assert EXPECTED.keys() == CASES.keys()


def test_prose() -> None:
    """Every phrase that the provider's side may say stands in some text."""
    spoken = {phrase for path in SPEAKING for phrase in phrases(path) if phrase not in INTERNAL}

    assert {phrase for phrase in spoken if phrase.lower() not in TEXT.lower()} == set()
