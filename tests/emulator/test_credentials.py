from typing import Any

import pytest
from support.emulator_api import CSRF, Api, by_key, client, refusal

INVALID = "Personal API key found in request {} is invalid."


class TestCredentials:
    def test_none(self, either: Api) -> None:
        """Without a credential there is no answer."""
        assert refusal(client(either.emulator).get(either.projects)) == (
            401,
            "not_authenticated",
            "Authentication credentials were not provided.",
            None,
        )

    @pytest.mark.parametrize("key", ["phx_wrong", "phc_token", "phs_secret"])
    def test_wrong_key(self, either: Api, key: str) -> None:
        """Whatever is no live personal API key is refused in the same words."""
        answer = by_key(either.emulator, key).get(either.projects)

        assert refusal(answer) == (
            401,
            "authentication_failed",
            INVALID.format("Authorization header"),
            None,
        )

    @pytest.mark.parametrize(
        ("sent", "place"),
        [({"params": {"personal_api_key": "phx_x"}}, "query string")],
    )
    def test_wrong_place(self, either: Api, sent: dict[str, Any], place: str) -> None:
        """A key in the query has its own words."""
        answer = client(either.emulator).get(either.projects, **sent)

        assert refusal(answer)[2] == INVALID.format(place)

    def test_key_in_body(self, either: Api) -> None:
        """A key may be sent in the body."""
        sent = {"personal_api_key": either.tenant.api_key, "name": "Web"}

        assert client(either.emulator).post(either.projects, json=sent).status_code == 201

    def test_challenge(self, now: Api, then: Api) -> None:
        """Today a 401 says where to authenticate; once it did not."""
        answers = [client(api.emulator).get(api.projects) for api in (now, then)]

        assert "resource_metadata=" in answers[0].headers["WWW-Authenticate"]
        assert "WWW-Authenticate" not in answers[1].headers

    def test_shut_out(self, either: Api) -> None:
        """The key of an inactive user is no key."""
        either.emulator.control("PATCH", f"users/{either.tenant.user_id}", {"is_active": False})

        assert either.key.get(either.projects).status_code == 401

    def test_revoked(self, either: Api) -> None:
        """A revoked key stops at once."""
        either.key.get(either.projects)
        either.emulator.control("DELETE", f"keys/{either.tenant.key_id}")

        assert either.key.get(either.projects).status_code == 401

    def test_ended_session(self, either: Api) -> None:
        """An ended session is no credential."""
        either.emulator.control("DELETE", f"sessions/{either.tenant.session_id}")

        assert refusal(either.session.get(either.projects))[:2] == (401, "not_authenticated")


class TestCsrf:
    @pytest.mark.parametrize(
        ("cookie", "header"),
        [(None, CSRF), (CSRF, None), (CSRF, CSRF[::-1])],
        ids=["no cookie", "no header", "two tokens"],
    )
    def test_pair(self, either: Api, cookie: str | None, header: str | None) -> None:
        """A session writes only with cookie and header alike."""
        cookies = {"sessionid": either.tenant.session_id}
        answer = client(
            either.emulator,
            cookies=cookies | ({"posthog_csrftoken": cookie} if cookie else {}),
            headers={"X-CSRFToken": header} if header else {},
        ).post(either.projects, json={})

        assert refusal(answer)[:2] == (403, "permission_denied")
        assert answer.json()["detail"].startswith("CSRF Failed")

    @pytest.mark.parametrize(
        ("referer", "status"), [("https://evil.example.com/", 403), (None, 201)]
    )
    def test_referer(self, either: Api, referer: str | None, status: int) -> None:
        """Behind https the referer must be the server's own."""
        own = either.emulator.url.replace("http:", "https:") + "/"
        headers = {"X-Forwarded-Proto": "https", "Referer": referer or own}

        assert either.session.post(either.projects, json={}, headers=headers).status_code == status

    def test_reading(self, either: Api) -> None:
        """Reading needs the session alone."""
        cookies = {"sessionid": either.tenant.session_id}

        assert client(either.emulator, cookies=cookies).get(either.projects).status_code == 200


class TestThrottle:
    def test_rate(self, either: Api) -> None:
        """A key over its rate is told when to come again; a session is not counted."""
        sent = {"api_key": either.tenant.api_key, "burst": "2/minute"}
        either.emulator.control("POST", "throttle", sent)
        answers = [either.key.get(either.projects) for _ in range(3)]
        seconds = int(answers[2].headers["Retry-After"])

        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].json()["type"] == "throttled_error"
        assert refusal(answers[2])[2] == (
            f"Request was throttled. Expected available in {seconds} seconds."
        )
        assert either.session.get(either.projects).status_code == 200
