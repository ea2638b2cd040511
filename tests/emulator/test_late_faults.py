from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from support.emulator_api import Api, client

from posthog_pulumi.emulator import Fault, running

DAY = 24 * 3600


def named(api: Api, name: str) -> int:
    """How many projects have this name."""
    results = api.key.get(api.projects).json()["results"]
    return [item["name"] for item in results].count(name)


def late(api: Api, name: str) -> list[int]:
    """How many there were at each look until there was one; returns when there is."""
    return list(iter(lambda: named(api, name), 1))


class TestWorkLater:
    def test_after_a_response(self, either_api: Api) -> None:
        """The front gives up at once, and the server behind it ends its work all the same."""
        fault = Fault(path=either_api.projects, method="POST", status=504, work_later=1)
        either_api.tenant.control.fault(fault)
        response = either_api.key.post(either_api.projects, json={"name": "Web"})

        assert response.status_code == 504
        assert set(late(either_api, "Web")) == {0}
        assert (
            either_api.get(either_api.key.get(either_api.projects).json()["results"][0])["name"]
            == "Web"
        )

    def test_after_a_cut(self, either_api: Api) -> None:
        """The same where the connection is cut."""
        fault = Fault(path=either_api.projects, method="POST", drop=True, work_later=1)
        either_api.tenant.control.fault(fault)
        with pytest.raises(httpx.TransportError):
            either_api.key.post(either_api.projects, json={"name": "Web"})

        assert set(late(either_api, "Web")) == {0}

    def test_the_caller_is_checked_as_ever(self, either_api: Api) -> None:
        """Late work is the request's own: what PostHog would refuse is not done."""
        project = either_api.make(name="Web")
        path = either_api.path(project)
        fault = Fault(path=path, method="PATCH", status=504, work_later=0.1, times=2)
        either_api.tenant.control.fault(fault)
        responses = [
            either_api.change(project, timezone="Nowhere/Else"),
            either_api.change(project, timezone="Europe/Berlin"),
        ]
        seen = list(iter(lambda: either_api.get(project)["timezone"], "Europe/Berlin"))

        assert [response.status_code for response in responses] == [504, 504]
        assert set(seen) <= {"UTC"}

    def test_an_emulator_that_ends_waits_for_nothing(self) -> None:
        """It ends at once, however late the work was to be."""
        with running() as alone:
            alone.control.fault(Fault(status=504, work_later=600))
            response = client(alone).get("/api/organizations/")

        assert response.status_code == 504


class TestBodyOf:
    def test_reading(self, either_api: Api) -> None:
        """The status is the true one, and the body another project's."""
        web, other = either_api.make(name="Web"), either_api.make(name="Other")
        fault = Fault(path=either_api.path(web), method="GET", body_of=either_api.path(other))
        either_api.tenant.control.fault(fault)
        response = either_api.key.get(either_api.path(web))

        assert (response.status_code, response.json()["id"]) == (200, other["id"])
        assert either_api.get(web)["id"] == web["id"]

    def test_writing(self, either_api: Api) -> None:
        """The work is done."""
        other = either_api.make(name="Other")
        fault = Fault(path=either_api.projects, method="POST", body_of=either_api.path(other))
        either_api.tenant.control.fault(fault)
        response = either_api.key.post(either_api.projects, json={"name": "Web"})

        assert (response.status_code, response.json()["id"]) == (201, other["id"])
        assert named(either_api, "Web") == 1


@pytest.mark.parametrize("days", [1, -1])
@pytest.mark.parametrize("kind", [{}, {"status": 500}])
def test_clock_ahead(either_api: Api, days: int, kind: dict[str, Any]) -> None:
    """The response has one `Date`, which is ahead of the true time, or behind it."""
    fault = Fault(path=either_api.projects, clock_ahead=days * DAY, **kind)
    either_api.tenant.control.fault(fault)
    responses = [either_api.key.get(either_api.projects) for _ in range(2)]
    dates = [response.headers.get_list("Date") for response in responses]
    wrong, right = (parsedate_to_datetime(date) for (date,) in dates)

    assert round((wrong - right).total_seconds() / DAY, 2) == days


@pytest.mark.parametrize("kind", [{}, {"status": 503, "body": "slow"}])
def test_drip(either_api: Api, kind: dict[str, Any]) -> None:
    """The body comes byte by byte, and is whole in the end."""
    path = "/api/users/@me/" if kind else either_api.projects
    either_api.tenant.control.fault(Fault(path=path, drip=0.01, **kind))
    with either_api.key.stream("GET", path) as response:
        pieces = list(response.iter_raw())

    assert len(pieces) > 1
    assert len(b"".join(pieces)) == int(response.headers["Content-Length"])
