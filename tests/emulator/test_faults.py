from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from support.emulator_api import Api, client
from support.emulator_process import Emulator

CLIENTS = 16
DELAYED = 64


def named(api: Api, name: str) -> int:
    """How many projects have this name."""
    results = api.key.get(api.projects).json()["results"]
    return [item["name"] for item in results].count(name)


class TestRules:
    def test_status(self, either: Api) -> None:
        """An ordered answer comes as often as ordered, after those let through."""
        fault = {"status": 429, "headers": {"Retry-After": "1"}, "skip": 1, "times": 2}
        either.emulator.faults({"path": either.projects, "method": "GET", **fault})
        answers = [either.key.get(either.projects) for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200, 429, 429, 200]
        assert answers[1].headers["Retry-After"] == "1"

    def test_path(self, either: Api) -> None:
        """One star is one segment of the path."""
        project = either.make()
        pattern = either.projects.replace("api", "*", 1) + "*/"
        either.emulator.faults({"path": pattern, "status": 503})
        listed, read = either.key.get(either.projects), either.key.get(either.path(project))

        assert (listed.status_code, read.status_code) == (200, 503)

    @pytest.mark.parametrize(
        ("work", "made"), [(False, 0), (True, 1)], ids=["before the work", "after the work"]
    )
    @pytest.mark.parametrize("kind", [{"status": 502}, {"garbage": True}])
    def test_lost_answer(self, either: Api, *, work: bool, made: int, kind: dict[str, Any]) -> None:
        """A spoiled answer leaves the work done or not, as ordered."""
        either.emulator.faults({"path": either.projects, "method": "POST", "work": work} | kind)
        either.key.post(either.projects, json={"name": "Web"})

        assert named(either, "Web") == made

    @pytest.mark.parametrize(("work", "made"), [(False, 0), (True, 1)])
    def test_cut(self, either: Api, *, work: bool, made: int) -> None:
        """A connection is cut before or after the work, with no answer at all."""
        either.emulator.faults(
            {"path": either.projects, "method": "POST", "drop": True, "work": work}
        )
        with pytest.raises(httpx.TransportError):
            either.key.post(either.projects, json={"name": "Web"})

        assert named(either, "Web") == made
        assert either.emulator.requests(either.tenant.organization_id)[0]["status"] == 0

    def test_garbage(self, either: Api) -> None:
        """Garbage is a page where JSON was expected."""
        either.emulator.faults({"path": either.projects, "garbage": True, "work": True})
        answer = either.key.get(either.projects)

        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/html")

    def test_header(self, either: Api) -> None:
        """A header spoils its own request only."""
        spoiled = either.key.get(either.projects, headers={"X-Emulator-Fault": '{"status": 500}'})

        assert spoiled.status_code == 500
        assert spoiled.json()["type"] == "server_error"
        assert either.key.get(either.projects).status_code == 200

    @pytest.mark.parametrize("header", ["{", '{"statsu": 500}'])
    def test_mistake(self, either: Api, header: str) -> None:
        """A fault that makes no sense is told."""
        answer = either.key.get(either.projects, headers={"X-Emulator-Fault": header})

        assert answer.status_code == 400

    def test_clear(self) -> None:
        """All faults can be forgotten."""
        with Emulator.start() as alone:
            alone.faults({"status": 500, "times": None})
            before = client(alone).get("/api/organizations/").status_code
            alone.clear_faults()
            after = client(alone).get("/api/organizations/").status_code

        assert (before, after) == (500, 401)


def test_many_wait_at_once() -> None:
    """Sixty-four delayed requests are all in flight together, and the emulator still answers."""
    with Emulator.start() as alone, ThreadPoolExecutor(DELAYED) as pool:
        alone.faults({"delay": 600, "times": DELAYED})
        http = client(alone)
        waiting = [pool.submit(http.get, "/api/organizations/") for _ in range(DELAYED)]
        most = iter(lambda: alone.control("GET", "in-flight")["now"], DELAYED)
        seen = [*most, DELAYED]
        code = alone.stop()
        answered = [future.exception() for future in waiting]

    assert seen[-1] == DELAYED
    assert code == 0
    assert len(answered) == DELAYED


class TestConcurrency:
    def test_create(self, either: Api) -> None:
        """Sixteen clients get sixteen projects, ids and tokens."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            made = list(pool.map(lambda n: either.make(name=f"P{n}"), range(CLIENTS)))

        assert len({project["id"] for project in made}) == CLIENTS
        assert len({project["api_token"] for project in made}) == CLIENTS
        assert either.key.get(either.projects).json()["count"] == CLIENTS

    def test_one_name(self, now: Api) -> None:
        """Of sixteen clients that want one name, one gets it."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            wanted = [{"name": "Web"}] * CLIENTS
            answers = pool.map(lambda body: now.key.post(now.projects, json=body), wanted)
            codes = sorted(answer.status_code for answer in answers)

        assert codes == [201] + [409] * (CLIENTS - 1)

    def test_default_names(self, now: Api) -> None:
        """Names that the server chooses differ."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            made = list(pool.map(lambda _: now.make()["name"], range(CLIENTS)))

        assert len(set(made)) == CLIENTS

    def test_merge(self, either: Api) -> None:
        """No merged key is lost when sixteen clients patch one project."""
        project = either.make()
        with ThreadPoolExecutor(CLIENTS) as pool:
            sent = [{f"k{number}": number} for number in range(CLIENTS)]
            list(pool.map(lambda config: either.change(project, survey_config=config), sent))

        assert len(either.get(project)["survey_config"]) == CLIENTS
