import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.emulator_api import Api, client
from support.setting_values import GOOD

from posthog_pulumi.emulator import Emulator, Fault, Tenant, running
from tools.browser import BrowserError, browsing, chromium

CREATE_ONLY = {"name", "is_demo"}
NOT_ON_2026 = {"access_control"}
KEY = {"label": "CI", "scopes": ["endpoint:read"]}


def page(tenant: Tenant) -> str:
    """The page's HTML."""
    response = client(tenant).get("/")
    assert response.status_code == 200, response.text
    return response.text


def settings(tenant: Tenant, project: dict[str, Any]) -> dict[str, str]:
    """What the page shows of the project."""
    start = f"<h4>{project['name']} <small>{project['id']}"
    article = re.findall(rf"{start}\D.*?</article>", page(tenant), re.DOTALL)[0]
    return dict(re.findall(r"<dt>(.*?)</dt><dd><code>(.*?)</code>", article))


def click(
    tenant: Tenant, button: dict[str, str], headers: dict[str, str] | None = None
) -> httpx.Response:
    """Press a button as a browser does, which names the page's origin."""
    return client(tenant).post("/", data=button, headers=headers or {"Origin": tenant.url})


def faults(tenant: Tenant) -> list[tuple[Any, Any]]:
    """Status and delay of each fault that is on."""
    return [(fault["status"], fault["delay"]) for fault in tenant.control.send("GET", "faults")]


class TestProjects:
    def test_a_new_project_has_no_settings_to_show(self, either_api: Api) -> None:
        """Of a project with PostHog's defaults the page shows its tokens alone."""
        plain = either_api.make(name="Plain")

        assert settings(either_api.tenant, plain).keys() == {"api_token"}

    def test_half_a_character_is_shown_as_its_number(self, either_api: Api) -> None:
        """JSON can hold one, which no page can; the rest of the page is shown all the same."""
        body = rb'{"path": "/elsewhere/\ud800"}'
        client(either_api.tenant).post("/_emulator/faults", content=body)

        assert "path /elsewhere/\\ud800" in page(either_api.tenant)

    def test_every_setting_that_differs(self, either_api: Api) -> None:
        """A setting with another value than a new project's is shown, whichever it is."""
        plain, other = either_api.make(name="Plain"), either_api.make(name="Other")
        refused = NOT_ON_2026 if either_api.server == "current" else set()
        wanted = {name: GOOD[name] for name in GOOD.keys() - CREATE_ONLY - refused}
        assert either_api.change(other, **wanted).status_code == 200
        before, after = either_api.get(plain), either_api.get(other)
        differing = {name for name in wanted if before.get(name) != after.get(name)}
        shown = settings(either_api.tenant, other)

        assert shown.keys() - {"api_token"} == differing
        assert shown["timezone"] == "&quot;Europe/Berlin&quot;"
        assert len(differing) > 30

    def test_no_token_in_clear(self, api: Api) -> None:
        """Tokens are masked, wherever they stand: the project's own, keys, and one in a setting."""
        project = api.make(name="Rotated")
        api.act(project, "rotate_secret_token")
        rotated = api.act(project, "rotate_secret_token").json()
        path = f"/api/projects/{project['id']}/project_secret_api_keys/"
        key = api.session.post(path, json=KEY).json()["value"]
        tokens = ("api_token", "secret_api_token", "secret_api_token_backup")
        values = [*(rotated[name] for name in tokens), key, api.tenant.api_key]
        noted = {
            "note": api.tenant.api_key,
            "webhooks": [{"url": "https://example.com/hush"}],
            "token": {"value": "hush", "pin": 987654321},
        }
        api.change(project, extra_settings=noted, conversations_enabled=True)
        made = api.get(project)["conversations_settings"]["widget_public_token"]
        html, shown = page(api.tenant), settings(api.tenant, project)

        assert [value for value in [*values, made, "hush", "987654321"] if value in html] == []
        assert shown["api_token"] == f"phc_…{rotated['api_token'][-4:]}"
        assert shown["key CI"] == f"phs_…{key[-4:]}"

    def test_names_are_text(self, api: Api) -> None:
        """A project's name is no HTML."""
        api.make(name="<script>alert(1)</script>")

        assert "<script>alert" not in page(api.tenant)


