import re
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx
import pytest
from support.emulator_api import Api, client

from posthog_pulumi.emulator import Fault, running

CLIENTS = 16
DELAYED = 64
OTHER: dict[str, Any] = {
    "anonymize_ips": True,
    "app_urls": ["https://example.com"],
    "autocapture_exceptions_opt_in": True,
    "autocapture_opt_out": True,
    "autocapture_web_vitals_opt_in": True,
    "capture_console_log_opt_in": False,
    "capture_performance_opt_in": False,
    "data_attributes": ["data-id"],
    "flags_persistence_default": True,
    "heatmaps_opt_in": True,
    "name": "Website",
    "product_description": "A shop",
    "recording_domains": ["https://example.com"],
    "session_recording_opt_in": True,
    "surveys_opt_in": True,
    "timezone": "Europe/Berlin",
}
"""Sixteen settings of which none has such a value at first."""


def named(api: Api, name: str) -> int:
    """How many projects have this name."""
    results = api.key.get(api.projects).json()["results"]
    return [item["name"] for item in results].count(name)


class TestRules:
    def test_status(self, either_api: Api) -> None:
        """An ordered response comes as often as ordered, after those let through."""
        fault: dict[str, Any] = {
            "status": 429,
            "headers": {"Retry-After": "1"},
            "skip": 1,
            "times": 2,
        }
        either_api.tenant.control.fault(Fault(path=either_api.projects, method="GET", **fault))
        responses = [either_api.key.get(either_api.projects) for _ in range(4)]

        assert [response.status_code for response in responses] == [200, 429, 429, 200]
        assert responses[1].headers["Retry-After"] == "1"

    def test_path(self, either_api: Api) -> None:
        """One star is one segment of the path."""
        project = either_api.make()
        pattern = either_api.projects.replace("api", "*", 1) + "*/"
        either_api.tenant.control.fault(Fault(path=pattern, status=503))
        listed, read = (
            either_api.key.get(either_api.projects),
            either_api.key.get(either_api.path(project)),
        )

        assert (listed.status_code, read.status_code) == (200, 503)

    @pytest.mark.parametrize(
        ("work", "made"), [(False, 0), (True, 1)], ids=["before the work", "after the work"]
    )
    @pytest.mark.parametrize("kind", [{"status": 502}, {"garbage": True}])
    def test_lost_response(
        self, either_api: Api, *, work: bool, made: int, kind: dict[str, Any]
    ) -> None:
        """A spoiled response leaves the work done or not, as ordered."""
        either_api.tenant.control.fault(
            Fault(path=either_api.projects, method="POST", work=work, **kind)
        )
        either_api.key.post(either_api.projects, json={"name": "Web"})

        assert named(either_api, "Web") == made

    @pytest.mark.parametrize(("work", "made"), [(False, 0), (True, 1)])
    def test_cut(self, either_api: Api, *, work: bool, made: int) -> None:
        """A connection is cut before or after the work, with no response at all."""
        either_api.tenant.control.fault(
            Fault(path=either_api.projects, method="POST", drop=True, work=work)
        )
        with pytest.raises(httpx.TransportError):
            either_api.key.post(either_api.projects, json={"name": "Web"})

        assert named(either_api, "Web") == made
        assert either_api.tenant.requests.all(either_api.projects)[0].status == 0

    def test_garbage(self, either_api: Api) -> None:
        """Garbage is a page where JSON was expected."""
        either_api.tenant.control.fault(Fault(path=either_api.projects, garbage=True, work=True))
        response = either_api.key.get(either_api.projects)

        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("text/html")

    def test_header(self, either_api: Api) -> None:
        """A header spoils its own request only."""
        spoiled = either_api.key.get(
            either_api.projects, headers={"X-Emulator-Fault": '{"status": 500}'}
        )

        assert spoiled.status_code == 500
        assert spoiled.json()["type"] == "server_error"
        assert either_api.key.get(either_api.projects).status_code == 200

    @pytest.mark.parametrize("header", ["{", '{"statsu": 500}'])
    def test_mistake(self, either_api: Api, header: str) -> None:
        """A fault that makes no sense is refused."""
        response = either_api.key.get(either_api.projects, headers={"X-Emulator-Fault": header})

        assert response.status_code == 400

    def test_clear(self) -> None:
        """All faults can be forgotten."""
        with running() as alone:
            alone.control.fault(Fault(status=500, times=None))
            before = client(alone).get("/api/organizations/").status_code
            alone.control.clear_faults()
            after = client(alone).get("/api/organizations/").status_code

        assert (before, after) == (500, 401)


