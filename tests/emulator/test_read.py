import re
from pathlib import Path

import pytest
from support.emulator_api import Api, refusal

SHORT = (
    "id uuid organization api_token name completed_snippet_onboarding "
    "has_completed_onboarding_for ingested_event is_demo timezone access_control"
)


class TestList:
    def test_items(self, now: Api, then: Api) -> None:
        """Items are short; today they have one key more."""
        now.make()
        then.make()
        items = [api.key.get(api.projects).json()["results"][0] for api in (now, then)]

        assert set(items[0]) == {*SHORT.split(), "project_id"}
        assert set(items[1]) == set(SHORT.split())

    def test_pages(self, either: Api) -> None:
        """Limit and offset page; the neighbours are absolute addresses."""
        names = [either.make(name=f"P{number}")["name"] for number in range(3)]
        page = either.key.get(either.projects, params={"limit": 1, "offset": 1}).json()
        rest = either.key.get(page["next"]).json()

        assert (page["count"], page["results"][0]["name"]) == (3, names[1])
        assert page["previous"].startswith(either.emulator.url)
        assert (rest["results"][0]["name"], rest["next"]) == (names[2], None)

    @pytest.mark.parametrize("limit", ["0", "-1", "x"])
    def test_senseless_limit(self, either: Api, limit: str) -> None:
        """A senseless limit is the default one."""
        either.make()

        assert len(either.key.get(either.projects, params={"limit": limit}).json()["results"]) == 1

    def test_search(self, now: Api, then: Api) -> None:
        """Today names are searched, whatever their case."""
        for api in (now, then):
            api.make(name="Website")
            api.make(name="App")
        counts = [
            api.key.get(api.projects, params={"search": "WEB"}).json()["count"]
            for api in (now, then)
        ]

        assert counts == [1, 2]

    def test_pending_are_listed(self, now: Api) -> None:
        """A project on its way out is listed like any other."""
        now.key.delete(now.path(now.make()))

        assert now.key.get(now.projects).json()["count"] == 1


class TestRetrieve:
    @pytest.mark.parametrize("slash", ["", "/"])
    def test_slash(self, either: Api, slash: str) -> None:
        """The slash at the end is optional."""
        path = either.path(either.make()).rstrip("/") + slash

        assert either.key.get(path).status_code == 200

    def test_no_number(self, either: Api) -> None:
        """An id is a number."""
        assert refusal(either.key.get(either.path("abc"))) == (
            400,
            "invalid_input",
            "Field 'id' expected a number but got 'abc'.",
            None,
        )

    @pytest.mark.parametrize("number", ["999999999", "9" * 30])
    def test_unknown(self, either: Api, number: str) -> None:
        """An unknown project is not found."""
        assert refusal(either.key.get(either.path(number))) == (
            404,
            "not_found",
            "Not found.",
            None,
        )

    def test_live_events_token(self, now: Api, then: Api) -> None:
        """Once it was new in every answer; today it is kept."""
        kept = []
        for api in (now, then):
            project = api.make()
            kept.append(project["live_events_token"] == api.get(project)["live_events_token"])

        assert kept == [True, False]


def test_it_stands_alone() -> None:
    """The emulator imports nothing from the rest of the package."""
    folder = Path(__file__).parents[2] / "posthog_pulumi" / "emulator"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    imported = re.findall(r"^\s*(?:from|import) (posthog_pulumi\S*)", text, re.MULTILINE)

    assert imported
    assert {name for name in imported if not name.startswith("posthog_pulumi.emulator")} == set()
