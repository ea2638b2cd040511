"""A PostHog that has sent everything before, so that thousands of responses cost nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

NEEDED: Final = {
    *("id", "uuid", "organization", "created_at", "name", "label", "scopes", "value", "results"),
    *("api_token", "secret_api_token", "secret_api_token_backup", "ingested_event", "slug"),
    *("is_pending_deletion", "product_intents", "membership_level", "mask_value"),
    *("type", "code", "detail", "attr", "error", "user", "activity", "scope"),
    *("is_generating_demo_data", "survey_config", "test_account_filters", "timezone"),
}
"""The fields of responses that something depends on; pages have tests of their own."""

ODD: Final[tuple[Any, ...]] = (None, 10**400, "", "\ud800", "2026-13-01", {})
"""Values that are JSON, and that no field should have."""


@dataclass
class Replay(httpx.BaseTransport):
    """Asks the network once for each request, and repeats the response from then on."""

    network: httpx.BaseTransport
    bodies: list[Any] = field(default_factory=list)
    """The JSON of the responses so far."""
    _seen: dict[tuple[str, bytes, bytes], tuple[int, bytes]] = field(default_factory=dict)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The first response to such a request; a label is always the one that was sent."""
        sent = json.loads(request.read() or b"{}")
        key = request.method, request.url.raw_path, b"" if "label" in sent else request.content
        if key not in self._seen:
            response = self.network.handle_request(request)
            self._seen[key] = response.status_code, response.read()
            response.close()
        status, content = self._seen[key]
        body = json.loads(content or b"null")
        if isinstance(body, dict) and "label" in body and "label" in sent:
            body["label"] = sent["label"]
        self.bodies.append(body)
        return httpx.Response(status, content=json.dumps(body).encode() if content else b"")


@dataclass(frozen=True)
class Wrong:
    """How one response differs from the true one."""

    at: int
    """The number of the request, from 0."""
    fields: Mapping[str, Any] | Sequence[tuple[int, Any]]
    """Changed values, by the name of the field or its number among those that matter."""
    status: int | None = None
    """None for the true one."""
    instead: Any = None
    """Another body; None for the true one with changes."""

    def body(self, true: Any) -> Any:
        """The body that is sent in place of the true one."""
        if self.instead is not None or not isinstance(true, dict):
            return self.instead
        items = true.get("results")
        changed = {**_item(true), **self._changes(_item(true))}
        return {**true, "results": [changed, *items[1:]]} if items else changed

    def _changes(self, item: Mapping[str, Any]) -> Mapping[str, Any]:
        if isinstance(self.fields, Mapping):
            return self.fields
        names = _needed(item) or ["id"]
        return {names[number % len(names)]: value for number, value in self.fields}


def every_odd_field(bodies: Sequence[Any]) -> Iterator[Wrong]:
    """Each field that matters, of each of the responses, with each odd value."""
    for at, body in enumerate(bodies):
        for name in _needed(_item(body)):
            for value in ODD:
                yield Wrong(at, {name: value})


def _item(body: Any) -> Mapping[str, Any]:
    """The body, or the first item of a page."""
    whole = body if isinstance(body, dict) else {}
    return dict((whole.get("results") or [whole])[0])


def _needed(item: Mapping[str, Any]) -> list[str]:
    return [name for name in item if name in NEEDED]


@dataclass
class SomeWrong(httpx.BaseTransport):
    """Sends true responses, but for some."""

    replay: Replay
    wrongs: Sequence[Wrong]
    sent: int = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, true or wrong."""
        at, self.sent = self.sent, self.sent + 1
        response = self.replay.handle_request(request)
        wrong = next((wrong for wrong in self.wrongs if wrong.at == at), None)
        if wrong is None:
            return response
        body = wrong.body(json.loads(response.content or b"null"))
        status = wrong.status or response.status_code
        return httpx.Response(status, content=json.dumps(body).encode())
