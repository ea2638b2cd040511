from typing import Any

import pytest
from support.emulator_api import CSRF, Api, by_key, client, refusal

INVALID = "Personal API key found in request {} is invalid."


class TestCredentials:
    def test_none(self, either_api: Api) -> None:
        """Without a credential every request is refused."""
        assert refusal(client(either_api.tenant).get(either_api.projects)) == (
            401,
            "not_authenticated",
            "Authentication credentials were not provided.",
            None,
        )

    @pytest.mark.parametrize("key", ["phx_wrong", "phc_token", "phs_secret"])
    def test_wrong_key(self, either_api: Api, key: str) -> None:
        """Whatever is no live personal API key is refused in the same words."""
        response = by_key(either_api.tenant, key).get(either_api.projects)

        assert refusal(response) == (
            401,
            "authentication_failed",
            INVALID.format("Authorization header"),
            None,
        )

    @pytest.mark.parametrize(
        ("sent", "place"),
        [({"params": {"personal_api_key": "phx_x"}}, "query string")],
    )
    def test_wrong_place(self, either_api: Api, sent: dict[str, Any], place: str) -> None:
        """A key in the query has its own words."""
        response = client(either_api.tenant).get(either_api.projects, **sent)

        assert refusal(response)[2] == INVALID.format(place)

    def test_key_in_body(self, either_api: Api) -> None:
        """A key may be sent in the body."""
        sent = {"personal_api_key": either_api.tenant.api_key, "name": "Web"}

        assert client(either_api.tenant).post(either_api.projects, json=sent).status_code == 201

    def test_challenge(self, api: Api, api_2025: Api) -> None:
        """Since 2026 a 401 says where to authenticate."""
        responses = [client(each.tenant).get(each.projects) for each in (api, api_2025)]

        assert "resource_metadata=" in responses[0].headers["WWW-Authenticate"]
        assert "WWW-Authenticate" not in responses[1].headers

    def test_shut_out(self, either_api: Api) -> None:
        """The key of an inactive user is no key."""
        either_api.tenant.control.send(
            "PATCH", f"users/{either_api.tenant.user_id}", {"is_active": False}
        )

        assert either_api.key.get(either_api.projects).status_code == 401

    def test_revoked(self, either_api: Api) -> None:
        """A revoked key stops at once."""
        either_api.key.get(either_api.projects)
        either_api.tenant.control.send("DELETE", f"keys/{either_api.tenant.key_id}")

        assert either_api.key.get(either_api.projects).status_code == 401

    def test_ended_session(self, either_api: Api) -> None:
        """An ended session is no credential."""
        either_api.tenant.control.send("DELETE", f"sessions/{either_api.tenant.session_id}")

        assert refusal(either_api.session.get(either_api.projects))[:2] == (
            401,
            "not_authenticated",
        )


class TestCors:
    @pytest.mark.parametrize("path", ["/api/projects/", "/batch/", "/i/v0/e/", "/flags/"])
    def test_preflight(self, either_api: Api, path: str) -> None:
        """A browser asks, without credentials, whether a page elsewhere may send a request."""
        headers = {
            "Origin": "https://x.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        }
        response = client(either_api.tenant).options(path, headers=headers)

        assert (response.status_code, response.content) == (200, b"")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        assert response.headers["Access-Control-Allow-Headers"] == "authorization"

    def test_response(self, either_api: Api) -> None:
        """The page may read the response, a refusal too; other callers are not bothered."""
        headers = {"Origin": "https://x.example"}
        read = either_api.key.get(either_api.projects, headers=headers)
        refused = client(either_api.tenant).get(either_api.projects, headers=headers)
        plain = either_api.key.get(either_api.projects)

        assert read.headers["Access-Control-Allow-Origin"] == "*"
        assert refused.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Origin" not in plain.headers

    def test_no_preflight(self, either_api: Api) -> None:
        """OPTIONS of anybody else still needs a credential."""
        assert client(either_api.tenant).options(either_api.projects).status_code == 401


class TestCsrf:
    @pytest.mark.parametrize(
        ("cookie", "header"),
        [(None, CSRF), (CSRF, None), (CSRF, CSRF[::-1])],
        ids=["no cookie", "no header", "two tokens"],
    )
    def test_pair(self, either_api: Api, cookie: str | None, header: str | None) -> None:
        """A session writes only with cookie and header alike."""
        cookies = {"sessionid": either_api.tenant.session_id}
        response = client(
            either_api.tenant,
            cookies=cookies | ({"posthog_csrftoken": cookie} if cookie else {}),
            headers={"X-CSRFToken": header} if header else {},
        ).post(either_api.projects, json={})

        assert refusal(response)[:2] == (403, "permission_denied")
        assert response.json()["detail"].startswith("CSRF Failed")

    @pytest.mark.parametrize(
        ("referer", "status"), [("https://evil.example.com/", 403), (None, 201)]
    )
    def test_referer(self, either_api: Api, referer: str | None, status: int) -> None:
        """Behind https the referer must be the server's own."""
        own = either_api.tenant.url.replace("http:", "https:") + "/"
        headers = {"X-Forwarded-Proto": "https", "Referer": referer or own}

        assert (
            either_api.session.post(either_api.projects, json={}, headers=headers).status_code
            == status
        )

    def test_reading(self, either_api: Api) -> None:
        """Reading needs the session alone."""
        cookies = {"sessionid": either_api.tenant.session_id}

        assert (
            client(either_api.tenant, cookies=cookies).get(either_api.projects).status_code == 200
        )


class TestThrottle:
    def test_rate(self, either_api: Api) -> None:
        """A key over its rate learns when to come again; a session is not counted."""
        sent = {"api_key": either_api.tenant.api_key, "burst": "2/minute"}
        either_api.tenant.control.send("POST", "throttle", sent)
        responses = [either_api.key.get(either_api.projects) for _ in range(3)]
        seconds = int(responses[2].headers["Retry-After"])

        assert [response.status_code for response in responses] == [200, 200, 429]
        assert responses[2].json()["type"] == "throttled_error"
        assert refusal(responses[2])[2] == (
            f"Request was throttled. Expected available in {seconds} seconds."
        )
        assert either_api.session.get(either_api.projects).status_code == 200
