"""What is sent to the ingestion endpoints, in every form that SDKs have, and what is no event."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from support.emulator_api import Api, client

EVENT = {"event": "seen", "distinct_id": "me"}
ANALYTICS = "/i/v1/analytics/events"

NO_EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a bare object is no batch": ("/batch/", EVENT),
    "a batch holds events": ("/batch/", {"batch": []}),
    "an event has a name": ("/batch/", {"batch": [{"distinct_id": "me"}]}),
    "a name is not empty": ("/batch/", {"batch": [EVENT | {"event": ""}]}),
    "a name is text": ("/batch/", {"batch": [EVENT | {"event": 1}]}),
    "an event is somebody's": ("/batch/", {"batch": [{"event": "seen"}]}),
    "nobody is null": ("/batch/", {"batch": [EVENT | {"distinct_id": None}]}),
    "one bad event spoils the batch": ("/batch/", {"batch": [EVENT, {"event": "seen"}]}),
    "text is no batch": ("/batch/", {"batch": "x"}),
    "null is no batch": ("/batch/", {"batch": None}),
    "a number is no event": ("/batch/", {"batch": [1]}),
    "an object is no batch": ("/batch/", {"batch": {}}),
    "a single event has a name": ("/e/", {"distinct_id": "me"}),
    "a single event is somebody's": ("/i/v0/e/", {"event": "seen"}),
    "the newest endpoint wants a batch": (ANALYTICS, EVENT),
    "it wants events in it": (ANALYTICS, {"batch": []}),
    "it wants them to be somebody's": (ANALYTICS, {"batch": [{"event": "seen"}]}),
}


def _form(body: bytes) -> bytes:
    return urlencode({"data": base64.b64encode(body)}).encode()


FORMS: dict[str, tuple[str, dict[str, str], Callable[[bytes], bytes]]] = {
    "gzip, said": ("/e/", {"Content-Encoding": "gzip"}, gzip.compress),
    "gzip, said in the query": ("/e/?compression=gzip-js", {}, gzip.compress),
    "gzip, not said": ("/batch/", {"Content-Type": "application/json"}, gzip.compress),
    "deflate": (ANALYTICS, {"Content-Encoding": "deflate"}, zlib.compress),
    "base64 in a form": ("/e/", {"Content-Type": "application/x-www-form-urlencoded"}, _form),
    "base64": ("/e/?compression=base64", {}, base64.b64encode),
    "JSON in a form": ("/e/", {}, lambda body: urlencode({"data": body}).encode()),
}


def post(api: Api, path: str, content: bytes, **headers: str) -> httpx.Response:
    """Send a body as it is."""
    return client(api.tenant).post(path, content=content, headers=headers)


def arrived(api: Api, project: Any) -> list[dict[str, Any]]:
    """The events of a project."""
    return api.tenant.control.events(project["id"])


@pytest.mark.parametrize(("path", "sent"), NO_EVENTS.values(), ids=NO_EVENTS)
def test_no_event(either_api: Api, path: str, sent: dict[str, Any]) -> None:
    """What is no event is refused in plain text, and nothing of it arrives."""
    project = either_api.make()
    body = {"api_key": project["api_token"], **sent}
    response = client(either_api.tenant).post(path, json=body)

    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/plain")
    assert arrived(either_api, project) == []
    assert either_api.get(project)["ingested_event"] is False


@pytest.mark.parametrize(("path", "headers", "packed"), FORMS.values(), ids=FORMS)
def test_forms(
    either_api: Api, path: str, headers: dict[str, str], packed: Callable[[bytes], bytes]
) -> None:
    """Events are read in every form in which SDKs pack them."""
    project = either_api.make()
    body = json.dumps({"api_key": project["api_token"], "batch": [EVENT]}).encode()
    response = post(either_api, path, packed(body), **headers)

    assert response.status_code == 200, response.text
    assert arrived(either_api, project) == [EVENT]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"1", b"data=%7B", b"data=&x=1", b"\x1f\x8bx", b"[[" * 100_000]
)
def test_unreadable(either_api: Api, content: bytes) -> None:
    """What cannot be read is a 400 in plain text."""
    response = post(either_api, "/e/", content)

    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/e/", "/flags/"])
def test_half_a_character(either_api: Api, path: str) -> None:
    """A token that no database could hold is refused like any other."""
    response = post(either_api, path, rb'{"api_key": "\ud800", "event": "x", "distinct_id": "y"}')

    assert response.status_code == 401


@pytest.mark.parametrize(
    "event",
    [{"event": "seen", "properties": {"distinct_id": "me"}}, {"event": "seen", "distinct_id": 7}],
    ids=["in the properties", "as a number"],
)
def test_whose(either_api: Api, event: dict[str, Any]) -> None:
    """The distinct id may be among the properties, and may be a number."""
    project = either_api.make()
    body = json.dumps({"api_key": project["api_token"], **event}).encode()

    assert post(either_api, "/e/", body).status_code == 200
    assert arrived(either_api, project) == [event]


class TestAnalytics:
    def test_results(self, either_api: Api) -> None:
        """The newest endpoint takes the token as a bearer and tells each event's fate."""
        project = either_api.make()
        events = [EVENT | {"uuid": f"u{number}"} for number in range(2)]
        bearer = {"Authorization": f"Bearer {project['api_token']}"}
        response = post(either_api, ANALYTICS, json.dumps({"batch": events}).encode(), **bearer)

        assert response.json() == {"results": {"u0": {"result": "ok"}, "u1": {"result": "ok"}}}
        assert arrived(either_api, project) == events

    def test_no_token(self, either_api: Api) -> None:
        """Without a token it refuses."""
        assert post(either_api, ANALYTICS, b'{"batch": [{"event": "x"}]}').status_code == 401


def test_nothing_here(either_api: Api) -> None:
    """An address that is not served is a 404, and its text claims nothing else."""
    response = client(either_api.tenant).get("/insights")

    assert response.status_code == 404
    assert response.json() == {"error": "The emulator serves nothing at this address."}