class TestFaults:
    def test_on_and_off(self, posthog: Tenant) -> None:
        """A click switches a fault on, until a click on it switches it off."""
        on = click(posthog, {"on": "throttled"})
        there = faults(posthog)
        number = re.findall(r'name="off" value="(\d+)"', page(posthog))[0]
        click(posthog, {"off": number})

        assert (on.status_code, on.headers["Location"]) == (303, "/")
        assert there == [(429, 0)]
        assert faults(posthog) == []

    def test_twice_is_once(self, posthog: Tenant) -> None:
        """Two people who switch on the same fault have one."""
        click(posthog, {"on": "slow"})
        click(posthog, {"on": "slow"})

        assert faults(posthog) == [(None, 2)]

    def test_one_at_a_time(self, posthog: Tenant) -> None:
        """Another one takes its place, since of several only the oldest would act."""
        click(posthog, {"on": "slow"})
        click(posthog, {"on": "failing"})

        assert faults(posthog) == [(500, 0)]

    def test_a_test_s_own_fault(self, posthog: Tenant) -> None:
        """A fault that a test added is shown without its body, and can be switched off."""
        posthog.control.fault(Fault(path="/api/users/*/", status=418, body="hush"))
        html = page(posthog)

        assert "path /api/users/*/, status 418, body" in html
        assert "hush" not in html

    @pytest.mark.parametrize("button", [{"on": "other"}, {"off": "x"}, {}])
    def test_no_such_fault(self, posthog: Tenant, button: dict[str, str]) -> None:
        """A form that the page does not have is refused."""
        assert click(posthog, button).status_code == 400

    @pytest.mark.parametrize(
        "headers",
        [
            {"Accept": "*/*"},
            {"Origin": "null"},
            {"Origin": "https://example.com"},
            {"Origin": "http://example.com:8010", "Host": "example.com:8010"},
        ],
        ids=["none", "null", "another site", "a site whose name was made to mean 127.0.0.1"],
    )
    def test_another_site_cannot_click(self, posthog: Tenant, headers: dict[str, str]) -> None:
        """Only the page itself switches faults, not a form on another site."""
        refused = click(posthog, {"on": "slow"}, headers)

        assert refused.status_code == 403
        assert faults(posthog) == []

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://example.com"},
            {"Origin": "http://example.com:8010", "Host": "example.com:8010"},
        ],
    )
    def test_another_site_cannot_control(self, posthog: Tenant, headers: dict[str, str]) -> None:
        """Nor does it reach the control endpoints, which no browser needs a permission for."""
        refused = client(posthog).post("/_emulator/faults", json={"status": 500}, headers=headers)

        assert refused.status_code == 403
        assert faults(posthog) == []

    @pytest.mark.parametrize("origin", ["https://example.com", "http://[no", "null"])
    def test_another_site_cannot_read(self, posthog: Tenant, origin: str) -> None:
        """Nor does it see what the page shows."""
        refused = client(posthog).get("/", headers={"Origin": origin, "Accept": "text/html"})

        assert (refused.status_code, "Organizations" in refused.text) == (403, False)