def renamed(api: Api, name: str) -> Any:
    """Read a project, rename it, and give the name that is read then."""
    project = api.get(api.make())
    api.change(project, name=name)
    return api.get(project)["name"]


def test_many_wait_at_once() -> None:
    """Sixty-four delayed requests are all in flight together, and the emulator still responds."""
    with ThreadPoolExecutor(DELAYED) as pool:
        with running() as alone:
            alone.control.fault(Fault(delay=600, times=DELAYED))
            http = client(alone)
            waiting = [pool.submit(http.get, "/api/organizations/") for _ in range(DELAYED)]
            most = iter(lambda: alone.control.send("GET", "in-flight")["now"], DELAYED)
            seen = [*most, DELAYED]
        responses = [future.exception() for future in waiting]

    assert seen[-1] == DELAYED
    assert len(responses) == DELAYED
    assert not alone.requests.file.exists()


def test_requests_on_one_connection(either_api: Api) -> None:
    """Requests sent before the response to the first came are answered in their order."""
    paths = ["/gone", "/_emulator/in-flight", "/api/users/@me/"]
    host, port = either_api.tenant.url.removeprefix("http://").split(":")
    sent = [f"GET {path} HTTP/1.1\r\nHost: posthog\r\n\r\n" for path in paths]
    last = "GET /gone HTTP/1.1\r\nHost: posthog\r\nConnection: close\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall("".join([*sent, last]).encode())
        received = b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    assert re.findall(r"HTTP/1.1 (\d+)", received) == ["404", "200", "401", "404"]


ELSEWHERE = Fault(path="/elsewhere/", times=None)
"""A fault that nobody meets; while there is one, requests are served by many threads."""


@pytest.mark.parametrize("faults", [[], [ELSEWHERE]], ids=["one thread", "many threads"])
class TestConcurrency:
    @pytest.fixture(autouse=True)
    def _served(self, request: pytest.FixtureRequest, faults: list[Fault]) -> None:
        one = {"api", "either_api"}.intersection(request.fixturenames).pop()
        control = request.getfixturevalue(one).tenant.control
        list(map(control.fault, faults))

    def test_create(self, either_api: Api) -> None:
        """Sixteen clients get sixteen projects, ids and tokens."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            made = list(pool.map(lambda n: either_api.make(name=f"P{n}"), range(CLIENTS)))

        assert len({project["id"] for project in made}) == CLIENTS
        assert len({project["api_token"] for project in made}) == CLIENTS
        assert either_api.key.get(either_api.projects).json()["count"] == CLIENTS

    def test_one_name(self, api: Api) -> None:
        """Of sixteen clients that want one name, one gets it."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            wanted = [{"name": "Web"}] * CLIENTS
            responses = pool.map(lambda body: api.key.post(api.projects, json=body), wanted)
            codes = sorted(response.status_code for response in responses)

        assert codes == [201] + [409] * (CLIENTS - 1)

    def test_default_names(self, api: Api) -> None:
        """Names that the server chooses differ."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            made = list(pool.map(lambda _: api.make()["name"], range(CLIENTS)))

        assert len(set(made)) == CLIENTS

    def test_merge(self, either_api: Api) -> None:
        """No merged key is lost when sixteen clients patch one project."""
        project = either_api.make()
        with ThreadPoolExecutor(CLIENTS) as pool:
            sent = [{f"k{number}": number} for number in range(CLIENTS)]
            list(pool.map(lambda config: either_api.change(project, survey_config=config), sent))

        assert len(either_api.get(project)["survey_config"]) == CLIENTS

    def test_settings(self, either_api: Api) -> None:
        """No setting is lost when sixteen clients each change another one of a project."""
        project = either_api.make()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda item: either_api.change(project, **dict([item])), OTHER.items()))

        assert OTHER.items() <= either_api.get(project).items()

    def test_read_what_was_written(self, either_api: Api) -> None:
        """Whoever changed something reads it at once, whatever others do meanwhile."""
        names = [f"Web {number}" for number in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as pool:
            read = list(pool.map(partial(renamed, either_api), names))

        assert read == names

    def test_rotate(self, either_api: Api) -> None:
        """Sixteen rotations follow each other: each has the token of another as its backup."""
        project = either_api.make()
        first = either_api.act(project, "rotate_secret_token").json()["secret_api_token"]
        with ThreadPoolExecutor(CLIENTS) as pool:
            rotate = ["rotate_secret_token"] * CLIENTS
            made = [body.json() for body in pool.map(partial(either_api.act, project), rotate)]
        tokens = {body["secret_api_token"] for body in made}
        last = either_api.get(project)["secret_api_token"]

        assert len(tokens) == CLIENTS
        assert {body["secret_api_token_backup"] for body in made} == tokens - {last} | {first}
