import gzip
import json
from typing import Any

import httpx
import pytest
from posthog import Posthog
from support.emulator_api import Api, client

CAPTURES = ("/i/v0/e/", "/capture/", "/e/", "/e")
DEFINITIONS = ("/flags/definitions", "/api/feature_flag/local_evaluation/")


def event(token: Any, **more: Any) -> dict[str, Any]:
    """One event, as SDKs send it."""
    return {"api_key": token, "event": "seen", "distinct_id": "me", **more}


def send(api: Api, body: Any, path: str = "/capture/", **options: Any) -> httpx.Response:
    """Send events."""
    return client(api.tenant).post(path, json=body, **options)


def definitions(api: Api, token: Any, secret: str, path: str = DEFINITIONS[0]) -> httpx.Response:
    """Ask for flag definitions."""
    bearer = {"Authorization": f"Bearer {secret}"}
    return client(api.tenant).get(path, params={"token": token}, headers=bearer)


def arrived(api: Api, project: Any) -> list[dict[str, Any]]:
    """The events of a project."""
    return api.tenant.control.events(project["id"])


class TestCapture:
    @pytest.mark.parametrize("path", CAPTURES)
    def test_arrives(self, either_api: Api, path: str) -> None:
        """The first event of a live token shows in the project."""
        project = either_api.make()
        response = send(either_api, event(project["api_token"]), path)

        assert response.status_code == 200
        assert arrived(either_api, project) == [{"event": "seen", "distinct_id": "me"}]
        assert either_api.get(project)["ingested_event"] is True

    @pytest.mark.parametrize("path", ["/batch/", "/batch"])
    def test_batch(self, either_api: Api, path: str) -> None:
        """A zipped batch arrives whole."""
        project = either_api.make()
        events = [{"event": str(number), "distinct_id": "me"} for number in range(3)]
        body = gzip.compress(
            json.dumps({"api_key": project["api_token"], "batch": events}).encode()
        )
        headers = {"Content-Encoding": "gzip"}
        client(either_api.tenant).post(path, content=body, headers=headers)

        assert arrived(either_api, project) == events

    def test_dead_token(self, either_api: Api) -> None:
        """Events of a dead token are taken and dropped."""
        project = either_api.make()
        either_api.act(project, "reset_token")

        assert send(either_api, event(project["api_token"])).status_code == 200
        assert arrived(either_api, project) == []
        assert either_api.get(project)["ingested_event"] is False

    @pytest.mark.parametrize("token", [None, "", "x" * 65, "tökén", "phx_personal"])
    def test_shape(self, either_api: Api, token: str | None) -> None:
        """What has not a token's shape is refused in plain text."""
        response = send(either_api, event(token))

        assert response.status_code == 401
        assert response.headers["Content-Type"].startswith("text/plain")


class TestFlags:
    def test_live(self, either_api: Api) -> None:
        """A live token gets no flags."""
        project = either_api.make()
        live = send(either_api, event(project["api_token"]), "/flags/?v=4")

        assert (live.status_code, live.json()["flags"]) == (200, {})

    @pytest.mark.parametrize("token", ["phc_dead", None, {"a": 1}, 7])
    def test_dead(self, either_api: Api, token: Any) -> None:
        """Whatever is no live token is refused in plain text."""
        response = send(either_api, event(token), "/flags/?v=2")

        assert response.status_code == 401
        assert response.headers["Content-Type"].startswith("text/plain")

    @pytest.mark.parametrize("path", DEFINITIONS)
    def test_secret_tokens(self, either_api: Api, path: str) -> None:
        """Token and backup open the definitions for as long as they live."""
        project = either_api.make()
        token = project["api_token"]
        old, new = (
            either_api.act(project, "rotate_secret_token").json()["secret_api_token"]
            for _ in range(2)
        )
        both = [definitions(either_api, token, secret, path).status_code for secret in (old, new)]
        either_api.act(project, "delete_secret_token_backup")
        after = definitions(either_api, token, old, path)

        assert both == [200, 200]
        assert after.status_code == 401
        assert after.json()["detail"] == "Secret API token is invalid."

    def test_secret_key(self, api: Api) -> None:
        """A secret API key opens them with the right scope, until it is rolled."""
        project = api.make()
        path = f"/api/projects/{project['id']}/project_secret_api_keys/"
        good, other = (
            api.key.post(path, json={"label": scope, "scopes": [scope]}).json()
            for scope in ("feature_flag:read", "endpoint:read")
        )
        token = project["api_token"]
        codes = [definitions(api, token, key["value"]).status_code for key in (good, other)]
        used = api.key.get(path + good["id"]).json()["last_used_at"]
        api.key.post(f"{path}{good['id']}/roll/")

        assert codes == [200, 401]
        assert used is not None
        assert definitions(api, token, good["value"]).status_code == 401

    def test_personal_key(self, either_api: Api) -> None:
        """A personal key opens them with `feature_flag:read`."""
        token = either_api.make()["api_token"]
        poor = either_api.member(scopes=["project:read"]).tenant.api_key

        assert definitions(either_api, token, either_api.tenant.api_key).status_code == 200
        assert definitions(either_api, token, poor).status_code == 403

    def test_token_is_needed(self, either_api: Api) -> None:
        """Without the project's token the request is refused."""
        assert definitions(either_api, "", either_api.tenant.api_key).status_code == 400

    @pytest.mark.parametrize("has", ["{}", "W/{}", '"other", {}'])
    def test_unchanged(self, either_api: Api, has: str) -> None:
        """Definitions that the caller has already are not sent again."""
        token = either_api.make()["api_token"]
        first = definitions(either_api, token, either_api.tenant.api_key)
        again, stale = (
            either_api.key.get(
                DEFINITIONS[0], params={"token": token}, headers={"If-None-Match": value}
            )
            for value in (has.format(first.headers["ETag"]), '"other"')
        )

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert (stale.status_code, stale.json()) == (200, first.json())

    def test_unchanged_for_the_dead(self, either_api: Api) -> None:
        """Whoever may not see the definitions is not told that they are unchanged."""
        token = either_api.make()["api_token"]
        first = definitions(either_api, token, either_api.tenant.api_key)
        has = {"If-None-Match": first.headers["ETag"], "Authorization": "Bearer phs_dead"}
        dead = either_api.key.get(DEFINITIONS[0], params={"token": token}, headers=has)

        assert dead.status_code == 401


@pytest.mark.parametrize("mode", ["v0", "v1"])
def test_real_sdk(either_api: Api, mode: str) -> None:
    """PostHog's own SDK sends an event, in either of its modes."""
    project = either_api.make()
    host = either_api.tenant.url
    sdk = Posthog(project["api_token"], host=host, sync_mode=True, capture_mode=mode)
    sdk.capture("bought", distinct_id="me")
    sdk.shutdown()

    assert [item["event"] for item in arrived(either_api, project)] == ["bought"]