class TestRequests:
    def test_last_ones_are_shown(self, api: Api) -> None:
        """The page lists what reached PostHog, failures too, and neither itself nor its parts."""
        api.key.get(api.path(404404))
        page(api.tenant)
        client(api.tenant).get("/_emulator/page.css")
        html = page(api.tenant).partition('id="requests"')[2]
        paths = [request.path for request in api.tenant.requests.new()]

        assert paths == [api.path(404404)]
        assert re.findall(r"<code>(.*?)</code>\s*<span>(\d+)", html)[0] == (api.path(404404), "404")

    def test_faults_leave_it_alone(self, posthog: Tenant) -> None:
        """A fault for every request spoils PostHog's only."""
        posthog.control.fault(Fault(status=500, times=None))

        assert "status 500" in page(posthog)

    def test_it_is_read_or_clicked(self, posthog: Tenant) -> None:
        """Nothing else can be done to the page."""
        assert client(posthog).put("/").status_code == 405

    def test_head(self, posthog: Tenant) -> None:
        """HEAD has no body, so that the next response on the connection is understood."""
        with httpx.Client(base_url=posthog.url) as http:
            statuses = [http.head("/").status_code, http.get("/").status_code]

        assert statuses == [200, 200]

    def test_its_parts(self, posthog: Tenant) -> None:
        """It has a style and a script, and no other part."""
        parts = [client(posthog).get(f"/_emulator/page.{kind}") for kind in ("css", "js", "html")]

        assert [part.status_code for part in parts] == [200, 200, 404]

    @pytest.mark.parametrize(
        ("path", "accept"), [("/elsewhere", "text/html"), ("/", "application/json")]
    )
    def test_others_get_json(self, posthog: Tenant, path: str, accept: str) -> None:
        """The page is at `/` for people; an API client gets 404 in JSON as everywhere else."""
        response = client(posthog).get(path, headers={"Accept": accept})

        assert response.status_code == 404
        assert "error" in response.json()

    def test_nothing_from_elsewhere(self, posthog: Tenant) -> None:
        """A browser loads nothing of another host, and no other site may frame the page."""
        response = client(posthog).get("/")
        loaded = re.findall(r'(?:src|href)="(.*?)"', response.text)

        assert loaded == ["data:,", "/_emulator/page.css", "/_emulator/page.js"]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def alone() -> Iterator[Emulator]:
    """An emulator that no other test uses."""
    with running() as emulator:
        yield emulator


class TestBrowser:
    def test_a_click_switches_a_fault(self, alone: Emulator) -> None:
        """In Chromium, on a phone, a click switches a fault on, and another one off."""
        with browsing() as phone:
            phone.resize(390, 844)
            phone.open(f"{alone.url}/")
            width = phone.evaluate("document.documentElement.scrollWidth")
            phone.evaluate("document.querySelector('[value=unavailable]').click()")
            phone.wait_for("document.querySelector('.on')?.innerText.includes('503')")
            there = alone.control.send("GET", "faults")
            phone.evaluate("document.querySelector('.on button').click()")
            phone.wait_for("document.querySelector('#faults') && !document.querySelector('.on')")

        assert [fault["status"] for fault in there] == [503]
        assert alone.control.send("GET", "faults") == []
        assert width == 390

    def test_long_names_fit_a_phone(self) -> None:
        """Neither a long name nor a fault's long path makes the page wider than the screen."""
        with browsing() as phone, running() as emulator:
            emulator.control.fault(Fault(path=f"/api/organizations/{'x' * 120}/"))
            httpx.post(
                f"{emulator.url}/api/organizations/@current/projects/",
                json={"name": "x" * 120},
                headers={"Authorization": f"Bearer {emulator.api_key}"},
            )
            phone.resize(390, 844)
            phone.open(f"{emulator.url}/")
            width = phone.evaluate("document.documentElement.scrollWidth")
            shown = phone.evaluate("document.querySelector('h4').innerText")

        assert "x" * 120 in shown
        assert width == 390

    def test_it_is_live(self, alone: Emulator) -> None:
        """An open page shows a request that comes later, and sends none of its own to PostHog."""
        with browsing() as screen:
            screen.open(f"{alone.url}/")
            httpx.get(f"{alone.url}/api/users/@me/")
            screen.wait_for("document.querySelector('#requests').innerText.includes('@me')")

        assert {request.path for request in alone.requests.all()} == {"/api/users/@me/"}

    def test_it_says_when_it_is_over(self) -> None:
        """A page that is left open says that the emulator has ended."""
        with browsing() as screen:
            with running() as ending:
                screen.open(f"{ending.url}/")
                before = screen.evaluate("document.querySelector('#ended').hidden")
            screen.wait_for("!document.querySelector('#ended').hidden")

        assert before is True

    def test_a_missing_browser_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there is no Chromium, the tests that need it fail, and say what to install."""
        monkeypatch.setenv("PATH", "")

        with pytest.raises(BrowserError, match="install the package chromium"):
            chromium()
