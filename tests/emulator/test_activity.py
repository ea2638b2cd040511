from typing import Any

from support.emulator_api import Api, refusal


class TestActivity:
    def entries(self, api: Api, project: Any, **query: Any) -> Any:
        """The log of a project."""
        return api.session.get(api.path(project, "activity"), params=query).json()

    def test_masked(self, either_api: Api) -> None:
        """Secret tokens are masked, API tokens in clear."""
        project = either_api.make()
        first = either_api.act(project, "rotate_secret_token").json()["secret_api_token"]
        second = either_api.act(project, "rotate_secret_token").json()["secret_api_token"]
        reset = either_api.act(project, "reset_token").json()["api_token"]
        results = self.entries(either_api, project)["results"]
        changes = [entry["detail"]["changes"][0] for entry in results[:3]]

        assert (changes[0]["before"], changes[0]["after"]) == (project["api_token"], reset)
        assert changes[1]["after"]["secret_api_token"] == f"{second[:4]}...{second[-4:]}"
        assert changes[2]["before"] == {"secret_api_token": None}
        assert [change["action"] for change in changes] == ["changed", "changed", "created"]
        assert first not in str(results)

    def test_dropped_backup(self, either_api: Api) -> None:
        """A deleted backup is one, masked."""
        project = either_api.make()
        first = either_api.act(project, "rotate_secret_token").json()["secret_api_token"]
        either_api.act(project, "rotate_secret_token")
        either_api.act(project, "delete_secret_token_backup")
        (newest, *_) = self.entries(either_api, project)["results"]
        (change,) = newest["detail"]["changes"]

        assert (change["action"], change["field"]) == ("deleted", "secret_api_token_backup")
        assert (change["before"], change["after"]) == (f"{first[:4]}...{first[-4:]}", None)

    def test_settings(self, either_api: Api) -> None:
        """A change tells what became of what, decimals without padding."""
        project = either_api.make()
        either_api.change(project, session_recording_sample_rate=0.4)
        (newest, *_) = self.entries(either_api, project)["results"]

        assert newest["activity"] == "updated"
        assert newest["detail"]["changes"] == [
            {
                "type": "Team",
                "action": "created",
                "field": "session_recording_sample_rate",
                "before": None,
                "after": "0.4",
            }
        ]

    def test_pages(self, either_api: Api) -> None:
        """Pages of ten, or as many as wanted."""
        project = either_api.make()
        for number in range(11):
            either_api.change(project, app_urls=[str(number)])
        first = self.entries(either_api, project)
        second = either_api.session.get(first["next"]).json()

        assert (len(first["results"]), first["total_count"], first["previous"]) == (10, 12, None)
        assert (len(second["results"]), second["next"]) == (2, None)

    def test_senseless_page(self, either_api: Api) -> None:
        """PostHog breaks on a page that is no number."""
        response = either_api.session.get(
            either_api.path(either_api.make(), "activity"), params={"page": "x"}
        )

        assert refusal(response)[:2] == (500, "error")
